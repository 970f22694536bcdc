"""Days on which nothing is planned, as data."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class ClosureKind(StrEnum):
    """A cohort's pause stands among the closures that its own plans are made with."""

    BANK_HOLIDAY = "bank holiday"
    VENUE = "venue closed"
    SERVICE = "service closed"
    PAUSE = "cohort paused"


class Closure(Struct, frozen=True, kw_only=True):
    """Days that are left out, both ends included. Without a venue it holds for every venue."""

    kind: ClosureKind
    from_on: date
    until_on: date
    why: str
    venue_id: UUID | None = None


class Taken(Struct, frozen=True):
    """A time in which a room or a person is already somewhere; `until` is exclusive."""

    starts_at: datetime
    ends_at: datetime
