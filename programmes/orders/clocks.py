"""When a clock of the law runs out: hours that stand still on some days, days, and months."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec

from programmes.common.clock import london_date
from programmes.common.errors import Invalid, Refused
from programmes.common.wall_time import day_in_words, end_of_day, midnight
from programmes.common.working_days import CALENDARS, Calendar, is_doubtful, is_left_out
from programmes.orders.words import (
    AUTHORITY_NAMES,
    Authority,
    ClockKind,
    ClockLaw,
    ClockState,
    FirstDay,
    Reason,
    Tier,
    Unit,
)

_DAY = timedelta(days=1)
_LONGEST_MONTHS = 1200


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """When it is due, and everything that a reader needs to check it by hand.

    Where lawyers could differ `due_at` is the earlier reading, `doubtful` the days they differ
    on, and `later_due_at` the other reading.
    """

    kind: ClockKind
    due_at: datetime
    calendar: str
    left_out: tuple[date, ...]
    doubtful: tuple[date, ...]
    source: str
    amount: int
    unit: Unit
    authority: Authority | None = None
    later_due_at: datetime | None = None


class _Reckoned(msgspec.Struct, frozen=True):
    due_at: datetime
    left_out: tuple[date, ...] = ()
    doubtful: tuple[date, ...] = ()
    later_due_at: datetime | None = None


def deadline(
    law: ClockLaw,
    start: datetime | date,
    *,
    amount: int | None = None,
    authority: Authority | None = None,
    calendar: Calendar | None = None,
) -> Deadline:
    """When a clock that `start` set going runs out. Instants in UTC; the end of a day is 00:00.

    `amount` is in the law's own unit; without it the usual length of the authority is meant.
    `calendar` replaces the stored one where a bank holiday was proclaimed since.
    Raises Refused with the section where the law does not allow the length or was not yet in
    force, and Invalid on the field that is missing.
    """
    _check_in_force(law, start)
    tier = _tier(law, amount, authority)
    length = amount or tier.usual
    if length is None:
        raise Invalid({law.unit.value: f"Say how many {law.unit}: {_span(tier, law.unit)}."})
    found = _reckon(law, start, length, calendar or CALENDARS[law.calendar])
    return Deadline(
        kind=law.kind,
        due_at=found.due_at,
        calendar=law.calendar,
        left_out=found.left_out,
        doubtful=found.doubtful,
        source="; ".join(dict.fromkeys((tier.source, law.source))),
        amount=length,
        unit=law.unit,
        authority=tier.authority,
        later_due_at=found.later_due_at,
    )


def reasons_length_not_allowed(
    law: ClockLaw, amount: int, *, authority: Authority | None = None
) -> tuple[Reason, ...]:
    """Why the law does not allow this many hours, days or months; none means that it does.

    With no authority given, whoever may go longest is meant.
    """
    tiers = [tier for tier in law.tiers if authority is None or tier.authority == authority]
    if any(_fits(tier, amount) for tier in tiers):
        return ()
    nearest = tiers[0] if amount < (tiers[0].shortest or 1) else tiers[-1]
    message = f"{amount} {law.unit} is not allowed: {_span(nearest, law.unit)}"
    if law.unit is Unit.DAYS:
        message = f"{message}, {law.first_day}"
    message, source = _with_next_rank(law, message, amount, nearest)
    return (Reason(law.unit.value, message, source),)


def last_day(due: Deadline) -> date:
    """The last whole day before the deadline: the day on which an order ends."""
    return london_date(due.due_at - timedelta(microseconds=1))


def clock_state(due: Deadline, *, stopped_at: datetime | None, now: datetime) -> ClockState:
    """How a clock stands. At the very instant that it is due it is still met."""
    at = stopped_at or now
    if at <= due.due_at:
        return ClockState.MET if stopped_at else ClockState.RUNNING
    if stopped_at is None:
        return ClockState.OVERDUE
    in_doubt = due.later_due_at is not None and stopped_at <= due.later_due_at
    return ClockState.IN_DOUBT if in_doubt else ClockState.MISSED


def hours_after(
    start: datetime, hours: int, stands_still: Callable[[date], bool]
) -> tuple[datetime, tuple[date, ...]]:
    """The instant when so many hours have run, and the days in London that did not count.

    The clock stands still for the whole of a day left out: hours before it and after it add up,
    and one that starts on such a day starts at its end.
    """
    remaining, at, left_out = timedelta(hours=hours), start, list[date]()
    while True:
        day = london_date(at)
        over_at = end_of_day(day)
        if stands_still(day):
            left_out.append(day)
        elif at + remaining <= over_at:
            return at + remaining, tuple(left_out)
        else:
            remaining -= over_at - at
        at = over_at


def month_later(day: date, months: int) -> tuple[date, bool]:
    """The same day of a later month, and True; or that month's last day, and False."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)), day.day <= last


