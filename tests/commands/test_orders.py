"""Who may enter, change and open orders, and every paper that cannot be."""

from datetime import date, timedelta
from typing import Any

import pytest

from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.errors import Conflict, Invalid, NotFound
from programmes.common.wall_time import midnight
from programmes.orders.change_commands import NewChange, change_order
from programmes.orders.change_rules import ChangeKind
from programmes.orders.civil_kinds import DVPN
from programmes.orders.commands import NewCondition, NewOrder
from programmes.orders.criminal_kinds import CONDITIONAL_CAUTION
from programmes.orders.queries import changes_of, history_of, open_wording, order
from programmes.orders.words import Authority, ConditionKind, OrderStatus
from programmes.people.queries import people
from tests.cast import Company
from tests.order_cases import WORDING, a_dvpo, a_person, bail, entered


def caution(person_id: Any, company: Company) -> NewOrder:
    made_on = london_date(company.clock.now()) - timedelta(days=4)
    return bail(
        person_id,
        company,
        kind=CONDITIONAL_CAUTION,
        made_on=made_on,
        authority=Authority.PROSECUTOR,
        arrested_at=None,
        ends_on=made_on + timedelta(days=112),
    )


async def refusal(company: Company, new: NewOrder) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        await entered(company, new)
    return refused.value.errors


@pytest.fixture
async def dvpo(company: Company) -> Any:
    return await entered(company, a_dvpo(await a_person(company), company))


async def test_whoever_enters_an_order_sees_the_person_and_so_does_the_dvpo_team(
    company: Company,
) -> None:
    person_id = await a_person(company)
    await entered(company, a_dvpo(person_id, company))
    async with company.owner(Side.WORK) as connection:
        teams = await connection.fetch(
            "SELECT t.name FROM assignment a JOIN team t ON t.id = a.team_id "
            "WHERE a.person_id = $1",
            person_id,
        )
    assert [row["name"] for row in teams] == ["DVPO team"]
    async with company.acting("iom") as actor:
        assert (await people(actor, starts_with="test")).total >= 1


@pytest.mark.parametrize("role", ["iom", "manager", "probation"])
async def test_those_who_keep_orders_enter_one(company: Company, role: str) -> None:
    person_id = await a_person(company, role)
    assert await entered(company, a_dvpo(person_id, company), role=role)


@pytest.mark.parametrize("role", ["facilitator", "case-owner", "board", "auditor", "administrator"])
async def test_others_enter_none(company: Company, role: str) -> None:
    person_id = await a_person(company)
    with pytest.raises(NotFound):
        await entered(company, a_dvpo(person_id, company), role=role)


async def test_the_cara_co_ordinator_enters_cautions_and_nothing_else(company: Company) -> None:
    person_id = await a_person(company, "cara-coordinator")
    assert await entered(company, caution(person_id, company), role="cara-coordinator")
    with pytest.raises(Invalid) as refused:
        await entered(company, a_dvpo(person_id, company), role="cara-coordinator")
    assert "cautions only" in refused.value.errors["kind"]


async def test_an_order_on_somebody_of_another_caseload_looks_absent(company: Company) -> None:
    person_id = await a_person(company)
    with pytest.raises(NotFound):
        await entered(company, a_dvpo(person_id, company), role="probation")


async def test_29_days_are_refused_with_the_section(company: Company) -> None:
    new = a_dvpo(await a_person(company), company)
    long = a_dvpo(new.person_id, company, ends_on=new.made_on + timedelta(days=28))
    errors = await refusal(company, long)
    assert "Crime and Security Act 2010 s.28(10)" in errors["ends_on"]


def bad_papers(company: Company) -> dict[str, dict[str, Any]]:
    """Each bad input, by the field that its message stands beside."""
    now = company.clock.now()
    today = london_date(now)
    made_on = today - timedelta(days=3)
    return {
        "ends_on": {"ends_on": made_on - timedelta(days=1)},
        "hearing_at": {"hearing_at": midnight(made_on) + timedelta(hours=2)},
        "arrested_at": {"arrested_at": now + timedelta(hours=1)},
        "served_at": {"served_at": midnight(made_on) - timedelta(hours=1)},
        "made_on": {"made_on": today + timedelta(days=1), "served_at": None},
        "authority": {"authority": Authority.CUSTODY_OFFICER},
        "condition_1": {"conditions": (NewCondition(kind=ConditionKind.TAG, wording="A tag"),)},
        "condition_1_wording": {
            "conditions": (NewCondition(kind=ConditionKind.NO_CONTACT, wording=" "),)
        },
        "area": {"area": "Atlantis", "kind": "dapo"},
    }


@pytest.mark.parametrize(
    "field",
    [
        "ends_on",
        "hearing_at",
        "arrested_at",
        "served_at",
        "made_on",
        "authority",
        "condition_1",
        "condition_1_wording",
        "area",
    ],
)
async def test_each_paper_that_cannot_be_is_refused_beside_its_field(
    company: Company, field: str
) -> None:
    changes = bad_papers(company)[field]
    errors = await refusal(company, a_dvpo(await a_person(company), company, **changes))
    assert field in errors, errors


