"""Safety notices: raised by one, released by another, shown later, and alike on the other side."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from app.home.notices import needs, said_of_its_end
from app.job_list import JOBS
from app.jobs import run_job
from outcomes.notices.commands import raise_notice as raise_on_his_side
from outcomes.notices.commands import recall_own_notice
from outcomes.notices.queries import own_waiting
from outcomes.notices.rules import URGENT_DELAY
from outcomes.notices.words import NoticeCode
from outcomes.survivors.notice_commands import (
    decline_notice,
    raise_notice,
    recall_notice,
    release_notice,
    review_notice,
)
from outcomes.survivors.notice_queries import notice_request
from programmes.common.db import Side
from programmes.common.errors import NotFound, Refused
from programmes.common.staff import AccountId, Actor, Role
from tests.cast import Company
from tests.survivor_case import LEAD, OTHER_WORKER, WORKER, Case, now, sealing, submission, survivor

SEND = next(job for job in JOBS if job.name == "send-notices")
SHOW = next(job for job in JOBS if job.name == "show-notices")


async def both_jobs(company: Company, at: datetime) -> None:
    """Hers hands over, the programme side's shows: each as if it ran at this moment."""
    for job in (SEND, SHOW):
        await run_job(company.databases, job, now=at)


def soon(n: int) -> int:
    return 0


async def ask(company: Company, case: Case, *, is_urgent: bool, at: datetime) -> UUID:
    async with company.acting(WORKER) as actor:
        return await raise_notice(
            case.survivor_id,
            case.link_id,
            code=NoticeCode.RISK_RAISED,
            is_urgent=is_urgent,
            sealing=sealing(company),
            actor=actor,
            now=at,
        )


async def seen_on_his_side(company: Company, case: Case) -> list[tuple[datetime, datetime]]:
    async with company.owner(Side.WORK) as work:
        rows = await work.fetch(
            "SELECT id, shown_from_at, ends_at FROM notice WHERE person_id = $1", case.person_id
        )
    return [(row["shown_from_at"], row["ends_at"]) for row in rows]


async def test_a_released_notice_is_shown_only_when_its_moment_has_come(company: Company) -> None:
    case, at = await survivor(company), now()
    request = await ask(company, case, is_urgent=False, at=at)
    async with company.acting(LEAD) as lead:
        await release_notice(request, actor=lead, now=at, draw=soon)
    await both_jobs(company, at + timedelta(minutes=31))
    assert await seen_on_his_side(company, case) == []
    for _ in range(2):
        await both_jobs(company, at + timedelta(minutes=36))
    shown = at + timedelta(minutes=35)
    assert await seen_on_his_side(company, case) == [(shown, shown + timedelta(days=90))]


async def test_the_sender_is_no_second_person(company: Company) -> None:
    case, at = await survivor(company), now()
    request = await ask(company, case, is_urgent=False, at=at)
    with pytest.raises(Refused, match="second person"):
        async with company.acting(WORKER) as actor:
            await release_notice(request, actor=actor, now=at + timedelta(days=2))


async def test_an_urgent_one_goes_without_a_second_person_after_30_minutes_and_is_reviewed(
    company: Company,
) -> None:
    case, at = await survivor(company), now() - timedelta(minutes=40)
    request = await ask(company, case, is_urgent=True, at=at)
    with pytest.raises(Refused, match="30 minutes"):
        async with company.acting(WORKER) as actor:
            await release_notice(request, actor=actor, now=at + timedelta(minutes=29))
    released = at + timedelta(minutes=31)
    async with company.acting(WORKER) as actor:
        await release_notice(request, actor=actor, now=released)
    await run_job(company.databases, SEND, now=released)
    await run_job(company.databases, SHOW, now=released + URGENT_DELAY)
    assert [shown for shown, _ in await seen_on_his_side(company, case)] == [
        released + URGENT_DELAY
    ]
    async with company.acting(LEAD) as lead:
        await review_notice(request, actor=lead, now=now())
    with pytest.raises(Refused):
        async with company.acting(LEAD) as lead:
            await review_notice(request, actor=lead, now=now())


