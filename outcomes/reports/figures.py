"""The shapes of the two reports: exact figures for those inside the service, not for release."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import UNSET, Struct, UnsetType, field

from outcomes.reports.words import Rate
from programmes.common.wall_time import midnight


class Period(Struct, frozen=True):
    """From a day until the day before another: half open."""

    from_on: date = field(name="from")
    until_on: date = field(name="until")

    @property
    def starts_at(self) -> datetime:
        return midnight(self.from_on)

    @property
    def ends_at(self) -> datetime:
        return midnight(self.until_on)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


class Denominator(StrEnum):
    """Of whom a completion is counted; never of those reached, who may still be on their way.

    Due to finish: had a place in a group whose last session was held in the period.
    Starters: first there in the period, less those whose group was still running at its end.
    Referrals: received in the period.
    """

    DUE_TO_FINISH = "due_to_finish"
    STARTERS = "starters"
    REFERRALS = "referrals"


class Completion(Struct, frozen=True):
    """`rate`, `low` and `high` are shares with Wilson's 95% interval; none where nobody counts."""

    of: Denominator
    count: int
    total: int
    still_running: int
    rate: float | None
    low: float | None
    high: float | None


def completion(of: Denominator, rate: Rate, *, still_running: int) -> Completion:
    return Completion(of, rate.count, rate.total, still_running, rate.share, rate.low, rate.high)


class ProgrammeFigures(Struct, frozen=True, kw_only=True):
    """One programme in one period. People are counted once, however many referrals they have.

    `referred`: referrals received in the period. `suitable`, `waiting`, `not_suitable`: what
    became of those so far. `reached`: people who were there at least once in the period.
    `started`: people who were there for the first time in the period. `completed`: people who
    met their version's rule in a group whose last session was held in the period.
    `completed_in_time`, only where a caution sets the deadline: by its last day.
    """

    referred: int
    suitable: int
    reached: int
    started: int
    completed: int
    completed_in_time: int | UnsetType = UNSET
    children_of_completers: int
    waiting: int
    completion: tuple[Completion, ...]
    not_suitable: dict[str, int]


class OrderFigures(Struct, frozen=True, kw_only=True):
    """One kind of order in one period; four counts that are never mixed.

    Breaches are those that occurred in the period. Withdrawn ones are in `by_stage` alone;
    established means admitted or proved.
    """

    made: int
    breach_events_recorded: int
    orders_with_breach_recorded: int
    orders_breach_established: int
    by_stage: dict[str, int]


class ManagementReport(Struct, frozen=True):
    """None stands for a programme or kind of order of which nothing was ever supplied."""

    period: Period
    programmes: dict[str, ProgrammeFigures | None]
    orders: dict[str, OrderFigures | None]


class SafetyFigures(Struct, frozen=True, kw_only=True):
    """One theme, from the start to the end, each survivor's own two answers.

    `missing`: linked in the period, but without both answers.
    """

    paired: int
    safer: int
    same: int
    less_safe: int
    missing: int


class SurvivorFigures(Struct, frozen=True, kw_only=True):
    """`linked`: survivors with a link in force in the period. `consenting`: of them, to contact,
    by their latest answer. `check_ins`: by timepoint, asked in the period.
    """

    linked: int
    consenting: int
    check_ins: dict[str, int]
    safety: dict[str, SafetyFigures]


class SurvivorReport(Struct, frozen=True):
    period: Period
    survivors: SurvivorFigures
