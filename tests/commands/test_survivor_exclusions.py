"""A worker who must not see a survivor's record does not, whatever else would let them."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from app.demo.accounts import DemoPerson, create_demo_accounts
from app.running.check_databases import check_logins
from outcomes.survivors.assignment_commands import HandOver, hand_over_caseload
from outcomes.survivors.exclusion_commands import exclude, lift_exclusion, step_back
from outcomes.survivors.exclusion_queries import exclusions
from outcomes.survivors.exclusion_words import WhyExcluded
from outcomes.survivors.support_words import AssignedAs
from programmes.common.audit import note
from programmes.common.clock import SystemClock
from programmes.common.db import Side, execute, fetch, fetch_value
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.staff import Role
from tests.cast import Company
from tests.commands.test_access import gathered, sent_on
from tests.survivor_case import (
    LEAD,
    OTHER_WORKER,
    WORKER,
    Case,
    now,
    sealing,
    submission,
    survivor,
    today,
)

WHY = WhyExcluded.KNOWS_THEM
SECOND_LEAD = "survivor.lead.two@waymark.example"


@pytest.fixture(scope="module", autouse=True)
async def second_lead(company: Company) -> AsyncIterator[UUID]:
    """Without her the first could not be kept out of anything. Gone again for other tests."""
    person = DemoPerson(SECOND_LEAD, "Jude Barraclough", Role.SURVIVOR_LEAD, Side.SURVIVOR)
    await create_demo_accounts(company.databases, now=now(), cast=(person,))
    yield await account(company, SECOND_LEAD)
    await set_active(company, SECOND_LEAD, is_active=False)


async def set_active(company: Company, who: str, *, is_active: bool) -> None:
    async with company.owner(Side.SURVIVOR) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'close-test', false)")
        await owner.execute(
            "UPDATE auth.account SET is_active = $2 WHERE email = $1", who, is_active
        )
    company._tokens.pop(who, None)


async def account(company: Company, who: str) -> UUID:
    async with company.acting(who) as actor:
        return actor.account_id


async def reference(company: Company, case: Case) -> str:
    async with company.owner(Side.SURVIVOR) as owner:
        found = await owner.fetchval(
            "SELECT reference FROM survivor WHERE id = $1", case.survivor_id
        )
    return str(found)


async def keep_out(company: Company, case: Case, who: str, *, to: str | None = None) -> UUID:
    whom, instead = await account(company, who), await account(company, to) if to else None
    named = await reference(company, case)
    async with company.acting(LEAD) as actor:
        return await exclude(named, whom, WHY, to=instead, actor=actor, now=now())


async def sees(company: Company, case: Case, who: str) -> bool:
    async with await company.as_(who) as browser:
        listed = case.page in (await browser.get("/survivors")).text
        opened = (await browser.get(case.page)).status_code == 200
    assert listed is opened
    return opened


async def test_a_worker_steps_back_and_a_colleague_has_the_record(company: Company) -> None:
    case, colleague = await survivor(company), await account(company, OTHER_WORKER)
    async with await company.as_(WORKER) as browser:
        blank = await browser.get(f"{case.page}/step-back")
        form = {**submission(blank.text), "why": WHY.value, "to": str(colleague)}
        done = await browser.post(f"{case.page}/step-back", data=form)
        assert (done.status_code, done.headers["location"]) == (303, "/survivors")
        absent = await browser.get("/survivors/01890000-0000-7000-8000-000000000000")
        hidden = await browser.get(case.page)
        assert (hidden.status_code, hidden.text) == (absent.status_code, absent.text)
    assert not await sees(company, case, WORKER)
    assert await sees(company, case, OTHER_WORKER)


async def test_no_row_about_her_is_left_to_somebody_kept_out(company: Company) -> None:
    """Row security itself: also where the assignment still stands and the role reads everybody."""
    case = await survivor(company)
    await keep_out(company, case, WORKER, to=OTHER_WORKER)
    lead = await account(company, LEAD)
    async with company.owner(Side.SURVIVOR) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        await owner.execute(
            "UPDATE worker_assignment SET until_on = NULL WHERE survivor_id = $1", case.survivor_id
        )
        await owner.execute(
            "INSERT INTO survivor_exclusion (id, survivor_id, account_id, why, from_on, "
            "recorded_at, recorded_by) VALUES (gen_random_uuid(), $1, $2, 'knows them', $3, "
            "now(), $2)",
            case.survivor_id,
            lead,
            today(),
        )
    for who in (WORKER, LEAD):
        async with company.acting(who):
            for table in ("survivor_exclusion", "link", "consent", "safe_contact"):
                sql = f"SELECT count(*) FROM {table} WHERE survivor_id = $1"
                assert await fetch_value(sql, case.survivor_id) == 0, (who, table)
            assert not await fetch("SELECT id FROM survivor WHERE id = $1", case.survivor_id)
    async with company.acting(OTHER_WORKER):
        assert await fetch("SELECT id FROM survivor WHERE id = $1", case.survivor_id)


async def test_the_lead_lifts_it_but_nobody_their_own(company: Company) -> None:
    case = await survivor(company)
    theirs = await keep_out(company, case, WORKER, to=OTHER_WORKER)
    own = await keep_out(company, case, LEAD)
    async with company.acting(LEAD) as actor:
        assert not {theirs, own} & {one.id for one in await exclusions(actor)}
        with pytest.raises(NotFound):
            await lift_exclusion(own, actor=actor, now=now())
    async with company.acting(WORKER):
        lifting = "UPDATE survivor_exclusion SET until_on = from_on WHERE id = $1"
        assert await execute(lifting, theirs) == 0
    assert not await sees(company, case, WORKER)


async def test_what_is_lifted_opens_the_record_again_to_whoever_supports_her(
    company: Company,
) -> None:
    case = await survivor(company)
    lifted = await keep_out(company, case, OTHER_WORKER)
    async with await company.as_(LEAD) as browser:
        page = (await browser.get("/survivor-exclusions")).text
        assert await reference(company, case) in page
        form = submission(page)
        done = await browser.post(f"/survivor-exclusions/{lifted}/lift", data=form)
        assert done.status_code == 303, done.text
    colleague = await account(company, OTHER_WORKER)
    async with await company.as_(WORKER) as browser:
        sent = {"to": str(colleague), "kind": "support", "from_on": str(today())}
        given = await browser.post(f"/api/v1{case.page}/assignments", json=sent)
        assert given.status_code == 201, given.text
    assert await sees(company, case, OTHER_WORKER)


async def test_a_record_is_never_handed_to_somebody_kept_out_of_it(company: Company) -> None:
    case = await survivor(company)
    await keep_out(company, case, OTHER_WORKER)
    other = await survivor(company)
    colleague, worker = await account(company, OTHER_WORKER), await account(company, WORKER)
    change = HandOver(to=colleague, kind=AssignedAs.COVER, from_on=today(), until_on=today())
    async with await company.as_(WORKER) as browser:
        sent = {"to": str(colleague), "kind": "support", "from_on": str(today())}
        one = await browser.post(f"/api/v1{case.page}/assignments", json=sent)
        assert (one.status_code, "to" in one.text) == (422, True)
    async with company.acting(LEAD) as actor:
        await hand_over_caseload(worker, change, actor=actor, now=now())
    assert await sees(company, case, WORKER)
    assert not await sees(company, case, OTHER_WORKER)
    assert await sees(company, other, OTHER_WORKER)


async def test_nobody_is_left_without_a_worker_or_kept_out_twice(company: Company) -> None:
    case = await survivor(company)
    with pytest.raises(Invalid) as refused:
        await keep_out(company, case, WORKER)
    assert set(refused.value.errors) == {"to"}
    await keep_out(company, case, WORKER, to=OTHER_WORKER)
    with pytest.raises(Refused):
        await keep_out(company, case, WORKER)


async def test_whoever_is_kept_out_is_nobody_to_count_on(company: Company) -> None:
    """Two support her, and one may not see her: the other is the only one."""
    case, colleague = await survivor(company), await account(company, OTHER_WORKER)
    async with company.owner(Side.SURVIVOR) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        await owner.execute(
            "INSERT INTO worker_assignment (id, survivor_id, account_id, kind, from_on, given_by) "
            "VALUES (gen_random_uuid(), $1, $2, 'support', $3, $2)",
            case.survivor_id,
            colleague,
            today(),
        )
    await keep_out(company, case, OTHER_WORKER)
    with pytest.raises(Invalid) as refused:
        await keep_out(company, case, WORKER)
    assert set(refused.value.errors) == {"to"}
    assert await sees(company, case, WORKER)


async def test_the_only_lead_is_not_kept_out_and_is_told_what_to_do(company: Company) -> None:
    """Without a lead nobody could ever give her another worker."""
    case, lead = await survivor(company), await account(company, LEAD)
    await set_active(company, SECOND_LEAD, is_active=False)
    try:
        async with await company.as_(LEAD) as browser:
            form = submission((await browser.get("/survivor-exclusions")).text)
            form |= {"reference": await reference(company, case), "account": str(lead)}
            refused = await browser.post("/survivor-exclusions", data={**form, "why": WHY.value})
            assert refused.status_code == 422
            assert "make a second lead first" in refused.text
    finally:
        await set_active(company, SECOND_LEAD, is_active=True)
    await keep_out(company, case, LEAD)
    async with company.acting(SECOND_LEAD) as actor:
        named = await reference(company, case)
        with pytest.raises(Invalid) as last:
            await exclude(named, actor.account_id, WHY, to=None, actor=actor, now=now())
    assert set(last.value.errors) == {"account"}


async def test_a_lead_who_leaves_later_is_noticed_where_the_other_is_kept_out(
    company: Company,
) -> None:
    """What a lead may do depends on the other's account, and that is closed by somebody else."""
    case = await survivor(company)
    await keep_out(company, case, LEAD)
    assert not await says_that_nobody_leads(company)
    await set_active(company, SECOND_LEAD, is_active=False)
    try:
        assert await says_that_nobody_leads(company)
    finally:
        await set_active(company, SECOND_LEAD, is_active=True)


