"""An individual session: the week that the series gives it, and the time booked for one person."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from scheduling.sessions.words import PlanWarning


class IndividualAsked(Struct, frozen=True, kw_only=True):
    """A time for one person's individual session, in its week."""

    session_id: UUID
    starts_at: datetime
    room_id: UUID
    facilitator_id: UUID
    interpreter_id: UUID | None = None


class IndividualPlan(Struct, frozen=True, kw_only=True):
    """What to know before it is booked; `hash` is what must be sent back where there is any."""

    number: int
    starts_at: datetime
    ends_at: datetime
    warnings: tuple[PlanWarning, ...]
    hash: str


class IndividualSession(Struct, frozen=True, kw_only=True):
    """One individual session of somebody's series, booked or not. `week_at` is its weekly slot."""

    session_id: UUID
    number: int
    week_at: datetime
    minutes: int
    is_marked: bool
    appointment_id: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    room_id: UUID | None
    room: str | None
    facilitator_id: UUID | None
    facilitator: str | None
    interpreter_id: UUID | None
