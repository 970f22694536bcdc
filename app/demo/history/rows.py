"""Rows of the past, gathered in memory and written a table at a time."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.table import Table

from programmes.common.clock import LONDON
from programmes.common.db import insert_many
from programmes.common.ids import new_id
from programmes.common.references import new_reference


class Rows:
    """Written in the order in which the tables were named: foreign keys look back."""

    def __init__(self, tables: Iterable[type[Table]]) -> None:
        self._rows: dict[type[Table], list[dict[str, Any]]] = {table: [] for table in tables}

    def add(self, table: type[Table], at: datetime, **values: Any) -> UUID:
        """Every row of a table names the same columns. Answers its id."""
        return self.add_known(table, new_id(at), **values)

    def add_known(self, table: type[Table], row_id: UUID, **values: Any) -> UUID:
        self._rows[table].append({"id": row_id, **values})
        return row_id

    def add_named(self, table: type[Table], at: datetime, letter: str, **values: Any) -> UUID:
        """One with a reference that people read out."""
        row_id = new_id(at)
        return self.add_known(table, row_id, reference=new_reference(letter, row_id), **values)

    async def write(self) -> None:
        for table, rows in self._rows.items():
            await insert_many(table, rows)


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def days(number: int) -> timedelta:
    return timedelta(days=number)
