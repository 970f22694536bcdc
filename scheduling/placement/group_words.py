"""Groups that take people, and people who look for a place: all that decides who fits where."""

from datetime import date, time
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.words import ProgrammeVersion
from scheduling.cohorts.rules import Joiner, OpenPlaces, reasons_takes_nobody
from scheduling.placement.words import Risk
from scheduling.sessions.words import (
    PersonLimits,
    PlanWarning,
    RoomFacts,
    Session,
    StaffFacts,
    Weekday,
)


class OpenGroup(Struct, frozen=True, kw_only=True):
    """A group that is not over, the sessions that it still holds, and the places in it."""

    id: UUID
    reference: str
    programme_code: str
    programme_name: str
    rules: ProgrammeVersion
    places: OpenPlaces
    room: RoomFacts
    venue: str
    district: str | None
    first_on: date
    sessions: tuple[Session, ...]

    @property
    def free(self) -> int:
        return max(0, self.places.capacity - self.places.taken)

    @property
    def has_room(self) -> bool:
        """A free place that somebody who waits may still be given."""
        return not reasons_takes_nobody(self.rules, self.places)


class BusyHours(Struct, frozen=True):
    """A weekly time at which somebody cannot come, in London."""

    weekday: Weekday
    begins: time
    until: time


class Seeker(Struct, frozen=True, kw_only=True):
    """Somebody who waits for a place, or looks for another. `asks_at` is the referral's version."""

    person_id: UUID
    referral_id: UUID
    asks_at: int
    name: str
    reference: str
    programme_code: str
    risk: Risk
    waiting_since: date
    district: str | None
    joiner: Joiner
    limits: PersonLimits
    busy: tuple[BusyHours, ...] = ()
    not_offered: frozenset[UUID] = frozenset()


class Known(Struct, frozen=True):
    """Whoever may lead or interpret, with what planning asks of them."""

    staff: tuple[StaffFacts, ...] = ()


class Fit(Struct, frozen=True):
    """Somebody and a group: every reason against, and what to know before a place is given."""

    group: OpenGroup
    reasons: tuple[str, ...]
    warnings: tuple[PlanWarning, ...]

    @property
    def is_possible(self) -> bool:
        return not self.reasons
