"""Registers: marked by those who run the group, signed off, corrected by two people."""

import pytest

from programmes.catalogue.words import MarkCode
from programmes.common.db import fetch
from programmes.common.errors import Conflict, NotFound, Refused
from scheduling.attendance.commands import judge_absence, save_marks, sign_off
from scheduling.attendance.correction_commands import agree_to_correction, ask_for_correction
from scheduling.attendance.queries import marks_of_person, marks_of_session
from tests.attendance_case import (
    ABSENT,
    ATTENDED,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    make_group,
    mark_all,
)
from tests.cast import Company


@pytest.fixture
async def group(company: Company) -> Group:
    return await make_group(company)


async def test_a_facilitator_marks_and_signs_off_their_own_group(
    company: Company, group: Group
) -> None:
    version = await mark_all(company, group)
    async with company.acting(FACILITATOR) as facilitator:
        await sign_off(group.past, version=version, actor=facilitator, now=company.clock.now())
        marks = await marks_of_session(facilitator, group.past)
    assert [m.code for m in marks] == [MarkCode.ATTENDED] * 3
    assert all(m.signed_off_at for m in marks)


async def test_a_facilitator_of_another_group_finds_nothing(company: Company, group: Group) -> None:
    async with company.acting(OUTSIDER) as outsider:
        with pytest.raises(NotFound):
            await save_marks(group.past, {}, version=1, actor=outsider, now=company.clock.now())


async def test_a_manager_reads_a_register_and_does_not_mark_it(
    company: Company, group: Group
) -> None:
    async with company.acting(MANAGER) as manager:
        with pytest.raises(NotFound):
            await save_marks(group.past, {}, version=1, actor=manager, now=company.clock.now())


async def test_nobody_is_marked_before_the_session_begins(company: Company, group: Group) -> None:
    async with company.acting(FACILITATOR) as facilitator:
        with pytest.raises(Refused, match="has not begun"):
            await save_marks(
                group.coming,
                {group.enrolments[0]: ATTENDED},
                version=1,
                actor=facilitator,
                now=company.clock.now(),
            )


async def test_signing_off_asks_for_every_mark(company: Company, group: Group) -> None:
    async with company.acting(FACILITATOR) as facilitator:
        now = company.clock.now()
        version = await save_marks(
            group.past, {group.enrolments[0]: ATTENDED}, version=1, actor=facilitator, now=now
        )
        with pytest.raises(Refused, match="Mark everybody first"):
            await sign_off(group.past, version=version, actor=facilitator, now=now)


async def test_two_who_mark_at_once_meet_a_conflict(company: Company, group: Group) -> None:
    await mark_all(company, group)
    with pytest.raises(Conflict, match="meanwhile"):
        await mark_all(company, group, ABSENT)


async def test_a_changed_mark_is_a_new_one_and_the_same_mark_is_none(
    company: Company, group: Group
) -> None:
    first = group.enrolments[0]
    version = await mark_all(company, group)
    async with company.acting(FACILITATOR) as facilitator:
        now = company.clock.now()
        marks = {group.enrolments[0]: ABSENT, group.enrolments[1]: ATTENDED}
        await save_marks(group.past, marks, version=version, actor=facilitator, now=now)
        rows = await fetch(
            "SELECT enrolment_id, code, revision, is_current FROM attendance_mark "
            "WHERE session_id = $1",
            group.past,
        )
    assert len(rows) == 4
    of_first = {(r["code"], r["is_current"]) for r in rows if r["enrolment_id"] == first}
    assert of_first == {("attended", False), ("absent", True)}


async def test_a_correction_needs_a_reason_and_a_second_person(
    company: Company, group: Group
) -> None:
    version = await mark_all(company, group, ABSENT)
    now = company.clock.now()
    async with company.acting(FACILITATOR) as facilitator:
        await sign_off(group.past, version=version, actor=facilitator, now=now)
        mark = (await marks_of_session(facilitator, group.past))[0]
        asked = await ask_for_correction(
            mark.id, ATTENDED, reason="Marked on the wrong line", actor=facilitator, now=now
        )
    async with company.acting(FACILITATOR) as facilitator:
        with pytest.raises(Refused, match="somebody else"):
            await agree_to_correction(asked, actor=facilitator, now=now)
    async with company.acting(MANAGER) as manager:
        await agree_to_correction(asked, actor=manager, now=now)
        after = await marks_of_person(manager, mark.person_id)
    assert [(m.code, m.revision) for m in after] == [(MarkCode.ATTENDED, 2)]


async def test_the_case_owner_judges_an_absence_and_the_facilitator_does_not(
    company: Company, group: Group
) -> None:
    version = await mark_all(company, group, ABSENT)
    now = company.clock.now()
    async with company.acting(FACILITATOR) as facilitator:
        await sign_off(group.past, version=version, actor=facilitator, now=now)
        mark = (await marks_of_session(facilitator, group.past))[0]
    async with company.acting(FACILITATOR) as facilitator:
        with pytest.raises(NotFound):
            await judge_absence(
                mark.id, verdict="acceptable", why=None, note=None, actor=facilitator, now=now
            )
    async with company.acting(MANAGER) as manager:
        await judge_absence(
            mark.id, verdict="acceptable", why="illness", note=None, actor=manager, now=now
        )
        judged = await marks_of_person(manager, mark.person_id)
    assert judged[0].verdict == "acceptable"
