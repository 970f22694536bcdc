"""What is counted as recorded, orders on merged records, and what a breach pack holds."""

from datetime import date, timedelta

import pytest

from app.documents.breach_pack import gather
from outcomes.reports.breach_stage_queries import breaches_by_programme_stage
from outcomes.tasks.stay_commands import decide_stay
from outcomes.tasks.words import StayOutcome
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.contacts.commands import NewContact, record_contact
from programmes.contacts.words import ContactHow, ContactWith
from programmes.orders.breach_commands import BreachStep
from programmes.orders.breach_queries import breach_figures
from programmes.orders.figure_queries import order_figures, order_totals
from programmes.orders.words import BreachStage
from programmes.people.merge_commands import merge_people
from tests.attendance_case import ABSENT, MANAGER, make_group, mark_and_sign_off
from tests.cast import Company
from tests.commands.test_order_breaches import a_breach, moved, recorded
from tests.commands.test_tasks import a_breach_of_somebody
from tests.order_cases import a_dvpo, a_person, entered


async def counted(company: Company) -> tuple[int, ...]:
    """Recorded breaches and events in every place that counts them; then the withdrawn."""
    today = london_date(company.clock.now())
    period = {"since": today - timedelta(days=3), "until": today + timedelta(days=1)}
    async with company.acting(MANAGER) as manager:
        four = await breach_figures(manager, **period)
        totals = await order_totals(manager, **period)
        months = await order_figures(manager, **period, today=today)
        stages = await breaches_by_programme_stage(manager, **period)
    return (
        four.recorded,
        four.events,
        four.orders,
        totals.recorded,
        totals.events,
        totals.orders_breached,
        sum(row.recorded for row in months),
        sum(row.events for row in stages),
        totals.withdrawn,
    )


async def test_a_withdrawn_breach_is_no_record_of_a_breach_in_any_count(company: Company) -> None:
    before = await counted(company)
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    breach_id = await recorded(company, order_id, a_breach(company))
    assert [now - then for now, then in zip(await counted(company), before, strict=True)] == [
        *[1] * 8,
        0,
    ]
    gone = BreachStep(after=BreachStage.WITHDRAWN, reason="Recorded on the wrong order")
    await moved(company, breach_id, gone)
    assert [now - then for now, then in zip(await counted(company), before, strict=True)] == [
        *[0] * 8,
        1,
    ]


async def test_an_order_on_a_merged_record_is_refused_in_words(company: Company) -> None:
    kept, merged = [await a_person(company, role="manager") for _ in range(2)]
    async with company.acting(MANAGER) as manager:
        await merge_people(
            kept, merged, reason="The same man", actor=manager, now=company.clock.now()
        )
    with pytest.raises(Invalid) as refused:
        await entered(company, a_dvpo(merged, company), role="manager")
    assert "merged" in refused.value.errors["person"]
    await entered(company, a_dvpo(kept, company), role="manager")


async def test_a_breach_pack_holds_registers_contacts_and_decisions_without_what_was_said(
    company: Company,
) -> None:
    group = await make_group(company, size=1)
    await mark_and_sign_off(company, group, ABSENT)
    breach_id = await a_breach_of_somebody(company, group.people[0])
    now = company.clock.now()
    call = NewContact(
        happened_at=now,
        with_whom=ContactWith.REFERRER,
        how=ContactHow.CALL,
        was_reached=True,
        what="Spoke of private things",
    )
    async with company.acting(MANAGER) as manager:
        await record_contact(group.people[0], call, actor=manager, now=now)
        await decide_stay(
            breach_id, StayOutcome.PAUSED, reason="Waits for the court", actor=manager, now=now
        )
        facts = (await gather(manager, breach_id, now=now)).facts
    assert "absent" in facts["attendance"][0][1]
    assert "signed off" in facts["attendance"][0][3]
    assert facts["contacts"][0].startswith("The referrer, call")
    assert facts["stay"][0].startswith("Paused until it is reviewed")
    assert "private things" not in str(facts)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"assault_statement_on": -5}, "offence_on"),
        ({"offence_on": -5, "assault_statement_on": -6}, "assault_statement_on"),
        ({"offence_on": -5, "assault_statement_on": 1}, "assault_statement_on"),
        ({"offence_on": 1}, "offence_on"),
    ],
)
async def test_an_assault_and_its_statement_are_past_and_in_order(
    company: Company, days: dict[str, int], field: str
) -> None:
    today = london_date(company.clock.now())
    given: dict[str, date] = {name: today + timedelta(days=n) for name, n in days.items()}
    with pytest.raises(Invalid) as refused:
        await entered(company, a_dvpo(await a_person(company), company, **given))
    assert field in refused.value.errors
