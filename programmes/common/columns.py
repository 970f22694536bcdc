"""Columns as this house declares them: an explicit default and a privacy class, always."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Text,
    Timestamptz,
)
from piccolo.columns.base import Column
from piccolo.columns.column_types import Array
from piccolo.constraints import Check
from piccolo.table import Table


class Privacy(StrEnum):
    """What becomes of a column in a subject-access bundle, on erasure and after retention."""

    KEY = "key"  # joins rows; never disclosed, kept
    HIS = "his"  # a fact about him: disclosed to him, erased
    FREE = "free"  # words somebody wrote: read by a person before disclosure, erased
    OTHERS = "others"  # about somebody else: withheld from him, erased
    RECORD = "record"  # what the service did and when: disclosed, kept without his name
    SECRET = "secret"  # opens doors: never disclosed, destroyed when spent
    HERS = "hers"  # survivor side: never leaves it, erased by destroying the key
    REFERENCE = "reference"  # about nobody


def _options(privacy: Privacy, null: bool, index: bool, unique: bool) -> dict[str, Any]:
    return {"help_text": privacy.value, "null": null, "index": index, "unique": unique}


def key() -> UUID:
    """The row's own id, made by us."""
    return UUID(primary_key=True, default=None, help_text=Privacy.KEY.value)


def refers_to(to: type[Table], *, null: bool = False, index: bool = True) -> ForeignKey[Any]:
    """A foreign key that restricts, on delete and on update."""
    return ForeignKey(
        references=to,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        default=None,
        null=null,
        index=index,
        help_text=Privacy.KEY.value,
    )


def loose_id(privacy: Privacy = Privacy.KEY, *, null: bool = False, index: bool = False) -> UUID:
    """An id without a foreign key."""
    return UUID(default=None, **_options(privacy, null, index, False))


def text(
    privacy: Privacy, *, null: bool = False, index: bool = False, unique: bool = False
) -> Text:
    return Text(default=None, **_options(privacy, null, index, unique))


def text_list(privacy: Privacy, *, null: bool = False) -> Array:
    return Array(
        base_column=Text(default=None), default=None, **_options(privacy, null, False, False)
    )


def number(privacy: Privacy, *, null: bool = False, default: int | None = None) -> Integer:
    return Integer(default=default, **_options(privacy, null, False, False))


def big_number(privacy: Privacy, *, null: bool = False, unique: bool = False) -> BigInt:
    return BigInt(default=None, **_options(privacy, null, False, unique))


def flag(privacy: Privacy, *, null: bool = False, default: bool | None = None) -> Boolean:
    return Boolean(default=default, **_options(privacy, null, False, False))


def day(privacy: Privacy, *, null: bool = False, index: bool = False) -> Date:
    return Date(default=None, **_options(privacy, null, index, False))


def instant(privacy: Privacy, *, null: bool = False, index: bool = False) -> Timestamptz:
    return Timestamptz(default=None, **_options(privacy, null, index, False))


def document(privacy: Privacy, *, null: bool = False) -> JSONB:
    return JSONB(default=None, **_options(privacy, null, False, False))


def secret_bytes(privacy: Privacy, *, null: bool = False, unique: bool = False) -> Bytea:
    return Bytea(default=None, **_options(privacy, null, False, unique))


def version() -> Integer:
    """Counts changes to the row, so that a stale form is noticed."""
    return Integer(default=1, help_text=Privacy.KEY.value)


def one_of(column: str, values: Iterable[str]) -> Check:
    """Only these words may stand in the column (Piccolo's choices are not enforced)."""
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    return Check(f"{column} IN ({listed})")


def rule(condition: str) -> Check:
    """A condition that every row keeps."""
    return Check(condition)


def privacy_of(column: Column) -> Privacy:
    """Raises ValueError where a column states no class."""
    return Privacy(column._meta.help_text or "")
