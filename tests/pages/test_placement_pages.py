"""Placement in the browser and as JSON: next offers, the proposal, and its application as shown."""

from uuid import UUID

import pytest

from app.operator import as_operator
from programmes.common.clock import london_date
from programmes.common.db import Side, fetch_value
from programmes.common.errors import Refused
from scheduling.attendance.commands import sign_off
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.queries import places_in
from scheduling.placement.commands import not_offered_id, note_not_offered, receive_not_offered
from scheduling.placement.not_offered_words import HOLDS, NotOfferedHere, day_it_bears
from tests.cast import Company
from tests.commands.test_cohort_catch_up import a_group, a_group_that_has_held
from tests.commands.test_cohort_changes import sessions
from tests.pages.test_cohort_plan_pages import carried
from tests.pages.waiting_people import a_waiting_man


async def person_of(company: Company, referral_id: UUID) -> UUID:
    async with company.acting("manager"):
        found: UUID = await fetch_value("SELECT person_id FROM referral WHERE id = $1", referral_id)
    return found


async def test_the_next_offers_of_a_group_rank_who_waits(company: Company) -> None:
    group = await a_group(company, from_days=20)
    referral_id = await a_waiting_man(company)
    async with await company.as_("manager") as browser:
        shown = await browser.get(f"/cohorts/{group}/offers")
        said = (await browser.get(f"/api/v1/cohorts/{group}/offers")).json()
        overview = await browser.get("/placement")
        own_page = await browser.get(f"/cohorts/{group}")
    assert f'href="/cohorts/{group}/offers"' in own_page.text
    assert 1 <= len(said) <= 12
    assert [one["points"] for one in said] == sorted((o["points"] for o in said), reverse=True)
    assert "Has waited" in shown.text
    assert "/placement/caring-dads" in overview.text
    assert referral_id
    for role in ("iom", "probation", "case-owner"):
        async with await company.as_(role) as browser:
            assert (await browser.get(f"/cohorts/{group}/offers")).status_code == 404
            assert (await browser.get("/placement/caring-dads")).status_code == 404


async def test_a_group_that_has_closed_is_not_offered_as_having_room(company: Company) -> None:
    """Three sessions held, the third's register still open: free places are left, and nobody who
    waits can have one."""
    shut, mine = await a_closed_group(company), await a_waiting_man(company)
    async with await company.as_("manager") as browser:
        overview = await browser.get("/placement")
        said = (await browser.get("/api/v1/placement")).json()
        offers = await browser.get(f"/cohorts/{shut}/offers")
        own_page = await browser.get(f"/cohorts/{shut}")
        best = (await browser.get(f"/api/v1/referrals/{mine}/place")).json()
    assert f"/cohorts/{shut}/offers" not in overview.text + own_page.text
    assert "Closed: whoever comes from another group" in own_page.text
    with pytest.raises(Refused, match="closed to new members after session 3"):
        async with company.acting("manager") as manager:
            await enrol(mine, shut, referral_version=2, actor=manager, now=company.clock.now())
    assert str(shut) not in {one["cohort_id"] for one in said["groups"]}
    assert all(one["free"] for one in said["groups"])
    assert "closed to new members after session 3" in offers.text
    can = [one for one in best if not one["reasons"]]
    assert best[: len(can)] == can, "what they can have comes first"
    points = [one["points"] for one in can]
    assert points == sorted(points, reverse=True), "the best for them first"
    assert str(shut) in {one["cohort_id"] for one in best if one["reasons"]}


async def a_closed_group(company: Company) -> UUID:
    """Its third session was held, and only the registers of the first two are signed off."""
    now, group = company.clock.now(), await a_group_that_has_held(company, 3)
    held = [one for one in await sessions(company, group) if one.ends_at < now][:2]
    async with as_operator(company.databases, Side.WORK, act="test", now=now) as operator:
        for one in held:
            assert one.id is not None
            await sign_off(one.id, {}, version=1, actor=operator, now=now)
    return group


async def test_what_is_not_offered_is_refused_without_a_word_of_why(company: Company) -> None:
    now, group = company.clock.now(), await a_group(company, from_days=20)
    referral_id = await a_waiting_man(company)
    here = NotOfferedHere(person_id=await person_of(company, referral_id), cohort_id=group)
    async with company.acting("manager") as manager:
        await note_not_offered(here, actor=manager, now=now)
    async with company.acting("manager") as manager:
        with pytest.raises(Refused) as refused:
            await enrol(referral_id, group, referral_version=2, actor=manager, now=now)
    assert refused.value.reasons == ("Not offered here.",)
    async with await company.as_("manager") as browser:
        offered = await browser.get(f"/referrals/{referral_id}/place")
    assert "Not offered here." in offered.text


