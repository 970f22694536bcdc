"""A person's request for what is held about them, and how far it has come."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class AccessStatus(StrEnum):
    """`waiting`: everything waits the same time, whatever was found in it."""

    READING = "reading"
    WAITING = "waiting"
    READY = "ready"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Entry(Struct, frozen=True, kw_only=True):
    """One row about the person: facts as words, and free text, which a human reads first."""

    table: str
    row: UUID
    facts: dict[str, str]
    free: dict[str, str]

    @property
    def title(self) -> str:
        return self.table.replace("_", " ").capitalize()


class AccessRow(Struct, frozen=True, kw_only=True):
    """A request in a list."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    person_reference: str
    asked_on: date
    status: AccessStatus
    due_at: datetime | None
    prepared_by: UUID
    version: int


class Access(Struct, frozen=True, kw_only=True):
    """A request with what was gathered. Once two have read it, what they left out is gone."""

    row: AccessRow
    entries: list[Entry]
    left_out: list[str]
