"""What a place is worth, in points, and why: common practice, weighed here and nowhere else."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from programmes.common.clock import london_date
from scheduling.placement.group_words import OpenGroup, Seeker
from scheduling.placement.words import Limits, Risk
from scheduling.sessions.words import PlanWarning, WarningKind

A_PLACE = 1000
A_DAY_WAITED, MOST_DAYS = 2, 365
A_WEEK_TO_WAIT, MOST_WEEKS = 15, 52
IN_TIME, TOO_LATE = 300, -400
HIGH_RISK = 150
NEAR = 60
A_WARNING = -150
RUNNING_COST, INTERPRETER_COST = 3000, 800
MOST_VERY_HIGH_RISK = 3
_ABOUT_THEM = frozenset(
    {WarningKind.CURFEW, WarningKind.VENUE_FORBIDDEN, WarningKind.NO_INTERPRETER}
)


class Worth(Struct, frozen=True):
    """`says` is all that counts; `here` of it what is true of this group and not of every other."""

    points: int
    says: tuple[str, ...]
    here: tuple[str, ...]


def limits_for(least: int, *, there: int = 0) -> Limits:
    """`least` is the smallest group of the version; `there` the most very high risk in one now."""
    return Limits(
        smallest_cohort=least,
        most_very_high_risk=max(MOST_VERY_HIGH_RISK, there),
        cost_of_running_a_cohort=RUNNING_COST,
        cost_of_an_interpreter=INTERPRETER_COST,
    )


def worth_of(
    seeker: Seeker, group: OpenGroup, warnings: tuple[PlanWarning, ...], *, today: date
) -> Worth:
    """Longer waits, higher risk, an earlier start and an end in time are worth more."""
    theirs = tuple(_of_the_person(seeker, today))
    here = tuple(_of_the_group(seeker, group, warnings, today))
    said = tuple(says for _, says in here if says)
    return Worth(
        A_PLACE + sum(points for points, _ in (*theirs, *here)),
        (*(says for _, says in theirs), *said),
        said,
    )


def _of_the_person(seeker: Seeker, today: date) -> Iterator[tuple[int, str]]:
    waited = (today - seeker.waiting_since).days
    yield min(waited, MOST_DAYS) * A_DAY_WAITED, f"Has waited {_days(waited)}"
    if seeker.risk in (Risk.HIGH, Risk.VERY_HIGH):
        yield HIGH_RISK, f"Risk is {seeker.risk.value}"


def _of_the_group(
    seeker: Seeker, group: OpenGroup, warnings: tuple[PlanWarning, ...], today: date
) -> Iterator[tuple[int, str]]:
    weeks = _weeks(group, today)
    yield -min(weeks, MOST_WEEKS) * A_WEEK_TO_WAIT, _begins(group, weeks)
    ends_on = seeker.limits.ends_on
    if ends_on is not None:
        is_late = group.places.last_on > ends_on
        what = seeker.limits.ends_with
        yield (
            (TOO_LATE, f"Ends after their {what} does")
            if is_late
            else (IN_TIME, f"Ends before their {what} does")
        )
    if seeker.district and seeker.district == group.district:
        yield NEAR, "In their own postcode district"
    yield A_WARNING * sum(one.kind in _ABOUT_THEM for one in warnings), ""


def _weeks(group: OpenGroup, today: date) -> int:
    first = london_date(group.sessions[0].starts_at) if group.sessions else group.first_on
    return max(0, (first - today).days) // 7


def _begins(group: OpenGroup, weeks: int) -> str:
    number = group.sessions[0].number if group.sessions else 1
    when = "this week" if weeks == 0 else f"in {weeks} week{'' if weeks == 1 else 's'}"
    return f"Could begin {when}" + (f", with session {number}" if number > 1 else "")


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
