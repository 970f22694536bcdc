"""A Caring Dads group of three with a session last night and one next week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from programmes.catalogue.queries import programme
from programmes.catalogue.words import MarkCode
from programmes.common.audit import name_act
from programmes.common.clock import london_date
from programmes.common.db import fetch_value, insert
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.words import RiskLevel, Route
from scheduling.attendance.commands import save_marks, sign_off
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.tables import Cohort, CohortStaff, Room, Venue
from scheduling.sessions.tables import Session
from tests.cast import Company
from tests.suitability_case import suitable_for

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


LAST_NIGHT_AND_NEXT_WEEK = (timedelta(hours=-20), timedelta(days=6))


async def make_group(
    company: Company,
    *,
    size: int = 3,
    of: str = "caring-dads",
    starts: tuple[timedelta, timedelta] = LAST_NIGHT_AND_NEXT_WEEK,
) -> Group:
    joined_at = company.clock.now()
    if of == "cara":  # nobody joins a pair that has begun
        joined_at += starts[0] - timedelta(hours=1)
    async with company.acting(MANAGER) as manager:
        await name_act("plan-cohort-for-a-test")
        cohort_id, past, coming = await _cohort(company, of, starts)
        made = [
            await _member(cohort_id, number, of, actor=manager, now=joined_at)
            for number in range(size)
        ]
    enrolments, people = [one for one, _ in made], [one for _, one in made]
    return Group(cohort_id, past, coming, enrolments, people)


async def _member(
    cohort_id: UUID, number: int, of: str, *, actor: Actor, now: datetime
) -> tuple[UUID, UUID]:
    """One enrolment and whose it is."""
    born = london_date(now) - timedelta(days=365 * 30)
    last_name = f"Register{cohort_id.hex[-6:]}"
    person_id = await add_person(
        NewPerson(f"Test{number}", last_name, born, Sex.MALE), actor=actor, now=now
    )
    agency = await fetch_value("SELECT id FROM agency LIMIT 1")
    today = london_date(now)
    is_cara = of == "cara"
    route = Route.CONDITIONAL_CAUTION if is_cara else Route.VOLUNTARY
    risk = RiskLevel.STANDARD if is_cara else RiskLevel.MEDIUM
    new = NewReferral(person_id, of, agency, today, route, risk)
    referral = await receive_referral(new, actor=actor, now=now)
    suitable = await suitable_for(of, now)
    await decide_suitability(referral, suitable, version=1, actor=actor, now=now)
    place = await enrol(referral, cohort_id, referral_version=2, actor=actor, now=now)
    return place, person_id


async def _cohort(
    company: Company, of: str, starts: tuple[timedelta, timedelta]
) -> tuple[UUID, UUID, UUID]:
    now = company.clock.now()
    running = await programme(of)
    venue, room, cohort_id = new_id(now), new_id(now), new_id(now)
    await insert(Venue, id=venue, name=f"Venue {venue}")
    await insert(Room, id=room, venue_id=venue, name="Room 1", seats=12, code=room.hex)
    await insert(
        Cohort,
        id=cohort_id,
        reference=f"G-{cohort_id.hex[-8:]}",
        programme_id=running.id,
        programme_version_id=running.versions[-1].id,
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
    sessions = await _two_sessions(cohort_id, room, [now + one for one in starts])
    return cohort_id, sessions[0], sessions[1]


async def _two_sessions(cohort_id: UUID, room: UUID, starts: list[datetime]) -> list[UUID]:
    sessions = []
    for number, start in enumerate(starts, start=1):
        sessions.append(new_id(start))
        await insert(
            Session,
            id=sessions[-1],
            cohort_id=cohort_id,
            number=number,
            module=str(number),
            kind="group",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            room_id=room,
            status="planned",
        )
    return sessions


async def account_of(email: str) -> UUID:
    found: UUID = await fetch_value("SELECT id FROM auth.account WHERE email = $1", email)
    return found


async def mark_all(company: Company, group: Group, given: GivenMark = ATTENDED) -> int:
    async with company.acting(FACILITATOR) as facilitator:
        marks = dict.fromkeys(group.enrolments, given)
        return await save_marks(
            group.past, marks, version=1, actor=facilitator, now=company.clock.now()
        )


async def mark_and_sign_off(company: Company, group: Group, given: GivenMark = ATTENDED) -> None:
    version = await mark_all(company, group, given)
    async with company.acting(FACILITATOR) as facilitator:
        await sign_off(group.past, version=version, actor=facilitator, now=company.clock.now())
