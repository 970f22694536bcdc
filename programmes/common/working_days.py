"""Days that a reckoning of time leaves out: Sundays, Christmas Day, Good Friday, bank holidays."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

import msgspec

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


class LeftOut(StrEnum):
    """A class of days for which a clock stands still."""

    SUNDAYS = "Sundays"
    CHRISTMAS_DAY = "Christmas Day"
    GOOD_FRIDAY = "Good Friday"
    BANK_HOLIDAYS = "bank holidays"


class Proclamation(msgspec.Struct, frozen=True):
    """A bank holiday appointed for one year, and the day it stood in for, if any.

    Source: Banking and Financial Dealings Act 1971 s.1(2)-(3).
    """

    day: date
    name: str
    instead_of: date | None = None


PROCLAMATIONS = (
    Proclamation(date(2011, 4, 29), "Royal wedding"),
    Proclamation(date(2012, 6, 4), "Spring bank holiday", instead_of=date(2012, 5, 28)),
    Proclamation(date(2012, 6, 5), "Diamond Jubilee"),
    Proclamation(date(2020, 5, 8), "Early May bank holiday", instead_of=date(2020, 5, 4)),
    Proclamation(date(2022, 6, 2), "Spring bank holiday", instead_of=date(2022, 5, 30)),
    Proclamation(date(2022, 6, 3), "Platinum Jubilee"),
    Proclamation(date(2022, 9, 19), "State funeral"),
    Proclamation(date(2023, 5, 8), "Coronation"),
)


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """Which days a statute disregards; `code` is what answers and stored decisions carry.

    A newly proclaimed bank holiday is data: replace `proclamations` with a longer tuple.
    """

    code: str
    name: str
    leaves_out: tuple[LeftOut, ...]
    source: str
    proclamations: tuple[Proclamation, ...] = PROCLAMATIONS


NOTICE_AND_ORDER = Calendar(
    code="notice-and-order",
    name="Notices and orders: leaves out Sundays, Christmas Day, Good Friday and bank holidays",
    leaves_out=tuple(LeftOut),
    source="Crime and Security Act 2010 ss.26, 27, 29; Domestic Abuse Act 2021 ss.26(4), 29(3)",
)
COURT_BAIL = Calendar(
    code="court-bail",
    name="Court bail: leaves out Sundays, Christmas Day and Good Friday only",
    leaves_out=(LeftOut.SUNDAYS, LeftOut.CHRISTMAS_DAY, LeftOut.GOOD_FRIDAY),
    source="Bail Act 1976 s.7(7)",
)
EVERY_DAY = Calendar(
    code="every-day",
    name="Every day counts",
    leaves_out=(),
    source="no day is disregarded",
)
CALENDARS = {calendar.code: calendar for calendar in (NOTICE_AND_ORDER, COURT_BAIL, EVERY_DAY)}


def easter_sunday(year: int) -> date:
    """Gregorian Easter (Calendar (New Style) Act 1750; the anonymous algorithm of 1876)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def good_friday(year: int) -> date:
    return easter_sunday(year) - timedelta(days=2)


@lru_cache(maxsize=512)
def bank_holidays(
    year: int, proclamations: tuple[Proclamation, ...] = PROCLAMATIONS
) -> Mapping[date, str]:
    """Bank holidays of England and Wales in a year, by date.

    Christmas Day and Good Friday are no bank holidays in law; statutes name them beside.
    26 December on a Saturday is not here: see `boxing_day_in_doubt`. New Year's Day, the first
    Monday in May, and the weekday substitutes are proclaimed each year.
    Source: Banking and Financial Dealings Act 1971 s.1 and Sch. 1 para. 1; the official list.
    """
    days = _usual_bank_holidays(year)
    appointed = [proclaimed for proclaimed in proclamations if proclaimed.day.year == year]
    for proclaimed in appointed:
        days.pop(proclaimed.instead_of or proclaimed.day, None)
    days.update({proclaimed.day: proclaimed.name for proclaimed in appointed})
    return MappingProxyType(dict(sorted(days.items())))


def _usual_bank_holidays(year: int) -> dict[date, str]:
    return {
        _weekday_on_or_after(date(year, 1, 1)): "New Year's Day",
        easter_sunday(year) + timedelta(days=1): "Easter Monday",
        _monday_on_or_after(date(year, 5, 1)): "Early May bank holiday",
        _monday_on_or_after(date(year, 5, 25)): "Spring bank holiday",
        _monday_on_or_after(date(year, 8, 25)): "Summer bank holiday",
        **_christmas_bank_holidays(year),
    }


def _christmas_bank_holidays(year: int) -> dict[date, str]:
    """26 December, or the substitutes when the 25th or 26th falls on a weekend."""
    boxing_day = date(year, 12, 26)
    if boxing_day.weekday() == SATURDAY:
        return {date(year, 12, 28): "Boxing Day (substitute)"}
    if boxing_day.weekday() == SUNDAY:
        return {
            date(year, 12, 27): "Christmas Day (substitute)",
            date(year, 12, 28): "Boxing Day (substitute)",
        }
    if boxing_day.weekday() == MONDAY:
        return {boxing_day: "Boxing Day", date(year, 12, 27): "Christmas Day (substitute)"}
    return {boxing_day: "Boxing Day"}


def boxing_day_in_doubt(year: int) -> date | None:
    """26 December when it is a Saturday: may or may not be a bank holiday.

    The Act names the 26th "if it be not a Sunday"; the official list has the substitute alone.
    Source: Banking and Financial Dealings Act 1971 Sch. 1 para. 1.
    """
    day = date(year, 12, 26)
    return day if day.weekday() == SATURDAY else None


def why_left_out(day: date, calendar: Calendar) -> str | None:
    """Why this calendar leaves the day out, in words; None where the day counts.

    A doubtful day counts here, which makes the earlier deadline.
    """
    names = (_name_as(kind, day, calendar) for kind in calendar.leaves_out)
    return next((name for name in names if name), None)


def is_left_out(day: date, calendar: Calendar) -> bool:
    return why_left_out(day, calendar) is not None


def is_doubtful(day: date, calendar: Calendar) -> bool:
    """Whether this day counts here though lawyers could differ on leaving it out."""
    may_be_one = LeftOut.BANK_HOLIDAYS in calendar.leaves_out
    return may_be_one and day == boxing_day_in_doubt(day.year) and not is_left_out(day, calendar)


def _name_as(kind: LeftOut, day: date, calendar: Calendar) -> str | None:
    match kind:
        case LeftOut.SUNDAYS:
            return "Sunday" if day.weekday() == SUNDAY else None
        case LeftOut.CHRISTMAS_DAY:
            return "Christmas Day" if (day.month, day.day) == (12, 25) else None
        case LeftOut.GOOD_FRIDAY:
            return "Good Friday" if day == good_friday(day.year) else None
        case LeftOut.BANK_HOLIDAYS:
            return bank_holidays(day.year, calendar.proclamations).get(day)


def _monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _weekday_on_or_after(day: date) -> date:
    return _monday_on_or_after(day) if day.weekday() >= SATURDAY else day
