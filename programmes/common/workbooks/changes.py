"""Rows of a workbook beside what was imported before: new, changed, the same, or refused."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from programmes.common.workbooks.words import RowError

RowT = TypeVar("RowT", bound=Struct)
Digest = Callable[[bytes], bytes]
"""Makes the keyed hash by which a row is known again."""
RowKey = tuple[str, str]
"""A sheet, and the refs by which one of its rows is known."""


class SheetPlan(Struct, Generic[RowT], frozen=True, kw_only=True):
    """One sheet. `new` and `changed` are the rows that would be written."""

    new: tuple[RowT, ...] = ()
    changed: tuple[RowT, ...] = ()
    same: int = 0
    refused: int = 0

    @property
    def written(self) -> tuple[RowT, ...]:
        return (*self.new, *self.changed)

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": self.same,
            "refused": self.refused,
        }


class Rows(Struct, Generic[RowT], frozen=True):
    """The rows of one sheet of a book; `fields` are those that hold its refs."""

    sheet: str
    fields: tuple[str, ...]
    rows: tuple[RowT, ...]

    def key(self, row: RowT) -> RowKey:
        return self.sheet, "|".join(str(getattr(row, field)) for field in self.fields)

    def row_keys(self) -> list[RowKey]:
        return [self.key(row) for row in self.rows]

    def fingerprints(self, digest: Digest) -> dict[RowKey, bytes]:
        """The keyed hash of what each row says; where it stands in the sheet is left out."""
        return {
            self.key(row): digest(msgspec.json.encode(msgspec.structs.replace(row, row=0)))
            for row in self.rows
        }


class Imported(Struct, frozen=True):
    """What the rows of a book said when they were last imported, and what they say now."""

    before: Mapping[RowKey, bytes]
    now: Mapping[RowKey, bytes]

    def is_same(self, key: RowKey) -> bool:
        return self.before.get(key) == self.now[key]

    def about_news(self, errors: Iterable[RowError], *sheets: Rows[Struct]) -> tuple[RowError, ...]:
        """Errors without those of rows that say what they said before.

        Such a row is left alone, whatever was decided here since it was imported.
        """
        same = {
            (rows.sheet, _number(row))
            for rows in sheets
            for row in rows.rows
            if self.is_same(rows.key(row))
        }
        return tuple(error for error in errors if (error.sheet, error.row) not in same)


def sorted_out(
    rows: Rows[RowT],
    imported: Imported,
    errors: Iterable[RowError],
    *,
    known: Collection[str] = (),
) -> SheetPlan[RowT]:
    """What is to be done with each row; `known` are refs that are stored, however they came."""
    refused = {error.row for error in errors if error.sheet == rows.sheet}
    new: list[RowT] = []
    changed: list[RowT] = []
    same = no = 0
    for row in rows.rows:
        key = rows.key(row)
        if _number(row) in refused:
            no += 1
        elif imported.is_same(key):
            same += 1
        elif key in imported.before or key[1] in known:
            changed.append(row)
        else:
            new.append(row)
    return SheetPlan(new=tuple(new), changed=tuple(changed), same=same, refused=no)


def _number(row: Struct) -> int:
    number: int = row.row  # type: ignore[attr-defined]
    return number
