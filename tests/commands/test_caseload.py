"""An officer's caseload: what is new since they looked, and what needs doing first."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from programmes.common.audit import name_act
from programmes.common.clock import london_date
from programmes.common.db import insert
from programmes.common.ids import new_id
from programmes.people.tables import Assignment
from scheduling.attendance.caseload_queries import CaseloadRow, caseload
from scheduling.cohorts.commands import end_place
from scheduling.cohorts.words import EndReason, EnrolmentStatus
from tests.attendance_case import (
    ABSENT,
    MANAGER,
    Group,
    account_of,
    make_group,
    mark_and_sign_off,
)
from tests.cast import Company

PROBATION = "probation@waymark.example"


@pytest.fixture
async def group(company: Company) -> Group:
    """Two people of one probation officer's."""
    made = await make_group(company, size=2)
    today = london_date(company.clock.now())
    async with company.acting(MANAGER):
        await name_act("assign-for-a-test")
        for person_id in made.people:
            await insert(
                Assignment,
                id=new_id(company.clock.now()),
                person_id=person_id,
                account_id=await account_of(PROBATION),
                from_on=today - timedelta(days=1),
            )
    return made


async def _rows(company: Company, group: Group) -> dict[UUID, CaseloadRow]:
    async with company.acting(PROBATION) as officer:
        found = await caseload(officer)
    return {row.person_id: row for row in found if row.person_id in group.people}


async def test_what_an_officer_has_not_seen_is_marked_until_they_look(
    company: Company, group: Group
) -> None:
    first, second = group.people
    await mark_and_sign_off(company, group, ABSENT)
    assert all(row.is_changed for row in (await _rows(company, group)).values())
    async with await company.as_(PROBATION) as browser:
        assert "Not opened yet" in (await browser.get("/caseload")).text
        await browser.get(f"/people/{first}/attendance")
    rows = await _rows(company, group)
    assert (rows[first].is_changed, rows[second].is_changed) == (False, True)


async def test_a_manager_who_looks_does_not_look_for_the_officer(
    company: Company, group: Group
) -> None:
    await mark_and_sign_off(company, group, ABSENT)
    async with await company.as_(MANAGER) as browser:
        await browser.get(f"/people/{group.people[0]}/attendance")
    assert (await _rows(company, group))[group.people[0]].is_changed


async def test_marks_before_sign_off_are_not_news_to_an_officer(
    company: Company, group: Group
) -> None:
    rows = await _rows(company, group)
    assert not any(row.is_changed for row in rows.values())
    assert {row.undecided for row in rows.values()} == {0}


async def test_the_page_says_in_words_what_the_shapes_say(company: Company, group: Group) -> None:
    await mark_and_sign_off(company, group, ABSENT)
    async with await company.as_(PROBATION) as browser:
        page = await browser.get("/caseload")
        rows = (await browser.get("/api/v1/caseload")).json()
    assert "Latest: Absent, not judged yet" in page.text
    assert "1 absence to judge" in page.text
    mine = [row for row in rows if row["person_id"] == str(group.people[0])]
    assert mine[0]["undecided"] == 1
    assert mine[0]["looked_at"] is None
    undecided = [row["undecided"] > 0 for row in rows]
    assert undecided == sorted(undecided, reverse=True)


async def test_whoever_has_left_has_no_next_session_and_it_says_so(
    company: Company, group: Group
) -> None:
    before = (await _rows(company, group))[group.people[0]]
    async with company.acting(MANAGER) as manager:
        now = company.clock.now()
        await end_place(
            group.enrolments[0],
            why=EndReason.WITHDREW,
            note="Moved away",
            on=london_date(now),
            actor=manager,
            now=now,
        )
    after = await _rows(company, group)
    assert (before.place, before.next_at is None) == (EnrolmentStatus.ENROLLED, False)
    left, stays = after[group.people[0]], after[group.people[1]]
    assert (left.place, left.next_at) == (EnrolmentStatus.ENDED, None)
    assert stays.next_at == before.next_at
    async with await company.as_(PROBATION) as browser:
        shown = (await browser.get("/caseload")).text
    assert ">Ended<" in re.sub(r"\s+", "", shown.partition(left.reference)[2][:2000])
