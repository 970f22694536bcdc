"""Tasks: opened once for each cause, put before the right part of the staff, done by a person."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from app.job_list import JOBS
from app.jobs import run_job
from outcomes.tasks.commands import acknowledge_task, finish_task
from outcomes.tasks.queries import TaskRow, TaskView, tasks, tasks_about
from outcomes.tasks.rule_commands import add_rule_version
from outcomes.tasks.rule_queries import rules_on
from outcomes.tasks.stay_commands import decide_stay
from outcomes.tasks.words import RuleCode, StayOutcome, TaskKind, TaskStatus
from programmes.common.clock import london_date
from programmes.common.db import Side, fetch, fetch_value
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.orders.breach_commands import SEPARATE, NewBreach, record_breach
from scheduling.attendance.commands import save_marks, sign_off
from tests.attendance_case import (
    ABSENT,
    ATTENDED,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    make_group,
)
from tests.cast import Company
from tests.order_cases import a_dvpo, a_person, entered

REACT = next(job for job in JOBS if job.name == "react-to-facts")
LOOK = next(job for job in JOBS if job.name == "look-for-tasks")


@pytest.fixture
async def group(company: Company) -> Group:
    return await make_group(company)


async def signed_off_with_one_absence(company: Company, group: Group) -> None:
    given = dict(zip(group.enrolments, (ABSENT, ATTENDED, ATTENDED), strict=True))
    now = company.clock.now()
    async with company.acting(FACILITATOR) as facilitator:
        version = await save_marks(group.past, given, version=1, actor=facilitator, now=now)
        await sign_off(group.past, version=version, actor=facilitator, now=now)


async def raise_risk(company: Company, person_id: UUID) -> None:
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(
            "UPDATE referral SET risk_level = 'high' WHERE person_id = $1", person_id
        )


async def of_person(company: Company, person_id: UUID) -> list[TaskRow]:
    async with company.acting(MANAGER) as manager:
        rows = await fetch("SELECT DISTINCT about_id FROM task WHERE person_id = $1", person_id)
        return [t for row in rows for t in await tasks_about(manager, row["about_id"])]


async def react(company: Company, *, times: int = 1) -> None:
    for _ in range(times):
        done = await run_job(company.databases, REACT, now=company.clock.now())
        assert done.failed == 0


async def test_a_first_absence_at_high_risk_opens_one_task_however_often_it_is_heard(
    company: Company, group: Group
) -> None:
    await raise_risk(company, group.people[0])
    await signed_off_with_one_absence(company, group)
    await react(company, times=2)
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(
            "UPDATE fact SET reacted_at = NULL WHERE person_id = $1", group.people[0]
        )
    await react(company)
    found = await of_person(company, group.people[0])
    assert [one.kind for one in found] == [TaskKind.FIRST_ABSENCE]
    assert await of_person(company, group.people[1]) == []


async def test_nothing_is_told_before_the_register_is_signed_off(
    company: Company, group: Group
) -> None:
    await raise_risk(company, group.people[0])
    given = dict.fromkeys(group.enrolments, ABSENT)
    async with company.acting(FACILITATOR) as facilitator:
        await save_marks(group.past, given, version=1, actor=facilitator, now=company.clock.now())
    await react(company)
    assert await of_person(company, group.people[0]) == []


async def a_breach_of_somebody(company: Company, person_id: UUID) -> UUID:
    order_id = await entered(company, a_dvpo(person_id, company), role="manager")
    at = company.clock.now() - timedelta(hours=5)
    new = NewBreach(
        condition_id=None,
        occurred_at=at,
        reported_at=at,
        account="At the door",
        match=SEPARATE,
    )
    async with company.acting(MANAGER) as manager:
        return await record_breach(order_id, new, actor=manager, now=company.clock.now())


async def test_a_breach_opens_tasks_for_officers_managers_and_the_group(
    company: Company, group: Group
) -> None:
    breach_id = await a_breach_of_somebody(company, group.people[0])
    await react(company)
    async with company.acting(FACILITATOR) as facilitator:
        found = await tasks(facilitator, now=company.clock.now(), size=200)
    mine = [one.kind for one in found.rows if one.about_id == breach_id]
    assert mine == [TaskKind.BEFORE_NEXT_SESSION]
    async with company.acting(OUTSIDER) as outsider:
        theirs = await tasks(outsider, now=company.clock.now(), size=200)
    assert breach_id not in {one.about_id for one in theirs.rows}
    async with company.acting(MANAGER) as manager:
        kinds = {one.kind for one in await tasks_about(manager, breach_id)}
    assert kinds == {
        TaskKind.READ_BREACH,
        TaskKind.REVIEW_RISK,
        TaskKind.BEFORE_NEXT_SESSION,
        TaskKind.STAYS_IN_GROUP,
    }


async def test_a_manager_decides_whether_he_stays_and_removal_ends_the_place(
    company: Company, group: Group
) -> None:
    breach_id = await a_breach_of_somebody(company, group.people[0])
    await react(company)
    now = company.clock.now()
    async with company.acting(MANAGER) as manager:
        with pytest.raises(Invalid):
            await decide_stay(breach_id, StayOutcome.STAYS, reason=" ", actor=manager, now=now)
        task_id = await fetch_value(
            "SELECT id FROM task WHERE about_id = $1 AND kind = $2",
            breach_id,
            TaskKind.STAYS_IN_GROUP,
        )
        with pytest.raises(Refused):
            await finish_task(task_id, note="Done", version=1, actor=manager, now=now)
        await decide_stay(
            breach_id, StayOutcome.REMOVED, reason="Not safe for the group", actor=manager, now=now
        )
        left = [t for t in await tasks_about(manager, breach_id) if t.status is not TaskStatus.DONE]
        ended = await fetch_value(
            "SELECT end_reason FROM enrolment WHERE id = $1", group.enrolments[0]
        )
        with pytest.raises(Refused):
            await decide_stay(breach_id, StayOutcome.STAYS, reason="Again", actor=manager, now=now)
    assert TaskKind.STAYS_IN_GROUP not in {one.kind for one in left}
    assert ended == "breached"


async def test_a_task_is_acknowledged_then_done_once(company: Company, group: Group) -> None:
    breach_id = await a_breach_of_somebody(company, group.people[0])
    await react(company)
    now = company.clock.now()
    async with company.acting(FACILITATOR) as facilitator:
        mine = next(
            one
            for one in (await tasks(facilitator, now=now, size=200)).rows
            if one.about_id == breach_id
        )
        await acknowledge_task(mine.id, actor=facilitator, now=now)
        with pytest.raises(Conflict):
            await finish_task(mine.id, note="Read", version=1, actor=facilitator, now=now)
        await finish_task(mine.id, note="Read it", version=2, actor=facilitator, now=now)
        with pytest.raises(Refused, match="done already"):
            await finish_task(mine.id, note="Again", version=3, actor=facilitator, now=now)
        done = await tasks(facilitator, now=now, view=TaskView.DONE, size=200)
    assert mine.id in {one.id for one in done.rows}
    async with company.acting(OUTSIDER) as outsider:
        with pytest.raises(NotFound):
            await acknowledge_task(mine.id, actor=outsider, now=now)


async def test_an_overdue_task_comes_before_the_managers(company: Company, group: Group) -> None:
    breach_id = await a_breach_of_somebody(company, group.people[0])
    await react(company)
    later = company.clock.now() + timedelta(hours=49)
    await run_job(company.databases, LOOK, now=later)
    async with company.acting(MANAGER) as manager:
        overdue = await tasks(manager, now=later, view=TaskView.OVERDUE, size=500)
    theirs = [one for one in overdue.rows if one.about_id == breach_id]
    assert {one.kind for one in theirs} >= {TaskKind.BEFORE_NEXT_SESSION, TaskKind.READ_BREACH}
    assert all(one.status is TaskStatus.ESCALATED for one in theirs)


async def test_an_order_that_ends_asks_what_follows_at_each_warning(company: Company) -> None:
    today = london_date(company.clock.now())
    made_on = today - timedelta(days=15)
    order_id = await entered(company, a_dvpo(await a_person(company), company, made_on=made_on))
    for days in (0, 0, 6):
        await run_job(company.databases, LOOK, now=company.clock.now() + timedelta(days=days))
        await react(company)
    async with company.acting("iom") as iom:
        found = [t for t in await tasks_about(iom, order_id) if t.kind is TaskKind.WHAT_FOLLOWS]
    assert sorted(one.status for one in found) == [TaskStatus.DONE, TaskStatus.OPEN]


async def test_a_rule_changes_from_its_day_on_and_only_by_a_manager(company: Company) -> None:
    now = company.clock.now()
    async with company.acting(MANAGER) as manager:
        standing = (await rules_on(manager, london_date(now)))[RuleCode.LATENESS]
        past = msgspec.structs.replace(standing, valid_from=london_date(now) - timedelta(days=1))
        with pytest.raises(Invalid):
            await add_rule_version(past, actor=manager, now=now)
        coming = msgspec.structs.replace(
            standing,
            threshold=4,
            within=6,
            valid_from=london_date(now) + timedelta(days=400),
            source="Decided by the steering group",
        )
        await add_rule_version(coming, actor=manager, now=now)
        assert (await rules_on(manager, london_date(now)))[RuleCode.LATENESS] == standing
    async with company.acting(FACILITATOR) as facilitator:
        with pytest.raises(NotFound):
            await add_rule_version(coming, actor=facilitator, now=now)
