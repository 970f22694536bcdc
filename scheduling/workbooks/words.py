"""The programme book: its rows, typed, and the words of the programmes and orders it may use."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Final

from msgspec import Struct

from programmes.common.workbooks.contracts import SheetRead
from programmes.common.workbooks.words import RowError
from programmes.people.words import LivesWith, Sex
from programmes.referrals.words import RiskLevel, Route


class BookDecision(StrEnum):
    ACCEPTED = "accepted"
    NOT_SUITABLE = "not suitable"
    CLOSED = "closed"
    WAITING = "waiting"


class BookMark(StrEnum):
    """A mark as the book writes it: what happened and whether it was acceptable, in one word."""

    ATTENDED = "attended"
    LATE = "late"
    LEFT_EARLY = "left early"
    ACCEPTABLE_ABSENCE = "acceptable absence"
    UNACCEPTABLE_ABSENCE = "unacceptable absence"
    LATE_NOT_ADMITTED = "late, not admitted"


class BookStage(StrEnum):
    ALLEGED = "alleged"
    ARRESTED = "arrested"
    BEFORE_COURT = "before court"
    ADMITTED = "admitted"
    PROVED = "proved"
    NOT_PROVED = "not proved"
    WITHDRAWN = "withdrawn"


class Weekday(StrEnum):
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


def weekday_of(day: date) -> Weekday:
    return tuple(Weekday)[day.weekday()]


class ProgrammeShape(Struct, frozen=True, kw_only=True):
    """What reading a book asks of a programme.

    `joins_until` is the last session at which somebody may join; None where the marks alone
    cannot show that somebody is not in a cohort (rolling intake, or pairs that are repeated).
    """

    code: str
    name: str
    sessions: int
    marks: frozenset[BookMark]
    joins_until: int | None


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The programmes by code, and the kinds of order: code by the name that the book writes."""

    programmes: Mapping[str, ProgrammeShape]
    order_kinds: Mapping[str, str]


_EVERYWHERE: Final = frozenset(BookMark) - {BookMark.LATE_NOT_ADMITTED}

AS_DELIVERED: Final = Vocabulary(
    programmes={
        shape.code: shape
        for shape in (
            ProgrammeShape(
                code="caring-dads",
                name="Caring Dads",
                sessions=17,
                marks=_EVERYWHERE,
                joins_until=3,
            ),
            ProgrammeShape(
                code="cara",
                name="CARA",
                sessions=2,
                marks=frozenset(BookMark),
                joins_until=None,
            ),
            ProgrammeShape(
                code="dvpp",
                name="DVPP",
                sessions=26,
                marks=_EVERYWHERE,
                joins_until=None,
            ),
        )
    },
    order_kinds={
        "DVPO": "dvpo",
        "pre-charge bail": "pre-charge-bail",
        "court bail": "court-bail",
        "conditional caution": "conditional-caution",
    },
)


class ReferralRow(Struct, frozen=True, kw_only=True):
    row: int
    ref: str
    person_ref: str
    first_name: str
    last_name: str
    date_of_birth: date
    sex: Sex
    ethnic_group: str | None
    first_language: str | None
    interpreter_needed: bool
    postcode_district: str | None
    programme: str
    received_on: date
    referred_by: str
    referring_worker: str | None
    route: Route
    risk_level: RiskLevel
    contact_with_child: bool | None
    decision: BookDecision
    decided_on: date | None
    reason: str | None


class ChildRow(Struct, frozen=True, kw_only=True):
    """That a child is this person's; the same child may stand under two people."""

    row: int
    ref: str
    person_ref: str
    year_of_birth: int
    lives_with: LivesWith


class CohortRow(Struct, frozen=True, kw_only=True):
    """`starts_at` is wall time in London."""

    row: int
    ref: str
    programme: str
    venue: str
    weekday: Weekday
    starts_at: time
    minutes: int
    first_session_on: date
    facilitator_1: str
    facilitator_2: str | None
    interpreter_language: str | None


class AttendanceRow(Struct, frozen=True, kw_only=True):
    row: int
    cohort_ref: str
    session: int
    held_on: date
    referral_ref: str
    mark: BookMark
    note: str | None


class OrderRow(Struct, frozen=True, kw_only=True):
    row: int
    ref: str
    person_ref: str
    first_name: str
    last_name: str
    date_of_birth: date
    kind: str
    made_on: date
    ends_on: date | None
    issued_by: str
    conditions: tuple[str, ...]


class BreachRow(Struct, frozen=True, kw_only=True):
    row: int
    ref: str
    order_ref: str
    occurred_on: date
    reported_on: date
    condition_broken: str | None
    stage: BookStage
    response: str | None
    outcome: str | None


class SheetsRead(Struct, frozen=True, kw_only=True):
    """What could be read of each sheet, before the rules across sheets are asked."""

    referrals: SheetRead[ReferralRow]
    children: SheetRead[ChildRow]
    cohorts: SheetRead[CohortRow]
    attendance: SheetRead[AttendanceRow]
    orders: SheetRead[OrderRow]
    breaches: SheetRead[BreachRow]


class ProgrammeBook(Struct, frozen=True, kw_only=True):
    """A book without errors. `warnings` are what happened and is kept, but breaks a rule of today.

    Programmes and kinds of order stand as codes; `row` is the row number in the spreadsheet.
    """

    referrals: tuple[ReferralRow, ...]
    children: tuple[ChildRow, ...]
    cohorts: tuple[CohortRow, ...]
    attendance: tuple[AttendanceRow, ...]
    orders: tuple[OrderRow, ...]
    breaches: tuple[BreachRow, ...]
    warnings: tuple[RowError, ...]
    sha256: str