async def says_that_nobody_leads(company: Company) -> bool:
    databases = company.databases
    return "every lead" in " ".join(
        [
            one.says
            async for one in check_logins(
                databases.settings, databases.server, (Side.SURVIVOR,), clock=SystemClock()
            )
        ]
    )


async def test_a_worker_neither_keeps_others_out_nor_steps_back_for_them(company: Company) -> None:
    case, worker = await survivor(company), await account(company, WORKER)
    async with await company.as_(WORKER) as browser:
        assert (await browser.get("/survivor-exclusions")).status_code == 404
    with pytest.raises(NotFound):
        async with company.acting(OTHER_WORKER) as actor:
            await step_back(
                case.survivor_id, WHY, to=worker, sealing=sealing(company), actor=actor, now=now()
            )
    async with await company.as_(Role.MANAGER) as browser:
        assert (await browser.get("/survivor-exclusions")).status_code == 404


async def test_the_database_refuses_that_one_lifts_ones_own(company: Company) -> None:
    case = await survivor(company)
    own = await keep_out(company, case, LEAD)
    async with company.owner(Side.SURVIVOR) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute(
                "UPDATE survivor_exclusion SET lifted_by = account_id WHERE id = $1", own
            )


async def test_the_audit_tells_whoever_is_kept_out_nothing_of_her(company: Company) -> None:
    case, other = await survivor(company), await survivor(company)
    asked = "SELECT count(*) FROM audit.entry WHERE row_id = $1"
    async with company.acting(LEAD):
        assert await fetch_value(asked, str(case.survivor_id)) > 0
    own = await keep_out(company, case, LEAD)
    async with company.acting(LEAD):
        for hidden in (case.survivor_id, case.link_id, own):
            assert await fetch_value(asked, str(hidden)) == 0, hidden
        assert await fetch_value(asked, str(other.survivor_id)) > 0
        await note("combine", "read-nothing-of-anybody", resource="page")
        assert await fetch_value("SELECT count(*) FROM audit.entry WHERE row_id IS NULL") > 0
    async with company.acting("auditor.survivor@waymark.example"):
        assert await fetch_value(asked, str(own)) == 1


async def test_nobody_is_told_that_no_record_is_linked_only_that_they_may_see_none(
    company: Company,
) -> None:
    """A lead who is kept out of hers still reads his bundle, and must not trust to her absence."""
    case = await survivor(company)
    found = await gathered(company, case.person_id)
    await sent_on(company, found)
    path = f"/clearances/{found.row.id}"
    async with await company.as_(LEAD) as browser:
        assert "was harmed by this person" in (await browser.get(path)).text
        await keep_out(company, case, LEAD)
        page = (await browser.get(path)).text
    assert "was harmed by this person" not in page
    assert "There may be one that you may not see" in page