async def test_the_database_itself_wants_a_second_person(company: Company) -> None:
    case, at = await survivor(company), now()
    request = await ask(company, case, is_urgent=False, at=at)
    async with company.owner(Side.SURVIVOR) as hers:
        await hers.execute("SELECT set_config('waymark.act', 'test', false)")
        with pytest.raises(Exception, match="check"):
            await hers.execute(
                "UPDATE notice_request SET status = 'released', decided_by = raised_by, "
                "decided_at = now() WHERE id = $1",
                request,
            )


async def test_a_recalled_or_declined_notice_never_crosses(company: Company) -> None:
    case, at = await survivor(company), now()
    first = await ask(company, case, is_urgent=False, at=at)
    second = await ask(company, case, is_urgent=False, at=at)
    async with company.acting(LEAD) as lead:
        await release_notice(first, actor=lead, now=at, draw=soon)
        await decline_notice(second, actor=lead, now=at)
    async with company.acting(WORKER) as actor:
        await recall_notice(first, actor=actor, now=at + timedelta(minutes=29))
    await both_jobs(company, at + timedelta(days=2))
    assert await seen_on_his_side(company, case) == []


async def test_what_staff_have_seen_cannot_be_recalled(company: Company) -> None:
    case, at = await survivor(company), now()
    request = await ask(company, case, is_urgent=True, at=at)
    async with company.acting(LEAD) as lead:
        await release_notice(request, actor=lead, now=at)
    await run_job(company.databases, SEND, now=at)
    with pytest.raises(Refused, match="cannot be taken back"):
        async with company.acting(WORKER) as actor:
            await recall_notice(request, actor=actor, now=at + timedelta(minutes=1))


async def test_another_worker_cannot_find_the_request(company: Company) -> None:
    case, at = await survivor(company), now()
    request = await ask(company, case, is_urgent=False, at=at)
    with pytest.raises(NotFound):
        async with company.acting("survivor.worker.two@waymark.example"):
            await notice_request(request)


async def test_rows_and_audit_on_his_side_are_alike_whoever_raised_it(company: Company) -> None:
    case, at = await survivor(company), now()
    async with company.acting(Role.MANAGER) as manager:
        code = NoticeCode.RISK_RAISED
        await raise_on_his_side(case.person_id, code, is_urgent=True, actor=manager, now=at)
    request = await ask(company, case, is_urgent=True, at=at)
    async with company.acting(LEAD) as lead:
        await release_notice(request, actor=lead, now=at)
    await run_job(company.databases, SEND, now=at)
    await run_job(company.databases, SHOW, now=at + URGENT_DELAY)
    async with company.owner(Side.WORK) as work:
        waited = await work.fetch(
            "SELECT code, show_from_at, raised_by, raised_at, shown_at FROM notice_waiting "
            "WHERE person_id = $1",
            case.person_id,
        )
        rows = await work.fetch(
            "SELECT code, shown_from_at, ends_at FROM notice WHERE person_id = $1", case.person_id
        )
        trail = await work.fetch(
            "SELECT account_id, role, act, operation, resource, reason, columns, detail "
            "FROM audit.entry WHERE resource = 'notice' AND person_id = $1",
            case.person_id,
        )
    assert len(rows) == len(trail) == 2
    assert rows[0] == rows[1]
    assert waited[0] == waited[1]
    assert waited[0]["raised_by"] is None
    assert trail[0] == trail[1]
    assert trail[0]["account_id"] is None