async def test_nobody_can_tell_who_gave_it(company: Company) -> None:
    """A manager's row and one from across are alike in every column, and in the audit."""
    now, group = company.clock.now(), await a_group(company, from_days=20)
    ids, day = [], day_it_bears(london_date(now))
    for is_from_across in (False, True):
        person_id = await person_of(company, await a_waiting_man(company))
        here = NotOfferedHere(person_id=person_id, cohort_id=group)
        if is_from_across:
            async with company.databases.transaction("work_bridge_writer"):
                row_id = not_offered_id(day)
                await receive_not_offered(row_id, here, given_on=day)
                await receive_not_offered(row_id, here, given_on=day)
        else:
            async with company.acting("manager") as manager:
                await note_not_offered(here, actor=manager, now=now)
        ids.append(person_id)
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetch(
            "SELECT n.id, n.from_on, n.until_on, n.given_on, a.at, a.account_id, a.role, a.act, "
            "a.reason, a.columns FROM not_offered n JOIN audit.entry a ON a.row_id = n.id::text "
            "WHERE n.person_id = ANY($1)",
            ids,
        )
    one, other = rows
    assert [value for name, value in one.items() if name != "id"] == [
        value for name, value in other.items() if name != "id"
    ]
    assert one["account_id"] is None
    assert one["until_on"] - one["given_on"] == HOLDS
    assert london_date(one["at"]).isoweekday() <= 5, "a weekend's is its Friday's"
    assert (one["at"].hour + (1 if one["at"].dst() else 0), one["at"].minute) in ((0, 0), (23, 0))
    assert one["id"].hex[:12] == other["id"].hex[:12], "the id bears the day alone"


async def test_a_proposal_is_shown_pinned_and_applied_as_shown(company: Company) -> None:
    group = await a_group(company, from_days=27)
    now, first = company.clock.now(), await a_waiting_man(company)
    async with company.acting("manager") as manager:
        await enrol(first, group, referral_version=2, actor=manager, now=now)
    mine = await a_waiting_man(company)
    pin = f"pin={mine}:{group}"
    async with await company.as_("manager") as browser:
        wrong = await browser.get("/placement/caring-dads?pin=nobody")
        assert wrong.status_code == 422
        assert (await browser.get("/placement/no-such")).status_code == 404
        said = (await browser.get(f"/api/v1/placement/caring-dads?{pin}")).json()
        assert said["proven"], "so small a service is solved to the end"
        assert said["bound"] >= said["objective"]
        placed = {one["referral_id"]: one for one in said["proposed"]}
        assert placed[str(mine)]["cohort_id"] == str(group)
        forbidden = await browser.get(
            f"/api/v1/placement/caring-dads?forbid={mine}:{group}&one_more=yes"
        )
        others = {one["referral_id"]: one for one in forbidden.json()["proposed"]}
        assert others.get(str(mine), {}).get("cohort_id") != str(group)
        shown = await browser.get(f"/placement/caring-dads?{pin}")
        assert "Unpin" in shown.text
        fields = carried(shown.text, "/placement/caring-dads")
        stale = await browser.post("/placement/caring-dads", data={**fields, "shown": "0" * 64})
        assert stale.status_code == 409
        done = await browser.post("/placement/caring-dads", data=fields)
        again = await browser.post("/placement/caring-dads", data=fields)
    assert done.status_code == 303, done.text
    assert again.status_code == 303, "pressed twice, given once"
    person_id = await person_of(company, mine)
    async with company.acting("manager") as manager:
        assert person_id in {one.person_id for one in await places_in(manager, group)}


async def test_who_waits_for_a_programme_without_groups_is_not_offered_to_suppose_one(
    company: Company,
) -> None:
    await a_waiting_man(company, programme="dvpp")
    async with await company.as_("manager") as browser:
        shown = (await browser.get("/placement/dvpp")).text
        wait = (await browser.get("/capacity")).text
        asked = (await browser.get("/api/v1/capacity")).json()
    assert "There is no group to place anybody in" in shown
    assert "What if there were one more group?" not in shown
    assert "until new groups may begin: the programme is planned" in wait
    assert [one["status"] for one in asked if one["code"] == "dvpp"] == ["planned"]


async def test_the_capacity_page_says_the_wait_of_each_programme(company: Company) -> None:
    await a_waiting_man(company)
    async with await company.as_("manager") as browser:
        shown = await browser.get("/capacity")
        said = (await browser.get("/api/v1/capacity")).json()
    fathers = next(one for one in said if one["code"] == "caring-dads")
    assert fathers["waiting_now"] >= 1
    assert len(fathers["months"]) == 25
    waiting = fathers["waiting_now"]
    assert f"{waiting} person waits now" in shown.text or f"{waiting} people wait now" in shown.text
    async with await company.as_("facilitator") as browser:
        assert (await browser.get("/capacity")).status_code == 404
