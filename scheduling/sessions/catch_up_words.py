"""Catch-up: what somebody owes, and the coming sessions that could make it up."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.words import SessionKind
from scheduling.calendars.words import Taken


class Owing(Struct, frozen=True, kw_only=True):
    """One session that somebody owes. `taken` is when they are already somewhere.

    `finish_by` is the last day on which it still helps: the end of the order or caution.
    """

    person_id: UUID
    cohort_id: UUID
    programme: str
    number: int
    module: int
    sex: str
    language: str | None = None
    taken: tuple[Taken, ...] = ()
    finish_by: date | None = None
    not_in_cohorts: frozenset[UUID] = frozenset()


class OpenSession(Struct, frozen=True, kw_only=True):
    """A coming session anywhere. `language` is the one it is held in, None for English.

    `sex` is set where the group is of one sex; `interpreted` are languages interpreted there.
    """

    session_id: UUID
    cohort_id: UUID
    programme: str
    number: int
    module: int
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime
    places_left: int
    sex: str | None = None
    language: str | None = None
    interpreted: frozenset[str] = frozenset()


class CatchUp(Struct, frozen=True):
    """What is owed, and the sessions that would cover it, best first."""

    owing: Owing
    choices: tuple[OpenSession, ...]
