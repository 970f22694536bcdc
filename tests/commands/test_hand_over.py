"""Handing over: the second worker sees the whole record, the first no longer; cover ends."""

from datetime import timedelta
from uuid import UUID

import pytest

from outcomes.survivors.assignment_commands import HandOver, hand_over, hand_over_caseload
from outcomes.survivors.assignment_queries import assignments_of
from outcomes.survivors.queries import open_survivor
from outcomes.survivors.support_words import AssignedAs
from programmes.common.db import Side
from programmes.common.errors import Invalid, NotFound, Refused
from tests.cast import Company
from tests.survivor_case import (
    LEAD,
    NAME,
    OTHER_WORKER,
    WORKER,
    Case,
    now,
    sealing,
    submission,
    survivor,
    today,
)

A_WEEK = timedelta(days=7)


async def account(company: Company, email: str) -> UUID:
    async with company.acting(email) as actor:
        return actor.account_id


async def change(company: Company, kind: AssignedAs, **days: object) -> HandOver:
    to = await account(company, OTHER_WORKER)
    return HandOver(to=to, kind=kind, **{"from_on": today(), **days})  # type: ignore[arg-type]


async def give(company: Company, case: Case, what: HandOver, email: str = WORKER) -> None:
    async with company.acting(email) as actor:
        await hand_over(case.survivor_id, what, sealing=sealing(company), actor=actor, now=now())


async def sees(company: Company, case: Case, email: str) -> bool:
    async with await company.as_(email) as browser:
        return (await browser.get(case.page)).status_code == 200


async def a_day_passes(company: Company, case: Case) -> None:
    """Every assignment of hers was made a day earlier than it was."""
    async with company.owner(Side.SURVIVOR) as hers:
        await hers.execute("SELECT set_config('waymark.act', 'test', false)")
        await hers.execute(
            "UPDATE worker_assignment SET from_on = from_on - 1, until_on = until_on - 1 "
            "WHERE survivor_id = $1",
            case.survivor_id,
        )


async def test_on_the_day_both_see_her_and_from_the_next_the_second_alone(company: Company) -> None:
    case = await survivor(company)
    await give(company, case, await change(company, AssignedAs.SUPPORT))
    assert await sees(company, case, WORKER)
    async with await company.as_(OTHER_WORKER) as browser:
        opened = await browser.get(case.page)
    assert NAME in opened.text
    assert case.reference in opened.text
    await a_day_passes(company, case)
    assert not await sees(company, case, WORKER)
    assert await sees(company, case, OTHER_WORKER)


async def test_cover_ends_by_itself_and_leaves_her_worker(company: Company) -> None:
    case = await survivor(company)
    await give(company, case, await change(company, AssignedAs.COVER, until_on=today()))
    assert await sees(company, case, OTHER_WORKER)
    await a_day_passes(company, case)
    assert not await sees(company, case, OTHER_WORKER)
    assert await sees(company, case, WORKER)


async def test_cover_needs_an_end_and_nothing_starts_in_the_past(company: Company) -> None:
    case = await survivor(company)
    wrong = (
        await change(company, AssignedAs.COVER),
        await change(company, AssignedAs.COVER, until_on=today() - A_WEEK),
        await change(company, AssignedAs.COVER, until_on=today() + 20 * A_WEEK),
        await change(company, AssignedAs.SUPPORT, from_on=today() - A_WEEK),
        HandOver(
            to=await account(company, "survivor.lead@waymark.example"),
            kind=AssignedAs.SUPPORT,
            from_on=today(),
        ),
    )
    for one in wrong:
        with pytest.raises(Invalid):
            await give(company, case, one)


async def test_nobody_hands_over_whom_they_do_not_support(company: Company) -> None:
    case = await survivor(company)
    what = await change(company, AssignedAs.SUPPORT)
    with pytest.raises(NotFound):
        await give(company, case, what, OTHER_WORKER)
    with pytest.raises(NotFound):
        await give(company, case, what, "survivor.lead@waymark.example")


async def test_handing_to_who_supports_her_already_is_refused(company: Company) -> None:
    case = await survivor(company)
    mine = await account(company, WORKER)
    with pytest.raises(Refused, match="already"):
        await give(company, case, HandOver(to=mine, kind=AssignedAs.SUPPORT, from_on=today()))


async def test_the_lead_moves_a_caseload_and_opens_nobody(company: Company) -> None:
    case = await survivor(company)
    cover = await change(company, AssignedAs.COVER, until_on=today())
    worker = await account(company, WORKER)
    async with company.acting(LEAD) as lead:
        moved = await hand_over_caseload(worker, cover, actor=lead, now=now())
    assert moved >= 1
    assert await sees(company, case, OTHER_WORKER)
    async with company.acting(WORKER) as actor:
        rows = await assignments_of(actor, case.survivor_id)
    assert {row.kind for row in rows} == set(AssignedAs)
    with pytest.raises(NotFound):
        async with company.acting(LEAD) as lead:
            await open_survivor(lead, case.survivor_id, sealing=sealing(company))
    with pytest.raises(NotFound):
        async with company.acting(WORKER) as actor:
            await hand_over_caseload(worker, cover, actor=actor, now=now())


async def test_the_pages_and_their_json(company: Company) -> None:
    case = await survivor(company)
    to = str(await account(company, OTHER_WORKER))
    path = f"{case.page}/hand-over"
    year, month, day = str(today()).split("-")
    sent = {"to": to, "kind": "support", "from_on-year": year, "from_on-month": month}
    async with await company.as_(WORKER) as browser:
        form = await browser.get(path)
        refused = await browser.post(path, data={**submission(form.text), **sent})
        assert refused.status_code == 422
        done = await browser.post(path, data={**submission(form.text), **sent, "from_on-day": day})
        assert done.status_code == 303, done.text
        listed = await browser.get(f"/api/v1{case.page}/assignments")
        assert [one["kind"] for one in listed.json()] == ["support", "support"]
        assert (await browser.get("/caseloads")).status_code == 404
    async with await company.as_(LEAD) as browser:
        page = await browser.get("/caseloads")
        assert "Move a caseload" in page.text
        assert {one["account_id"] for one in (await browser.get("/api/v1/caseloads")).json()} >= {
            to
        }
