"""Any period that may be asked of the management report: a year, a quarter, or two days."""

import re
from datetime import date, datetime, timedelta

from msgspec import Struct

from outcomes.disclosure import periods
from outcomes.reports.figures import Period

LONGEST = timedelta(days=3700)
_DAY = timedelta(days=1)
_ONE_DAY = r"(\d{4}-\d{2}-\d{2}|\d{1,2} [a-z]{3,9} \d{4}|\d{1,2}/\d{1,2}/\d{4})"
_TWO_DAYS = re.compile(rf"{_ONE_DAY}\s{{0,9}}(?:to|until|–|\.\.)\s{{0,9}}{_ONE_DAY}", re.I)
_QUARTER = re.compile(r"(\d{4})[ -]?(Q[1-4])|(Q[1-4])[ -]?(\d{4})", re.I)
_WAYS_TO_WRITE_A_DAY = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y")


class AskedPeriod(Struct, frozen=True, kw_only=True):
    """`code` asks for it again; `before` is as long and ends where it begins."""

    code: str
    label: str
    days: Period
    before: Period
    before_label: str


def asked_period(text: str) -> AskedPeriod | None:
    """`2018`, `2018Q3`, or `2018-03-01 to 2018-06-30`, both days counted; None for what is none.

    Also as people write them: `Q3 2018`, `1 March 2018 to 30 June 2018`.
    """
    if match := _TWO_DAYS.fullmatch(text.strip()):
        return _days(match[1], match[2])
    if match := _QUARTER.fullmatch(text.strip()):
        text = f"{match[1] or match[4]}{match[2] or match[3]}"
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
    from_on, last_on = _day(first), _day(last)
    if from_on is None or last_on is None:
        return None
    length = last_on - from_on + _DAY
    if not timedelta(0) < length <= LONGEST or not 2000 <= from_on.year <= last_on.year <= 2100:
        return None
    return AskedPeriod(
        code=f"{from_on} to {last_on}",
        label=_label(from_on, last_on),
        days=Period(from_on, last_on + _DAY),
        before=Period(from_on - length, from_on),
        before_label=_label(from_on - length, from_on - _DAY),
    )


def _day(text: str) -> date | None:
    for way in _WAYS_TO_WRITE_A_DAY:
        try:
            return datetime.strptime(text, way).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _label(first: date, last: date) -> str:
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
