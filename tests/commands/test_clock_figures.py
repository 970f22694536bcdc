"""How many deadlines were met: counted in PostgreSQL, and the same as the rule answers."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime

import pytest

from programmes.common.audit import begin
from programmes.common.db import insert_many
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor, Role
from programmes.orders.clock_figure_queries import ClockFigures, clock_figures
from programmes.orders.instruments import INSTRUMENTS
from programmes.orders.kind_queries import StoredKind, order_kinds
from programmes.orders.tables import Breach, Order
from programmes.orders.words import ClockStop
from tests.cast import Company
from tests.drawn_orders import NOWS, PERIODS, Counts, Drawn
from tests.order_cases import a_person

ENTER = Permission(Resource.ORDERS, Verb.CREATE)
STOPS = [ClockStop.HEARING, ClockStop.COURT_AFTER_ARREST, ClockStop.NOTIFICATION]
STATES = ("met", "in_doubt", "missed", "running")
ASKED = [(*period, now) for period in PERIODS for now in NOWS]


class Undone(Exception):
    """Takes back what a test entered, so that it stands in nobody's way."""


async def counted(actor: Actor, since: date, until: date, now: datetime) -> Counts:
    found = await clock_figures(actor, since=since, until=until, now=now)
    assert [one.stops for one in found] == STOPS
    return Counter({key: count for one in found for key, count in _states(one) if count})


def _states(one: ClockFigures) -> list[tuple[tuple[ClockStop, str], int]]:
    return [((one.stops, state), getattr(one, state)) for state in STATES]


async def compare(company: Company, *, orders: int, seed: int) -> Counts:
    """What the drawn orders added to the figures, in each period, as seen at each time."""
    person_id = await a_person(company)
    every: Counts = Counter()
    with suppress(Undone):
        async with company.acting(Role.IOM) as actor:
            before = [await counted(actor, *one) for one in ASKED]
            drawn = Drawn(await _kinds(), person_id, seed).draw(orders)
            await begin(actor, ENTER, "enter-order")
            await insert_many(Order, drawn.orders)
            await insert_many(Breach, drawn.breaches)
            for one, earlier in zip(ASKED, before, strict=True):
                expected = drawn.counts(*one)
                assert await counted(actor, *one) - earlier == expected
                every += expected
            raise Undone
    return every


async def _kinds() -> list[StoredKind]:
    """Those that the service comes with: other tests add some."""
    return [kind for kind in await order_kinds() if kind.law in INSTRUMENTS]


async def test_the_database_counts_deadlines_as_the_rule_does(company: Company) -> None:
    """Of orders drawn near Easter, Christmas and changes of the clock, stopped at the very edge."""
    every = await compare(company, orders=300, seed=3)
    assert {state for _stop, state in every} == set(STATES)
    for stop in STOPS:
        assert all(every[stop, state] for state in ("met", "missed", "running"))


@pytest.mark.deep
async def test_it_counts_thousands_of_drawn_orders_as_the_rule_does(company: Company) -> None:
    for seed in range(2, 12):
        await compare(company, orders=3_000, seed=seed)
