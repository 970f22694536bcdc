"""Values → words: one way to write a date, a time, a name and a rate, everywhere."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from programmes.common.clock import LONDON, london_date
from programmes.common.per_cent import per_cent

_DAY = timedelta(days=1)


def full_date(on: date) -> str:
    """Tuesday 24 November 2026."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def long_date(on: date) -> str:
    """24 November 2026."""
    return f"{on.day} {on:%B %Y}"


def short_date(on: date) -> str:
    """24 Nov 2026."""
    return f"{on.day} {on:%b %Y}"


def day_and_date(on: date) -> str:
    """Tue 24 Nov: for columns within a year that the page names."""
    return f"{on:%a} {on.day} {on:%b}"


def wall_time(at: time | datetime) -> str:
    """6:00pm, in London where the moment is an instant; midday and midnight by name."""
    local = at.astimezone(LONDON).time() if isinstance(at, datetime) else at
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    return f"{local.hour % 12 or 12}:{local.minute:02d}{'pm' if local.hour >= 12 else 'am'}"


def date_and_time(at: datetime) -> str:
    """6:00pm on Tuesday 24 November 2026."""
    return f"{wall_time(at)} on {full_date(london_date(at))}"


def short_date_and_time(at: datetime) -> str:
    """24 Nov 2026, 6:00pm."""
    return f"{short_date(london_date(at))}, {wall_time(at)}"


def deadline(at: datetime) -> str:
    """A deadline at midnight belongs to the day that ends: people read "midnight" as either."""
    local = at.astimezone(LONDON)
    if (local.hour, local.minute) == (0, 0):
        return f"by the end of {full_date(local.date() - _DAY)}"
    return date_and_time(at)


def time_span(start: datetime, end: datetime) -> str:
    """6:00pm to 8:00pm."""
    return f"{wall_time(start)} to {wall_time(end)}"


def date_span(first: date, last: date) -> str:
    """1 to 28 June 2026; years and months are named once where they are the same. One day alone."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {long_date(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {long_date(last)}"
    return f"{long_date(first)} to {long_date(last)}"


def days_from_today(on: date, today: date) -> str:
    """today, tomorrow, yesterday, in 3 days, 3 days ago."""
    days = (on - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} ago"


def days_left(last_day: date, today: date) -> str:
    """The last day counts: an order that ends today still runs."""
    days = (last_day - today).days
    if days < 0:
        return f"ended {days_from_today(last_day, today)}"
    return "ends today" if days == 0 else f"{count(days, 'day')} left"


def duration(length: timedelta) -> str:
    """The two largest units: 2 days 3 hours, 3 hours 5 minutes, less than a minute."""
    minutes = int(length.total_seconds()) // 60
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    first = next((place for place, (number, _) in enumerate(parts) if number), None)
    if first is None:
        return "less than a minute"
    return " ".join(count(number, unit) for number, unit in parts[first : first + 2] if number)


def remaining(until: datetime, now: datetime) -> str:
    """2 days 3 hours left, or 40 minutes overdue."""
    if now <= until:
        return f"{duration(until - now)} left"
    return f"{duration(now - until)} overdue"


def count(number: int, thing: str, things: str = "") -> str:
    """1 person, 1,204 people."""
    return f"{number:,} {counted(number, thing, things)}"


def counted(number: int, thing: str, things: str = "") -> str:
    """The noun alone, where the number stands apart from it."""
    return thing if number == 1 else things or thing + "s"


def rate(part: int, whole: int, *, of: str = "") -> str:
    """39 of 90 starters (43%): never without its denominator; nothing of nothing is no rate."""
    words = f"{part:,} of {whole:,}" + (f" {of}" if of else "")
    return f"{words} ({percentage(part, whole)})" if whole else words


def percentage(part: int, whole: int) -> str:
    """A whole number per cent, halves upwards; 0% and 100% only where it is exactly so."""
    if not whole:
        return "no rate"
    if 0 < part < whole:
        return per_cent(min(99, max(1, (200 * part + whole) // (2 * whole))) / 100, places=0)
    return per_cent(part // whole, places=0)


def money(pounds: Decimal | int) -> str:
    """£3,846, or £3,846.15 where there are pence."""
    return f"£{pounds:,.0f}" if pounds == int(pounds) else f"£{pounds:,.2f}"


def yes_or_no(answer: bool) -> str:
    return "Yes" if answer else "No"


def listed(items: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def listed_name(given: str, family: str) -> str:
    """Rahman, Aisha; a single name stands alone."""
    return ", ".join(part for part in (family, given) if part)


def mid_sentence(words: str) -> str:
    """Without its capital, unless the first word is an abbreviation or stands for a person."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def sentence(words: str) -> str:
    """With a capital first letter, leaving the rest alone."""
    return words[:1].upper() + words[1:]
