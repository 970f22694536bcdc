"""Who may record a breach and take it on, what each stage asks for, and how they are counted."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from programmes.common.clock import london_date
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.orders.breach_commands import (
    SEPARATE,
    BreachStep,
    NewBreach,
    move_breach,
    record_breach,
)
from programmes.orders.breach_queries import breach, breach_figures, stages_of
from programmes.orders.clock_queries import running_clocks
from programmes.orders.figure_queries import order_figures, order_totals
from programmes.orders.words import BreachStage, ClockStop, Sanction
from tests.cast import Company
from tests.order_cases import a_dvpo, a_person, bail, entered


def a_breach(company: Company, *, hours_ago: float = 6, **changes: Any) -> NewBreach:
    at = company.clock.now() - timedelta(hours=hours_ago)
    values: dict[str, Any] = {
        "condition_id": None,
        "occurred_at": at,
        "reported_at": at + timedelta(minutes=30),
        "account": "Sent forty messages",
        "match": SEPARATE,
    }
    return NewBreach(**(values | changes))


async def recorded(company: Company, order_id: UUID, new: NewBreach, *, role: str = "iom") -> UUID:
    async with company.acting(role) as actor:
        return await record_breach(order_id, new, actor=actor, now=company.clock.now())


async def moved(company: Company, breach_id: UUID, *steps: BreachStep, role: str = "iom") -> None:
    for step in steps:
        async with company.acting(role) as actor:
            version = (await breach(actor, breach_id)).version
            await move_breach(
                breach_id, step, version=version, actor=actor, now=company.clock.now()
            )


@pytest.fixture
async def dvpo(company: Company) -> UUID:
    return await entered(company, a_dvpo(await a_person(company), company))


def hours_ago(company: Company, hours: float) -> Any:
    return company.clock.now() - timedelta(hours=hours)


async def test_iom_records_a_breach_and_a_board_member_does_not(
    company: Company, dvpo: UUID
) -> None:
    assert await recorded(company, dvpo, a_breach(company))
    with pytest.raises(NotFound):
        await recorded(company, dvpo, a_breach(company), role="board")


async def test_a_breach_of_another_caseloads_order_looks_absent(
    company: Company, dvpo: UUID
) -> None:
    with pytest.raises(NotFound):
        await recorded(company, dvpo, a_breach(company), role="facilitator")


async def test_stages_are_taken_on_by_keepers_alone(company: Company, dvpo: UUID) -> None:
    breach_id = await recorded(company, dvpo, a_breach(company))
    step = BreachStep(after=BreachStage.ARRESTED, happened_at=hours_ago(company, 2))
    with pytest.raises(NotFound):
        await moved(company, breach_id, step, role="facilitator")
    await moved(company, breach_id, step)


async def test_an_arrest_needs_its_moment_and_may_not_be_to_come(
    company: Company, dvpo: UUID
) -> None:
    breach_id = await recorded(company, dvpo, a_breach(company))
    for at in (None, company.clock.now() + timedelta(hours=1), hours_ago(company, 30)):
        with pytest.raises(Invalid) as refused:
            await moved(company, breach_id, BreachStep(after=BreachStage.ARRESTED, happened_at=at))
        assert "happened_at" in refused.value.errors


async def test_a_civil_breach_is_proved_by_a_court_and_never_before(
    company: Company, dvpo: UUID
) -> None:
    breach_id = await recorded(company, dvpo, a_breach(company))
    with pytest.raises(Refused):
        await moved(company, breach_id, BreachStep(after=BreachStage.PROVED))


async def test_a_sum_needs_a_breach_that_was_proved(company: Company, dvpo: UUID) -> None:
    breach_id = await recorded(company, dvpo, a_breach(company))
    to_court = (
        BreachStep(after=BreachStage.ARRESTED, happened_at=hours_ago(company, 3)),
        BreachStep(after=BreachStage.BEFORE_COURT, happened_at=hours_ago(company, 1)),
    )
    await moved(company, breach_id, *to_court)
    lost = BreachStep(after=BreachStage.NOT_PROVED, sanction=Sanction.SUM)
    with pytest.raises(Invalid) as refused:
        await moved(company, breach_id, lost)
    assert "s.29" in refused.value.errors["sanction"]
    proved = BreachStep(after=BreachStage.PROVED, sanction=Sanction.SUM, response="£250")
    await moved(company, breach_id, proved)
    async with company.acting("iom") as actor:
        assert (await breach(actor, breach_id)).sanction == Sanction.SUM
        stages = [row.after for row in await stages_of(actor, breach_id)]
    assert stages[0] is BreachStage.PROVED
    assert len(stages) == 4


async def test_withdrawing_needs_a_reason(company: Company, dvpo: UUID) -> None:
    breach_id = await recorded(company, dvpo, a_breach(company))
    with pytest.raises(Refused):
        await moved(company, breach_id, BreachStep(after=BreachStage.WITHDRAWN))
    reason = "Recorded on the wrong order"
    await moved(company, breach_id, BreachStep(after=BreachStage.WITHDRAWN, reason=reason))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hours_ago": 24 * 8}, "occurred_at"),
        ({"hours_ago": -2}, "occurred_at"),
        ({"reported_at": "before"}, "reported_at"),
        ({"arrested_at": "to come"}, "arrested_at"),
        ({"account": " "}, "account"),
    ],
)
async def test_what_cannot_be_a_breach_is_refused_beside_its_field(
    company: Company, dvpo: UUID, changes: dict[str, Any], field: str
) -> None:
    words = {"before": hours_ago(company, 20), "to come": hours_ago(company, -3)}
    given = {name: words.get(value, value) for name, value in changes.items()}
    with pytest.raises(Invalid) as refused:
        await recorded(company, dvpo, a_breach(company, **given))
    assert field in refused.value.errors


async def test_the_same_thing_entered_by_two_officers_is_offered_as_a_match(
    company: Company, dvpo: UUID
) -> None:
    first = await recorded(company, dvpo, a_breach(company))
    with pytest.raises(Invalid) as refused:
        await recorded(company, dvpo, a_breach(company, hours_ago=7, match=None))
    assert "recorded already" in refused.value.errors["match"]
    async with company.acting("iom") as actor:
        event = (await breach(actor, first)).event_id
    again = await recorded(company, dvpo, a_breach(company, hours_ago=7, match=str(event)))
    assert again == first


async def test_released_under_investigation_cannot_be_breached(company: Company) -> None:
    paper = bail(
        await a_person(company),
        company,
        kind="released-under-investigation",
        arrested_at=None,
        conditions=(),
    )
    order_id = await entered(company, paper)
    with pytest.raises(Invalid) as refused:
        await recorded(company, order_id, a_breach(company))
    assert "carries no conditions" in refused.value.errors["order"]


async def test_recorded_established_events_and_orders_are_four_counts(company: Company) -> None:
    person_id = await a_person(company)
    dvpo = await entered(company, a_dvpo(person_id, company))
    on_bail = await entered(company, bail(person_id, company))
    today = london_date(company.clock.now())
    period = {"since": date(today.year, 1, 1), "until": date(today.year + 1, 1, 1)}
    async with company.acting("manager") as actor:
        before = await breach_figures(actor, **period)
        totals_before = await order_totals(actor, **period)
    first = await recorded(company, dvpo, a_breach(company))
    async with company.acting("iom") as actor:
        event = (await breach(actor, first)).event_id
    await recorded(company, on_bail, a_breach(company, match=str(event)))
    await moved(
        company,
        first,
        BreachStep(after=BreachStage.BEFORE_COURT, happened_at=hours_ago(company, 1)),
        BreachStep(after=BreachStage.ADMITTED),
    )
    async with company.acting("manager") as actor:
        after = await breach_figures(actor, **period)
        totals = await order_totals(actor, **period)
        months = await order_figures(actor, **period, today=today)
    assert after.recorded - before.recorded == 2
    assert after.established - before.established == 1
    assert after.events - before.events == 1
    assert after.orders - before.orders == 2
    assert totals.recorded - totals_before.recorded == 2
    assert totals.events - totals_before.events == 1
    assert sum(row.recorded for row in months) == totals.recorded


async def test_a_clock_runs_from_the_arrest_until_the_court(company: Company, dvpo: UUID) -> None:
    breach_id = await recorded(company, dvpo, a_breach(company, arrested_at=hours_ago(company, 2)))
    assert await waiting(company, breach_id)
    court = BreachStep(after=BreachStage.BEFORE_COURT, happened_at=hours_ago(company, 1))
    await moved(company, breach_id, court)
    assert not await waiting(company, breach_id)


async def waiting(company: Company, breach_id: UUID) -> bool:
    async with company.acting("iom") as actor:
        rows = await running_clocks(actor, now=company.clock.now())
    return any(
        row.clock.breach_id == breach_id and row.clock.stops is ClockStop.COURT_AFTER_ARREST
        for row in rows
    )
