"""One of mine is in a group that others run: I read its dates, and write nothing of it."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from programmes.common.audit import name_act
from programmes.common.clock import london_date
from programmes.common.db import execute, insert
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.people.tables import Assignment
from scheduling.attendance.commands import save_marks, sign_off
from scheduling.attendance.tables import AttendanceMark
from scheduling.cohorts.queries import cohort, session
from tests.attendance_case import (
    ATTENDED,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    account_of,
    make_group,
    mark_all,
)
from tests.cast import Company


@pytest.fixture
async def group(company: Company) -> Group:
    """One of its members is assigned to a facilitator who does not run it."""
    made = await make_group(company, size=1)
    now = company.clock.now()
    async with company.acting(MANAGER):
        await name_act("assign-for-a-test")
        await insert(
            Assignment,
            id=new_id(now),
            person_id=made.people[0],
            account_id=await account_of(OUTSIDER),
            from_on=london_date(now),
        )
    return made


async def test_its_dates_are_read(company: Company, group: Group) -> None:
    async with company.acting(OUTSIDER) as outsider:
        assert (await session(outsider, group.past)).cohort_id == group.cohort_id
        assert (await cohort(outsider, group.cohort_id)).id == group.cohort_id


async def test_its_register_is_neither_marked_nor_signed_off(
    company: Company, group: Group
) -> None:
    now, mark = company.clock.now(), {group.enrolments[0]: ATTENDED}
    async with company.acting(OUTSIDER) as outsider:
        with pytest.raises(NotFound):
            await save_marks(group.past, mark, version=1, actor=outsider, now=now)
    version = await mark_all(company, group)
    async with company.acting(OUTSIDER) as outsider:
        with pytest.raises(NotFound):
            await sign_off(group.past, version=version, actor=outsider, now=now)


async def test_its_pages_offer_nothing_to_write(company: Company, group: Group) -> None:
    async with await company.as_(OUTSIDER) as browser:
        register = await browser.get(f"/sessions/{group.past}/register")
        whole = await browser.get(f"/cohorts/{group.cohort_id}")
    assert (register.status_code, whole.status_code) == (200, 200)
    assert "sign off" not in register.text
    assert f'action="/sessions/{group.past}' not in register.text
    assert "Change this group" not in whole.text


Write = Callable[[Company, Actor, Group], Awaitable[Any]]


async def _rename(company: Company, actor: Actor, group: Group) -> int:
    return await execute("UPDATE cohort SET capacity = 1 WHERE id = $1", group.cohort_id)


async def _move(company: Company, actor: Actor, group: Group) -> int:
    return await execute(
        "UPDATE session SET ends_at = ends_at + interval '1 hour' WHERE id = $1", group.coming
    )


async def _end(company: Company, actor: Actor, group: Group) -> int:
    return await execute(
        "UPDATE enrolment SET version = version + 1 WHERE id = $1", group.enrolments[0]
    )


async def _unmark(company: Company, actor: Actor, group: Group) -> int:
    return await execute(
        "UPDATE attendance_mark SET is_current = false WHERE session_id = $1", group.past
    )


@pytest.mark.parametrize("write", [_rename, _move, _end, _unmark])
async def test_the_database_changes_no_row_of_it(
    company: Company, group: Group, write: Write
) -> None:
    await mark_all(company, group)
    async with company.acting(OUTSIDER) as outsider:
        await name_act("attack")
        assert await write(company, outsider, group) == 0
    async with company.acting(MANAGER if write is not _unmark else FACILITATOR) as runs_it:
        await name_act("the-same-by-whoever-may")
        assert await write(company, runs_it, group) == 1


async def test_the_database_takes_no_mark_for_it(company: Company, group: Group) -> None:
    now = company.clock.now()
    async with company.acting(OUTSIDER) as outsider:
        await name_act("attack")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await insert(
                AttendanceMark,
                id=new_id(now),
                session_id=group.past,
                enrolment_id=group.enrolments[0],
                cohort_id=group.cohort_id,
                person_id=group.people[0],
                code="attended",
                is_there=True,
                held_at=now,
                entered_at=now,
                entered_by=outsider.account_id,
            )
