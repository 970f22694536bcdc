"""What importing a programme book would do: per sheet what is new, changed, the same or refused."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from programmes.common.workbooks.changes import Imported, RowKey, SheetPlan
from programmes.common.workbooks.words import RowError
from programmes.referrals.words import ReferralStatus
from scheduling.workbooks.words import (
    AttendanceRow,
    BreachRow,
    ChildRow,
    CohortRow,
    OrderRow,
    ReferralRow,
)

KEYS: Final = {
    "Referrals": ("ref",),
    "Children": ("ref", "person_ref"),
    "Cohorts": ("ref",),
    "Attendance": ("cohort_ref", "session", "referral_ref"),
    "Orders": ("ref",),
    "Breaches": ("ref",),
}


class ProgrammePlan(Struct, frozen=True, kw_only=True):
    """Nothing is written yet; with an error in `errors` nothing will be."""

    referrals: SheetPlan[ReferralRow]
    children: SheetPlan[ChildRow]
    cohorts: SheetPlan[CohortRow]
    attendance: SheetPlan[AttendanceRow]
    orders: SheetPlan[OrderRow]
    breaches: SheetPlan[BreachRow]
    errors: tuple[RowError, ...]
    warnings: tuple[RowError, ...]
    imported: Imported

    @property
    def by_sheet(self) -> dict[str, SheetPlan[Any]]:
        sheets: tuple[SheetPlan[Any], ...] = (
            self.referrals,
            self.children,
            self.cohorts,
            self.attendance,
            self.orders,
            self.breaches,
        )
        return dict(zip(KEYS, sheets, strict=True))

    def counts(self) -> dict[str, dict[str, int]]:
        return {name: sheet.counts() for name, sheet in self.by_sheet.items()}


class StoredPerson(Struct, frozen=True):
    id: UUID
    first_name: str
    last_name: str
    date_of_birth: date


class StoredReferral(Struct, frozen=True):
    """`decision` is the outcome last decided, None where there is none."""

    id: UUID
    person_id: UUID
    person_ref: str | None
    programme: str
    received_on: date
    status: ReferralStatus
    decision: str | None
    decided_on: date | None


class StoredCohort(Struct, frozen=True):
    """`is_recorded`: a session of it has a register that was signed off."""

    id: UUID
    programme: str
    version_id: UUID
    venue: str
    first_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    is_recorded: bool


class StoredSession(Struct, frozen=True):
    id: UUID
    starts_at: datetime
    ends_at: datetime
    is_recorded: bool


class StoredPlace(Struct, frozen=True):
    id: UUID
    person_id: UUID
    status: str
    ended_on: date | None


class StoredOrder(Struct, frozen=True):
    """`conditions` by their wording as served, in order."""

    id: UUID
    person_id: UUID
    person_ref: str | None
    kind: str
    made_on: date
    conditions: tuple[str, ...]


class StoredBreach(Struct, frozen=True):
    id: UUID
    person_id: UUID
    order_ref: str | None
    occurred_at: datetime
    reported_at: datetime
    stage: str


class Stored(Struct, frozen=True, kw_only=True):
    """What the database holds of the refs in a book, and what would stand in their way.

    `open_elsewhere` and `live_elsewhere` name, by person ref and programme, an open referral
    and a live place that came from no book; those of an earlier book give way to later ones.
    """

    fingerprints: Mapping[RowKey, bytes] = {}
    people: Mapping[str, StoredPerson] = {}
    referrals: Mapping[str, StoredReferral] = {}
    cohorts: Mapping[str, StoredCohort] = {}
    sessions: Mapping[tuple[str, int], StoredSession] = {}
    places: Mapping[tuple[str, str], StoredPlace] = {}
    orders: Mapping[str, StoredOrder] = {}
    breaches: Mapping[str, StoredBreach] = {}
    open_elsewhere: Mapping[tuple[str, str], str] = {}
    live_elsewhere: Mapping[tuple[str, str], str] = {}
    planned_programmes: frozenset[str] = frozenset()
