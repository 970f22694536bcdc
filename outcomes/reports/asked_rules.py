"""Any period that may be asked of the management report: a year, a quarter, or two days."""

import re
from datetime import date, timedelta

from msgspec import Struct

from outcomes.disclosure import periods
from outcomes.reports.figures import Period

LONGEST = timedelta(days=3700)
_DAY = timedelta(days=1)
_TWO_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:to|until|–|\.\.)\s*(\d{4}-\d{2}-\d{2})", re.I)


class AskedPeriod(Struct, frozen=True, kw_only=True):
    """`code` asks for it again; `before` is as long and ends where it begins."""

    code: str
    label: str
    days: Period
    before: Period
    before_label: str


def asked_period(text: str) -> AskedPeriod | None:
    """`2018`, `2018Q3`, or `2018-03-01 to 2018-06-30`, both days counted; None for what is none."""
    if match := _TWO_DAYS.fullmatch(text.strip()):
        return _days(match[1], match[2])
    try:
        found = periods.period(text.strip().upper())
    except ValueError:
        return None
    if found.span is periods.Span.THREE_YEARS or not 2000 <= found.year <= 2100:
        return None
    return whole_period(found)


def whole_period(of: periods.Period) -> AskedPeriod:
    """A year against the year before, a quarter against the quarter before."""
    before = period_before(of)
    return AskedPeriod(
        code=of.code,
        label=of.label,
        days=Period(of.first_on, of.until),
        before=Period(before.first_on, before.until),
        before_label=before.label,
    )


def period_before(of: periods.Period) -> periods.Period:
    if of.quarter is None:
        return periods.Period(of.year - 1)
    if of.quarter > 1:
        return periods.Period(of.year, of.quarter - 1)
    return periods.Period(of.year - 1, 4)


def _days(first: str, last: str) -> AskedPeriod | None:
    try:
        from_on, last_on = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    length = last_on - from_on + _DAY
    if not timedelta(0) < length <= LONGEST or not 2000 <= from_on.year <= last_on.year <= 2100:
        return None
    return AskedPeriod(
        code=f"{first} to {last}",
        label=_label(from_on, last_on),
        days=Period(from_on, last_on + _DAY),
        before=Period(from_on - length, from_on),
        before_label=_label(from_on - length, from_on - _DAY),
    )


def _label(first: date, last: date) -> str:
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
