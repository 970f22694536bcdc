"""Everything about one person in columns whose privacy class says that it is disclosed to him."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from msgspec import Struct

from outcomes.guarded import GUARDED as OF_OUTCOMES
from outcomes.subject_access.words import Entry
from programmes.common.clock import LONDON
from programmes.common.columns import Privacy, privacy_of
from programmes.common.db import fetch, table_name
from programmes.common.security.policies import Guarded
from programmes.guarded import GUARDED as OF_PROGRAMMES
from scheduling.guarded import GUARDED as OF_SCHEDULING

DISCLOSED = (Privacy.HIS, Privacy.RECORD)
SERVICE_ONLY = frozenset(
    {
        "exclusion",
        "kept_apart",
        "last_look",
        "legal_hold",
        "message",
        "person_erased",
        "referral_draft",
        "subject_access",
        "subject_access_clearance",
    }
)
"""What says how the service guards itself or others, and nothing of the person."""


class Disclosed(Struct, frozen=True):
    """One table: its columns that go out as they are, and those that are read by a human first."""

    name: str
    sql_name: str
    column: str
    facts: tuple[str, ...]
    free: tuple[str, ...]


@cache
def disclosed_tables() -> tuple[Disclosed, ...]:
    found = (_disclosed(one) for one in (*OF_PROGRAMMES, *OF_SCHEDULING, *OF_OUTCOMES))
    return tuple(one for one in found if one is not None)


def _disclosed(guarded: Guarded) -> Disclosed | None:
    name = guarded.table._meta.tablename
    classes = {c._meta.db_column_name: privacy_of(c) for c in guarded.table._meta.columns}
    column = "id" if name == "person" else "person_id"
    if name in SERVICE_ONLY or column not in classes:
        return None
    facts = tuple(one for one, privacy in classes.items() if privacy in DISCLOSED)
    free = tuple(one for one, privacy in classes.items() if privacy is Privacy.FREE)
    if not facts and not free:
        return None
    return Disclosed(name, table_name(guarded.table), column, facts, free)


async def everything_about(person_id: UUID) -> list[Entry]:
    """In the preparing person's own transaction: what they may not see is not in it."""
    found: list[Entry] = []
    for table in disclosed_tables():
        names = ", ".join(f'"{one}"' for one in dict.fromkeys(("id", *table.facts, *table.free)))
        rows = await fetch(
            f"SELECT {names} FROM {table.sql_name} WHERE {table.column} = $1 ORDER BY id",
            person_id,
        )
        found += (_entry(table, row) for row in rows)
    return found


def _entry(table: Disclosed, row: Any) -> Entry:
    return Entry(
        table=table.name,
        row=row["id"],
        facts=dict(_said(row, table.facts)),
        free=dict(_said(row, table.free)),
    )


def _said(row: Any, columns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        words = _words(row[column])
        if words:
            yield column, words


def _words(value: Any) -> str:
    """Ids of staff say nothing to him, and are left out."""
    if value is None or isinstance(value, UUID):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
