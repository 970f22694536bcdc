"""What planning minds in the demonstration: leave, hours, and a few individual sessions booked."""

from datetime import time, timedelta
from uuid import UUID

from app.demo.cohorts import FACILITATOR, SECOND
from app.demo.context import DemoContext
from app.demo.people import MANAGER
from programmes.common.db import fetch, fetch_value
from scheduling.cohorts.venue_commands import accredit, add_leave
from scheduling.cohorts.words import StaffAway
from scheduling.placement.times_commands import add_busy_time
from scheduling.sessions.individual_commands import (
    book_individual,
    free_times_for,
    plan_individual,
)
from scheduling.sessions.individual_queries import individual_sessions
from scheduling.sessions.individual_words import IndividualAsked
from scheduling.sessions.words import Weekday

_BOOKED = 3


async def load(context: DemoContext) -> None:
    async with context.acting("load-demo-planning"):
        await _staff(context)
        await _hours(context)
        await _individual(context)


async def _staff(context: DemoContext) -> None:
    manager, today = context.accounts[MANAGER], context.today
    second = context.accounts[SECOND].account_id
    ends = today + timedelta(days=45)
    await accredit(second, code="caring-dads", until_on=ends, actor=manager, now=context.now)
    for why, days in ((StaffAway.LEAVE, 30), (StaffAway.OTHER_DUTY, 80)):
        await add_leave(
            second,
            from_on=today + timedelta(days=days),
            until_on=today + timedelta(days=days + 6),
            why=why,
            actor=manager,
            now=context.now,
        )


async def _hours(context: DemoContext) -> None:
    """One of those who wait works late on two weekdays."""
    person_id = await fetch_value(
        "SELECT r.person_id FROM referral r JOIN person p ON p.id = r.person_id "
        "WHERE r.status = 'waiting' ORDER BY r.received_on, p.name_key COLLATE \"C\" LIMIT 1"
    )
    if person_id is None:
        return
    for weekday in (Weekday.TUESDAY, Weekday.THURSDAY):
        await add_busy_time(
            person_id,
            weekday=weekday,
            begins=time(16),
            until=time(22),
            actor=context.accounts[MANAGER],
            now=context.now,
        )


async def _individual(context: DemoContext) -> None:
    """The last individual session of tonight's group, for the first few of it."""
    rows = await fetch(
        "SELECT e.id FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.cohort_id = $1 "
        "AND e.status = 'enrolled' ORDER BY p.name_key COLLATE \"C\" LIMIT $2",
        context.cohorts["now"],
        _BOOKED,
    )
    room_id = await fetch_value("SELECT id FROM room WHERE name = 'Small room'")
    for row in rows:
        await _book(context, row["id"], room_id)


async def _book(context: DemoContext, place_id: UUID, room_id: UUID) -> None:
    actor, now = context.accounts[MANAGER], context.now
    session = (await individual_sessions(actor, place_id))[-1]
    asked = IndividualAsked(
        session_id=session.session_id,
        starts_at=session.week_at,
        room_id=room_id,
        facilitator_id=context.accounts[FACILITATOR].account_id,
    )
    for starts_at in await free_times_for(place_id, asked, actor=actor, now=now, limit=1):
        wanted = IndividualAsked(
            session_id=asked.session_id,
            starts_at=starts_at,
            room_id=room_id,
            facilitator_id=asked.facilitator_id,
        )
        plan = await plan_individual(place_id, wanted, actor=actor, now=now)
        await book_individual(place_id, wanted, seen=plan.hash, actor=actor, now=now)
