"""The clocks against an independent, slow reckoning: minute by minute, or day by day."""

import random
from array import array
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest

from programmes.orders.clock_laws import CLOCK_LAWS
from programmes.orders.clocks import deadline
from programmes.orders.words import ClockKind
from tests.rules.days_by_hand import ALL_BANK_HOLIDAYS, DOUBTFUL, GOOD_FRIDAYS

LONDON_TIME = ZoneInfo("Europe/London")
EPOCH = datetime(2023, 12, 31, tzinfo=UTC)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2030, 12, 20, tzinfo=UTC)
MINUTES_TO_CHOOSE_FROM = int((LAST - FIRST).total_seconds() // 60)
ONE_MINUTE = timedelta(minutes=1)

HOUR_KINDS = [
    ("dvpn-hearing", 48, "notice"),
    ("dvpn-breach-court", 24, "notice"),
    ("dvpo-breach-court", 24, "notice"),
    ("dapn-hearing", 48, "notice"),
    ("dapn-breach-court", 24, "notice"),
    ("court-bail-breach", 24, "bail"),
]


def stands_still(day: date, calendar: str, *, doubtful_stands: bool) -> bool:
    if day.isoweekday() == 7 or (day.month, day.day) == (12, 25) or day in GOOD_FRIDAYS:
        return True
    if calendar == "bail":
        return False
    return day in ALL_BANK_HOLIDAYS or (doubtful_stands and day == DOUBTFUL)


@lru_cache
def minutes_that_count(calendar: str, doubtful_stands: bool) -> array:
    """One entry for every minute from 2023-12-31: 1 where it counts, by the wall in London.

    An hour is filled at once: London's days begin on whole hours of UTC.
    """
    counts, at = array("b"), EPOCH
    while at < datetime(2031, 1, 20, tzinfo=UTC):
        wall = at.astimezone(LONDON_TIME)
        still = stands_still(wall.date(), calendar, doubtful_stands=doubtful_stands)
        counts.extend([0 if still else 1] * 60)
        at += timedelta(hours=1)
    return counts


def slow_due(start: datetime, hours: int, calendar: str, doubtful_stands: bool) -> datetime:
    counts = minutes_that_count(calendar, doubtful_stands)
    minute, left = int((start - EPOCH) / ONE_MINUTE), hours * 60
    while left:
        left -= counts[minute]
        minute += 1
    return EPOCH + minute * ONE_MINUTE


def check_hours(kind: str, hours: int, calendar: str, start: datetime) -> None:
    found = deadline(CLOCK_LAWS[ClockKind(kind)], start)
    earlier = slow_due(start, hours, calendar, False)
    later = slow_due(start, hours, calendar, True)
    assert found.due_at == earlier, start
    assert (found.later_due_at or found.due_at) == later, start
    assert bool(found.doubtful) == (earlier != later), start
    assert set(found.left_out) == days_passed(start, earlier, calendar), start


def days_passed(start: datetime, due_at: datetime, calendar: str) -> set[date]:
    first, last = start.astimezone(LONDON_TIME), (due_at - ONE_MINUTE).astimezone(LONDON_TIME)
    days = ((last.date() - first.date()).days) + 1
    walked = {first.date() + timedelta(days=number) for number in range(days)}
    return {day for day in walked if stands_still(day, calendar, doubtful_stands=False)}


def check_days(start: datetime, chooser: random.Random) -> None:
    """Walk from the first day that counts, one day at a time."""
    today = start.astimezone(LONDON_TIME).date()
    length = chooser.randint(14, 28)
    for kind, days, amount in (("dvpo-end", length, length), ("dapo-notify", 3, None)):
        day, counted = today, 1
        while counted < days:
            day, counted = day + timedelta(days=1), counted + 1
        found = deadline(CLOCK_LAWS[ClockKind(kind)], start, amount=amount)
        assert found.due_at.astimezone(LONDON_TIME).replace(tzinfo=None) == wall_midnight_after(day)


def check_bail(start: datetime, chooser: random.Random) -> None:
    """Walk months by their days until the same number stands on the page, or cannot."""
    months = chooser.choice((1, 2, 3, 5, 6, 9, 12, 18))
    first = start.astimezone(LONDON_TIME).date() + timedelta(days=1)
    day, turned = first, 0
    while turned < months:
        day += timedelta(days=1)
        turned += day.day == 1
    while day.day < first.day and (day + timedelta(days=1)).month == day.month:
        day += timedelta(days=1)
    found = deadline(CLOCK_LAWS[ClockKind("pre-charge-bail")], start, amount=months)
    assert found.due_at.astimezone(LONDON_TIME).replace(tzinfo=None) == wall_midnight(day), start
    assert found.doubtful == (() if day.day == first.day else (day,)), start


def wall_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def wall_midnight_after(day: date) -> datetime:
    return wall_midnight(day + timedelta(days=1))


def random_starts(number: int, seed: int) -> list[datetime]:
    chooser = random.Random(seed)
    return [FIRST + chooser.randrange(MINUTES_TO_CHOOSE_FROM) * ONE_MINUTE for _ in range(number)]


def near_the_edges(number: int, seed: int) -> list[datetime]:
    """Starts within three days of a day left out at Easter, Christmas and the New Year."""
    chooser = random.Random(seed)
    edges = sorted(ALL_BANK_HOLIDAYS | set(GOOD_FRIDAYS) | {DOUBTFUL})
    starts = []
    for _ in range(number):
        edge = chooser.choice([day for day in edges if day > date(2024, 1, 5)])
        midnight = datetime(edge.year, edge.month, edge.day, tzinfo=UTC)
        starts.append(midnight + chooser.randint(-4320, 2880) * ONE_MINUTE)
    return [start for start in starts if start < LAST + timedelta(days=8)]


def check_all(starts: list[datetime], seed: int) -> int:
    chooser = random.Random(seed)
    for number, start in enumerate(starts):
        kind, hours, calendar = HOUR_KINDS[number % len(HOUR_KINDS)]
        check_hours(kind, hours, calendar, start)
        check_days(start, chooser)
        check_bail(start, chooser)
    return len(starts)


@pytest.mark.slow
def test_3000_random_starts_agree_with_the_slow_reckoning():
    starts = random_starts(2000, seed=6) + near_the_edges(1000, seed=7)
    assert check_all(starts, seed=8) == 3000


@pytest.mark.deep
def test_100000_random_starts_agree_with_the_slow_reckoning():
    starts = random_starts(90_000, seed=60) + near_the_edges(10_000, seed=61)
    assert check_all(starts, seed=62) == 100_000


def test_every_hour_around_christmas_2026_agrees():
    """The one Christmas of these years on which lawyers differ."""
    begins = datetime(2026, 12, 21, tzinfo=UTC)
    for number in range(10 * 24):
        for kind, hours, calendar in HOUR_KINDS:
            check_hours(kind, hours, calendar, begins + timedelta(hours=number, minutes=17))
