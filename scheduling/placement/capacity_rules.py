"""Places against demand by month, and how long somebody who begins to wait today would wait."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from programmes.catalogue.words import ProgrammeStatus

MONTHS_BACK, MONTHS_AHEAD = 12, 12


class Month(Struct, frozen=True, kw_only=True):
    """`demand` is counted for months that are over, expected for those to come.

    `waiting` is how many would still wait at its end; None for months that are over.
    """

    first: date
    places: int
    demand: float
    waiting: float | None


class Capacity(Struct, frozen=True, kw_only=True):
    """One programme. `wait_months` is None where the groups that are planned do not reach so far.

    `a_year`: what is asked for, and what is offered, in the twelve months on either side.
    """

    code: str
    name: str
    status: ProgrammeStatus
    waiting_now: int
    free_now: int
    demand_a_month: float
    asked_a_year: int
    offered_a_year: int
    planned_a_year: int
    wait_months: int | None
    months: tuple[Month, ...]


def months_around(today: date) -> list[date]:
    """The first of each month, twelve before this one, this one, and twelve after it."""
    start = today.year * 12 + today.month - 1
    numbers = range(start - MONTHS_BACK, start + MONTHS_AHEAD + 1)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def expected_a_month(demand: Mapping[date, int], today: date) -> float:
    """The mean of the twelve months that are over: this one is not yet whole."""
    over = months_around(today)[:MONTHS_BACK]
    return sum(demand.get(month, 0) for month in over) / MONTHS_BACK


def wait_in_months(waiting: int, free_now: int, places: Sequence[int]) -> int | None:
    """In how many months the next in line has a place: 0 where one is free for them now.

    `places` are those of groups that begin this month, next month, and so on. Those who wait
    already come first; whoever comes later waits behind.
    """
    left = waiting + 1 - free_now
    if left <= 0:
        return 0
    for number, offered in enumerate(places):
        left -= offered
        if left <= 0:
            return number
    return None


def months_of(
    today: date,
    *,
    waiting: int,
    free_now: int,
    demand: Mapping[date, int],
    places: Mapping[date, int],
) -> tuple[Month, ...]:
    """From this month on the queue grows by what is expected, and shrinks by what begins."""
    expected = expected_a_month(demand, today)
    this = today.replace(day=1)
    queue = max(0.0, float(waiting - free_now))
    found = []
    for month in months_around(today):
        offered = places.get(month, 0)
        if month < this:
            found.append(
                Month(first=month, places=offered, demand=demand.get(month, 0), waiting=None)
            )
            continue
        share = _share_left(today) if month == this else 1.0
        queue = max(0.0, queue + expected * share - offered)
        found.append(Month(first=month, places=offered, demand=expected, waiting=queue))
    return tuple(found)


def _share_left(today: date) -> float:
    """How much of this month is still to come."""
    first = today.replace(day=1)
    days = ((first + timedelta(days=31)).replace(day=1) - first).days
    return (days - today.day + 1) / days


def capacity_of(
    code: str,
    name: str,
    today: date,
    *,
    status: ProgrammeStatus,
    waiting: int,
    free_now: int,
    demand: Mapping[date, int],
    places: Mapping[date, int],
) -> Capacity:
    """`places` by the month in which their group begins; `free_now` in groups that have begun."""
    this, months = today.replace(day=1), months_around(today)
    ahead = [places.get(month, 0) for month in months if month >= this]
    return Capacity(
        code=code,
        name=name,
        status=status,
        waiting_now=waiting,
        free_now=free_now,
        demand_a_month=round(expected_a_month(demand, today), 1),
        asked_a_year=sum(demand.get(month, 0) for month in months if month < this),
        offered_a_year=sum(places.get(month, 0) for month in months if month < this),
        planned_a_year=sum(ahead[:MONTHS_AHEAD]),
        wait_months=wait_in_months(waiting, free_now, ahead),
        months=months_of(today, waiting=waiting, free_now=free_now, demand=demand, places=places),
    )
