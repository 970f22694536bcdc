"""A cohort that somebody wants to plan, the plan that answers, and what stands in its way."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from scheduling.sessions.words import SeriesPlan, Setting, WeeklySlot


class CohortRequest(Struct, frozen=True, kw_only=True):
    """What a manager asks for. `sex` only where the version is for one sex."""

    programme: str
    first_day: date
    slots: tuple[WeeklySlot, ...]
    room_id: UUID
    facilitator_ids: tuple[UUID, ...]
    capacity: int
    interpreter_language: str | None = None
    interpreter_id: UUID | None = None
    sex: str | None = None

    @property
    def setting(self) -> Setting:
        return Setting(
            room_id=self.room_id,
            facilitator_ids=tuple(sorted(set(self.facilitator_ids))),
            interpreter_ids=(self.interpreter_id,) if self.interpreter_id else (),
        )


class TakenTime(Struct, frozen=True, kw_only=True):
    """A time in which a room or somebody is booked already, and for which group."""

    what: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    session_id: UUID
    cohort_reference: str | None = None
    number: int | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    """A time for which a room or somebody would be booked."""

    what: UUID
    kind: str
    number: int
    starts_at: datetime
    ends_at: datetime


class Clash(Struct, frozen=True, kw_only=True):
    """Both sides of a clash: what is wanted, and what stands there."""

    shown_as: str
    wanted: Wanted
    taken: TakenTime


class CohortPlan(Struct, frozen=True, kw_only=True):
    """Nothing is written yet; `hash` is what must be sent back to apply it as shown."""

    request: CohortRequest
    programme_name: str
    series: SeriesPlan
    hash: str
    clashes: tuple[Clash, ...]
