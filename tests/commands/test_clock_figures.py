"""How many deadlines were met, counted some orders at a time."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from programmes.common.clock import london_date
from programmes.common.staff import Role
from programmes.orders import clock_queries
from programmes.orders.civil_kinds import DVPN
from programmes.orders.clock_queries import ClockFigures, clock_figures
from programmes.orders.commands import NewOrder
from programmes.orders.words import Authority, ClockStop
from tests.cast import Company
from tests.order_cases import a_dvpo, a_person, entered

SINCE = date(2023, 1, 9)
UNTIL = SINCE + timedelta(days=7)


async def found(company: Company, since: date, until: date) -> dict[ClockStop, ClockFigures]:
    now = company.clock.now()
    async with company.acting(Role.MANAGER) as actor:
        figures = await clock_figures(actor, since=since, until=until, now=now)
    return {one.stops: one for one in figures}


def a_notice(person_id: UUID, company: Company) -> NewOrder:
    """Served, so that a hearing must follow within 48 hours."""
    return a_dvpo(
        person_id,
        company,
        kind=DVPN,
        authority=Authority.SUPERINTENDENT,
        issued_by="Police",
        ends_on=None,
    )


async def test_the_counts_are_the_same_however_few_orders_are_read_at_once(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = london_date(company.clock.now())
    for _order in range(3):
        await entered(company, a_notice(await a_person(company), company))
    period = (today - timedelta(days=30), today + timedelta(days=1))
    whole = await found(company, *period)
    monkeypatch.setattr(clock_queries, "AT_ONCE", 1)
    assert await found(company, *period) == whole
    assert sum(one.running + one.missed + one.met for one in whole.values()) >= 3


async def test_only_what_began_in_the_period_is_read(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten years of orders that began nothing in it stay where they are."""
    read: list[int] = []
    fetched = clock_queries._begun

    async def watched(since: date, until: date):  # type: ignore[no-untyped-def]
        async for orders in fetched(since, until):
            read.append(len(orders))
            yield orders

    monkeypatch.setattr(clock_queries, "_begun", watched)
    await entered(company, a_dvpo(await a_person(company), company, made_on=UNTIL))
    await found(company, SINCE, UNTIL)
    assert sum(read) == 0
    await entered(company, a_dvpo(await a_person(company), company, made_on=SINCE))
    await found(company, SINCE, UNTIL)
    assert sum(read) == 1
