"""Sessions in time: weekly slots, a planned series, and a session as it stands."""

from datetime import date, datetime, time
from enum import IntEnum, StrEnum
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.words import SessionKind


class Weekday(IntEnum):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class WeeklySlot(Struct, frozen=True, order=True):
    """A weekday and a wall time in London, the same in winter and in summer."""

    weekday: Weekday
    starts: time


class PlannedSession(Struct, frozen=True):
    """A dated session that is not yet written.

    An individual session stands at its week's slot until a time is booked for each person.
    """

    number: int
    module: int
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime


class SkippedDay(Struct, frozen=True):
    on: date
    why: str


class WarningKind(StrEnum):
    ENDS_AFTER_LIMIT = "ends after an order or caution"
    CURFEW = "breaks a curfew"
    VENUE_FORBIDDEN = "venue named in served wording"
    NOT_ACCREDITED = "facilitator without accreditation"
    AWAY = "facilitator away"
    TOO_FEW_STAFF = "too few facilitators"
    NOT_MIXED = "no mixed pair"
    ROOM_TOO_SMALL = "room too small"
    NO_INTERPRETER = "no interpreter"
    HELD_MORE_OFTEN = "more slots a week than usual"
    OTHER_SLOT = "outside the weekly slots"
    SHARES_WEEK = "individual session shares its week"
    ENDS_LATER = "ends later than before"
    OWED_AGAIN = "owed again"
    APPOINTMENT_APART = "appointment outside its week"


class PlanWarning(Struct, frozen=True):
    """Something a manager should know before going on; `numbers` are the sessions it is about."""

    kind: WarningKind
    says: str
    numbers: tuple[int, ...] = ()


class SeriesPlan(Struct, frozen=True, kw_only=True):
    """Nothing is written yet. `skipped` are the days left out and why."""

    programme: str
    version: int
    sessions: tuple[PlannedSession, ...]
    skipped: tuple[SkippedDay, ...]
    warnings: tuple[PlanWarning, ...]


class SessionStatus(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Session(Struct, frozen=True, kw_only=True):
    """A session of a cohort as it stands. Without an id it is one that a plan will add.

    An extra bears the number of the session that it gives again. A cancelled session keeps its
    number, date and id; the one held in its place is a new session of the same number.
    """

    id: UUID | None
    number: int
    module: int
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime
    status: SessionStatus = SessionStatus.PLANNED
    is_recorded: bool = False
    cancelled_because: str | None = None
    room_id: UUID | None = None
    facilitator_ids: tuple[UUID, ...] = ()
    interpreter_ids: tuple[UUID, ...] = ()


class Appointment(Struct, frozen=True, kw_only=True):
    """A time booked for one person of this cohort: an individual or a catch-up session.

    No change of a series touches one; a change that would clash with one is refused.
    """

    id: UUID
    shown_as: str
    number: int
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime


class RoomFacts(Struct, frozen=True, kw_only=True):
    id: UUID
    venue_id: UUID
    shown_as: str
    seats: int


class Accreditation(Struct, frozen=True):
    """Held until the end of the last day; None has no end."""

    code: str
    until_on: date | None


class Away(Struct, frozen=True):
    """Leave or another duty, both days included."""

    from_on: date
    until_on: date


class StaffFacts(Struct, frozen=True, kw_only=True):
    id: UUID
    shown_as: str
    sex: str
    accreditations: tuple[Accreditation, ...] = ()
    away: tuple[Away, ...] = ()
    languages: tuple[str, ...] = ()


class Curfew(Struct, frozen=True):
    """Wall time in London; past midnight where `until` is not after `begins`.

    `weekdays` are those on which it begins; none named means every day.
    """

    begins: time
    until: time
    weekdays: tuple[Weekday, ...] = ()


class PersonLimits(Struct, frozen=True, kw_only=True):
    """What bears on when and where somebody may come: kinds and dates, never wording or names."""

    shown_as: str
    ends_on: date | None = None
    ends_with: str = "order"
    curfews: tuple[Curfew, ...] = ()
    forbidden_venue_ids: frozenset[UUID] = frozenset()
    needs_language: str | None = None


class Circumstances(Struct, frozen=True, kw_only=True):
    """What is known of rooms, staff and people when a plan is looked over for warnings."""

    rooms: tuple[RoomFacts, ...] = ()
    staff: tuple[StaffFacts, ...] = ()
    people: tuple[PersonLimits, ...] = ()
    expected: int = 0
    held_in: str | None = None


NOTHING_KNOWN = Circumstances()


class Setting(Struct, frozen=True, kw_only=True):
    """Where a new series is held and by whom."""

    room_id: UUID | None = None
    facilitator_ids: tuple[UUID, ...] = ()
    interpreter_ids: tuple[UUID, ...] = ()


NOT_SET = Setting()
