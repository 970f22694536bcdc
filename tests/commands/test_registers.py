"""Registers: marked by those who run the group, signed off, corrected by two people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from programmes.catalogue.queries import programme
from programmes.catalogue.words import MarkCode
from programmes.common.audit import name_act
from programmes.common.clock import london_date
from programmes.common.db import fetch, fetch_value, insert
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.commands import (
    Decision,
    NewReferral,
    decide_suitability,
    receive_referral,
)
from programmes.referrals.words import Outcome, RiskLevel, Route
from scheduling.attendance.commands import judge_absence, save_marks, sign_off
from scheduling.attendance.correction_commands import agree_to_correction, ask_for_correction
from scheduling.attendance.queries import marks_of_person, marks_of_session
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.tables import Cohort, CohortStaff, Room, Venue
from scheduling.sessions.tables import Session
from tests.cast import Company

MANAGER, OTHER_MANAGER = "manager@waymark.example", "manager.two@waymark.example"
FACILITATOR, OUTSIDER = "facilitator@waymark.example", "facilitator.two@waymark.example"
ATTENDED, ABSENT = GivenMark(code=MarkCode.ATTENDED), GivenMark(code=MarkCode.ABSENT)


@dataclass
class Group:
    cohort_id: UUID
    past: UUID
    coming: UUID
    enrolments: list[UUID]
    people: list[UUID]


@pytest.fixture
async def group(company: Company) -> Group:
    """A Caring Dads group of three with a session last night and one next week."""
    now = company.clock.now()
    async with company.acting(MANAGER) as manager:
        await name_act("plan-cohort-for-a-test")
        cohort_id, past, coming = await _cohort(company)
        enrolments, people = [], []
        for number in range(3):
            person_id = await add_person(
                NewPerson(
                    f"Test{number}",
                    f"Register{cohort_id.hex[-6:]}",
                    london_date(now) - timedelta(days=365 * 30),
                    Sex.MALE,
                ),
                actor=manager,
                now=now,
            )
            agency = await fetch_value("SELECT id FROM agency LIMIT 1")
            referral = await receive_referral(
                NewReferral(
                    person_id,
                    "caring-dads",
                    agency,
                    london_date(now),
                    Route.VOLUNTARY,
                    RiskLevel.MEDIUM,
                ),
                actor=manager,
                now=now,
            )
            await decide_suitability(
                referral, Decision(Outcome.SUITABLE), version=1, actor=manager, now=now
            )
            enrolments.append(
                await enrol(referral, cohort_id, referral_version=2, actor=manager, now=now)
            )
            people.append(person_id)
    return Group(cohort_id, past, coming, enrolments, people)


async def _cohort(company: Company) -> tuple[UUID, UUID, UUID]:
    now = company.clock.now()
    caring_dads = await programme("caring-dads")
    venue, room, cohort_id = new_id(now), new_id(now), new_id(now)
    await insert(Venue, id=venue, name=f"Venue {venue}")
    await insert(Room, id=room, venue_id=venue, name="Room 1", seats=12, code=room.hex)
    await insert(
        Cohort,
        id=cohort_id,
        reference=f"G-{cohort_id.hex[-8:]}",
        programme_id=caring_dads.id,
        programme_version_id=caring_dads.versions[-1].id,
        room_id=room,
        capacity=12,
        status="running",
        first_on=london_date(now) - timedelta(days=1),
        last_on=london_date(now) + timedelta(days=120),
        created_at=now,
    )
    facilitator = await fetch_value("SELECT id FROM auth.account WHERE email = $1", FACILITATOR)
    await insert(
        CohortStaff,
        id=new_id(now),
        cohort_id=cohort_id,
        account_id=facilitator,
        duty="facilitator",
        from_on=london_date(now) - timedelta(days=1),
    )
    sessions = await _two_sessions(cohort_id, room, now)
    return cohort_id, sessions[0], sessions[1]


async def _two_sessions(cohort_id: UUID, room: UUID, now: datetime) -> list[UUID]:
    sessions = []
    for number, start in enumerate((now - timedelta(hours=20), now + timedelta(days=6)), start=1):
        sessions.append(new_id(now))
        await insert(
            Session,
            id=sessions[-1],
            cohort_id=cohort_id,
            number=number,
            module="1",
            kind="group",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            room_id=room,
            status="planned",
        )
    return sessions


async def _mark_all(company: Company, group: Group, given: GivenMark = ATTENDED) -> int:
    async with company.acting(FACILITATOR) as facilitator:
        marks = dict.fromkeys(group.enrolments, given)
        return await save_marks(
            group.past, marks, version=1, actor=facilitator, now=company.clock.now()
        )


async def test_a_facilitator_marks_and_signs_off_their_own_group(
    company: Company, group: Group
) -> None:
    version = await _mark_all(company, group)
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
    await _mark_all(company, group)
    with pytest.raises(Conflict, match="meanwhile"):
        await _mark_all(company, group, ABSENT)


async def test_a_changed_mark_is_a_new_one_and_the_same_mark_is_none(
    company: Company, group: Group
) -> None:
    first = group.enrolments[0]
    version = await _mark_all(company, group)
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
    version = await _mark_all(company, group, ABSENT)
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
    version = await _mark_all(company, group, ABSENT)
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