def _reckon(law: ClockLaw, start: datetime | date, amount: int, calendar: Calendar) -> _Reckoned:
    if law.unit is Unit.HOURS:
        if not isinstance(start, datetime):
            raise Invalid({"from": "Give the time of day as well: this clock runs in hours."})
        return _in_hours(start, amount, calendar)
    day = london_date(start) if isinstance(start, datetime) else start
    first = day if law.first_day is FirstDay.COUNTS else day + _DAY
    if law.unit is Unit.DAYS:
        return _Reckoned(midnight(first + timedelta(days=amount)))
    if law.first_day is FirstDay.LEFT_OUT:
        return _Reckoned(end_of_day(month_later(day, amount)[0]))
    return _in_months(first, amount)


def _in_hours(start: datetime, hours: int, calendar: Calendar) -> _Reckoned:
    """Twice: with a doubtful day counted, which is earlier, and with it left out."""
    due_at, left_out = hours_after(start, hours, lambda day: is_left_out(day, calendar))
    later, all_left_out = hours_after(
        start, hours, lambda day: is_left_out(day, calendar) or is_doubtful(day, calendar)
    )
    doubtful = tuple(day for day in all_left_out if is_doubtful(day, calendar))
    return _Reckoned(due_at, left_out, doubtful, later if doubtful else None)


def _in_months(first: date, months: int) -> _Reckoned:
    """A period of months beginning with a day ends before the same day of the last month.

    Where that month has no such day (30 November and three months), either its last day still
    belongs to the period or it does not: the earlier is shown and the day named. For periods
    *after* a day the last day is settled (Dodds v Walker [1981] 1 WLR 1027).
    """
    same_day, exists = month_later(first, months)
    if exists:
        return _Reckoned(midnight(same_day))
    return _Reckoned(midnight(same_day), (), (same_day,), end_of_day(same_day))


def _check_in_force(law: ClockLaw, start: datetime | date) -> None:
    day = london_date(start) if isinstance(start, datetime) else start
    if day < law.valid_from:
        raise Refused(
            f"This law applies from {day_in_words(law.valid_from)}, and {day_in_words(day)} is "
            f"earlier ({law.source})."
        )


def _tier(law: ClockLaw, amount: int | None, authority: Authority | None) -> Tier:
    tiers = [tier for tier in law.tiers if authority is None or tier.authority == authority]
    if not tiers:
        raise Invalid({"rank": f"No rank is asked for: {law.name} does not depend on one."})
    if amount is None:
        return tiers[0]
    if amount > _LONGEST_MONTHS:
        raise Invalid({law.unit.value: f"Give at most {_LONGEST_MONTHS} {law.unit}."})
    reasons = reasons_length_not_allowed(law, amount, authority=authority)
    if reasons:
        raise Refused(*(f"{reason}." for reason in reasons))
    return next(tier for tier in tiers if _fits(tier, amount))


def _fits(tier: Tier, amount: int) -> bool:
    return (tier.shortest or 1) <= amount and (tier.longest is None or amount <= tier.longest)


def _span(tier: Tier, unit: Unit) -> str:
    who = f"{AUTHORITY_NAMES[tier.authority]} may give" if tier.authority else "the law sets"
    match tier.shortest, tier.longest:
        case None, None:
            return f"{who} any number of {unit}"
        case None, longest:
            return f"{who} 1 to {longest} {unit}"
        case shortest, None:
            return f"{who} {shortest} {unit} or more"
        case shortest, longest if shortest == longest:
            return f"{who} {shortest} {unit}"
        case shortest, longest:
            return f"{who} {shortest} to {longest} {unit}"


def _with_next_rank(law: ClockLaw, message: str, amount: int, asked: Tier) -> tuple[str, str]:
    """The words and the sections, with who else may give so much, if anybody."""
    able = next((tier for tier in law.tiers if _fits(tier, amount)), None)
    if able is None or able.authority is None:
        return message, asked.source
    who = AUTHORITY_NAMES[able.authority]
    return f"{message}; {who} may give {amount}", f"{asked.source}; {able.source}"