async def test_somebody_under_eighteen_is_refused_with_the_section(company: Company) -> None:
    person_id = await a_person(company, born=date(2011, 1, 1))
    errors = await refusal(company, a_dvpo(person_id, company))
    assert "18 or over" in errors["person"]


async def test_a_notice_and_its_order_are_one_history_and_the_notice_is_replaced(
    company: Company,
) -> None:
    person_id = await a_person(company)
    today = london_date(company.clock.now())
    notice = a_dvpo(
        person_id,
        company,
        kind=DVPN,
        ends_on=None,
        authority=Authority.SUPERINTENDENT,
        made_on=today - timedelta(days=4),
    )
    first = await entered(company, notice)
    second = await entered(company, a_dvpo(person_id, company, follows_id=first))
    async with company.acting("iom") as actor:
        line = await history_of(actor, first)
        replaced = await order(actor, first)
    assert [row.id for row in line] == [first, second]
    assert replaced.status is OrderStatus.REPLACED
    assert replaced.ends_on == today - timedelta(days=3)


async def test_a_dvpo_does_not_follow_from_bail(company: Company) -> None:
    person_id = await a_person(company)
    earlier = await entered(company, bail(person_id, company))
    errors = await refusal(company, a_dvpo(person_id, company, follows_id=earlier))
    assert "does not follow" in errors["follows"]


async def test_bail_is_extended_by_an_inspector_to_six_months_and_no_further(
    company: Company,
) -> None:
    order_id = await entered(company, bail(await a_person(company), company))
    today = london_date(company.clock.now())
    for days, allowed in ((400, False), (120, True)):
        new = NewChange(
            what=ChangeKind.EXTENDED,
            effective_on=today,
            ends_on=today + timedelta(days=days),
            authority=Authority.INSPECTOR,
        )
        if allowed:
            await changed(company, order_id, new)
            continue
        with pytest.raises(Invalid) as refused:
            await changed(company, order_id, new)
        assert "47ZD" in refused.value.errors["ends_on"]
    async with company.acting("iom") as actor:
        assert (await order(actor, order_id)).ends_on == today + timedelta(days=120)
        assert [row.what for row in await changes_of(actor, order_id)] == ["extended"]


async def test_a_dvpo_is_never_extended(company: Company, dvpo: Any) -> None:
    until = london_date(company.clock.now()) + timedelta(days=60)
    new = NewChange(
        what=ChangeKind.EXTENDED, effective_on=london_date(company.clock.now()), ends_on=until
    )
    with pytest.raises(Invalid) as refused:
        await changed(company, dvpo, new)
    assert "cannot be extended" in refused.value.errors["ends_on"]


async def test_ended_early_needs_a_reason_and_can_be_reopened_as_it_was(
    company: Company, dvpo: Any
) -> None:
    today = london_date(company.clock.now())
    async with company.acting("iom") as actor:
        last_day = (await order(actor, dvpo)).ends_on
    ended = NewChange(what=ChangeKind.DISCHARGED, effective_on=today)
    with pytest.raises(Invalid) as refused:
        await changed(company, dvpo, ended)
    assert "reason" in refused.value.errors
    reason = "The court allowed his appeal"
    await changed(company, dvpo, NewChange(what=ended.what, effective_on=today, reason=reason))
    await changed(
        company,
        dvpo,
        NewChange(what=ChangeKind.REOPENED, effective_on=today, reason="Wrong order"),
        version=2,
    )
    async with company.acting("iom") as actor:
        again = await order(actor, dvpo)
    assert (again.status, again.ends_on) == (OrderStatus.LIVE, last_day)


async def test_a_stale_change_is_a_conflict(company: Company, dvpo: Any) -> None:
    today = london_date(company.clock.now())
    new = NewChange(what=ChangeKind.DISCHARGED, effective_on=today, reason="Appeal")
    with pytest.raises(Conflict):
        await changed(company, dvpo, new, version=7)


async def test_a_facilitator_reads_the_kinds_of_conditions_but_never_the_wording(
    company: Company, dvpo: Any
) -> None:
    async with company.acting("iom") as actor:
        assert WORDING in (await open_wording(actor, dvpo)).values()
    async with company.acting("facilitator") as actor:
        with pytest.raises(NotFound):
            await open_wording(actor, dvpo)


async def test_a_change_is_refused_to_those_who_only_read(company: Company, dvpo: Any) -> None:
    new = NewChange(what=ChangeKind.DISCHARGED, effective_on=date(2026, 1, 1), reason="x")
    with pytest.raises(NotFound):
        await changed(company, dvpo, new, role="facilitator")


async def changed(
    company: Company, order_id: Any, new: NewChange, *, version: int = 1, role: str = "iom"
) -> None:
    async with company.acting(role) as actor:
        await change_order(order_id, new, version=version, actor=actor, now=company.clock.now())