async def test_a_managers_notice_waits_like_hers_and_can_be_recalled(company: Company) -> None:
    case, at = await survivor(company), now()
    async with company.acting(Role.MANAGER) as manager:
        code = NoticeCode.MANAGER_TO_CALL
        for _ in range(2):
            shown = await raise_on_his_side(
                case.person_id, code, is_urgent=False, actor=manager, now=at, draw=soon
            )
        assert shown == at + timedelta(minutes=35)
        first, second = await own_waiting(manager, case.person_id)
    async with company.acting("manager.two@waymark.example") as other:
        assert await own_waiting(other, case.person_id) == []
        with pytest.raises(Refused):
            await recall_own_notice(first.id, actor=other, now=at)
    async with company.acting(Role.MANAGER) as manager:
        await recall_own_notice(first.id, actor=manager, now=at + timedelta(minutes=34))
    await run_job(company.databases, SHOW, now=at + timedelta(minutes=34))
    assert await seen_on_his_side(company, case) == []
    await run_job(company.databases, SHOW, now=at + timedelta(minutes=36))
    assert [one for one, _ in await seen_on_his_side(company, case)] == [shown]
    async with company.acting(Role.MANAGER) as manager:
        with pytest.raises(Refused, match="cannot be taken back"):
            await recall_own_notice(second.id, actor=manager, now=at + timedelta(minutes=37))


async def test_one_that_comes_late_is_shown_as_if_its_moment_were_now(company: Company) -> None:
    case, at = await survivor(company), now()
    request = await ask(company, case, is_urgent=False, at=at)
    async with company.acting(LEAD) as lead:
        await release_notice(request, actor=lead, now=at, draw=soon)
    late = at + timedelta(hours=3)
    await run_job(company.databases, SEND, now=late)
    await run_job(company.databases, SHOW, now=late + URGENT_DELAY)
    assert [one for one, _ in await seen_on_his_side(company, case)] == [late + URGENT_DELAY]


async def test_its_worker_is_asked_a_week_before_it_ends_whether_to_raise_it_again(
    company: Company,
) -> None:
    case, at = await survivor(company), now()
    request = await ask(company, case, is_urgent=True, at=at)
    async with company.acting(LEAD) as lead:
        await release_notice(request, actor=lead, now=at)
    await run_job(company.databases, SEND, now=at)
    ends = at + URGENT_DELAY + timedelta(days=90)
    for before, asked in ((timedelta(days=8), 0), (timedelta(days=6), 1), (timedelta(0), 0)):
        assert await asked_to_raise_again(company, case, at=ends - before) == asked
    last = ends - timedelta(days=1)
    assert await asked_to_raise_again(company, case, at=last, who=OTHER_WORKER) == 0
    await ask(company, case, is_urgent=False, at=last)
    assert await asked_to_raise_again(company, case, at=last) == 0


async def asked_to_raise_again(
    company: Company, case: Case, *, at: datetime, who: str = WORKER
) -> int:
    async with company.acting(who) as actor:
        return sum(str(case.survivor_id) in task.href for task in await needs(actor, at))


def test_whoever_may_raise_one_is_asked_on_his_side_too_so_that_none_that_goes_on_is_hers() -> None:
    ends = now() + timedelta(days=90)
    for role in (Role.MANAGER, Role.PROBATION, Role.IOM, Role.FACILITATOR, Role.CASE_OWNER):
        actor = Actor(AccountId(UUID(int=1)), "Somebody", role, Side.WORK)
        is_asked = role in (Role.MANAGER, Role.PROBATION, Role.IOM)
        assert said_of_its_end(ends, actor, ends - timedelta(days=8)) == ""
        said = said_of_its_end(ends, actor, ends - timedelta(days=6))
        assert ("raise it again" in said) is is_asked, role


async def test_the_managers_page_raises_and_recalls(company: Company) -> None:
    case = await survivor(company)
    path = f"/people/{case.person_id}/notices"
    async with await company.as_(Role.MANAGER) as browser:
        form = await browser.get(path)
        sent = {**submission(form.text), "code": "risk raised"}
        assert (await browser.post(path, data=sent)).status_code == 303
        assert "You raised this" in (await browser.get(path)).text
        found = (await browser.get(f"/api/v1{path}")).json()
        assert found["shown"] == []
        (yours,) = found["yours"]
        assert (await browser.post(f"{path}/{yours['id']}/recall")).status_code == 303
        again = await browser.post(f"/api/v1{path}/{yours['id']}/recall")
        assert again.status_code == 422
        assert (await browser.get(f"/api/v1{path}")).json()["yours"] == []
