"""Catching up in another group: owed, booked in one press, on the register, and counted."""

from datetime import datetime, time, timedelta
from uuid import UUID

import pytest

from app.operator import as_operator
from programmes.catalogue.words import MarkCode
from programmes.common.db import Side
from programmes.common.errors import NotFound, Refused
from scheduling.attendance.commands import save_marks
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.queries import places_at
from scheduling.sessions.catch_up_commands import book_catch_up
from scheduling.sessions.catch_up_queries import Owed, owed_sessions
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from scheduling.sessions.words import Session, Weekday, WeeklySlot
from tests.cast import Company
from tests.commands.cohort_cases import TUESDAY_AT_SIX, a_request, a_room
from tests.commands.test_cohort_changes import sessions
from tests.pages.test_cohort_plan_pages import carried
from tests.pages.waiting_people import a_waiting_man

THURSDAYS = (WeeklySlot(Weekday.THURSDAY, time(18)),)


async def a_group(
    company: Company, *, from_days: int, slots: tuple[WeeklySlot, ...] = TUESDAY_AT_SIX
) -> UUID:
    now = company.clock.now()
    asked_at = min(now, now + timedelta(days=from_days - 1))
    request = a_request(now, await a_room(company), from_days=from_days, slots=slots)
    async with company.acting("manager") as manager:
        plan = await plan_cohort(request, actor=manager, now=asked_at)
        return await start_cohort(request, shown=plan.hash, actor=manager, now=asked_at)


async def a_group_that_has_held(company: Company, number: int) -> UUID:
    """Exactly so many sessions, whatever day and hour it is: today may be one of its own."""
    now, room_id = company.clock.now(), await a_room(company)
    for days in range(7 * (number - 1), 7 * (number + 4)):
        request = a_request(now, room_id, from_days=-days)
        async with company.acting("manager") as manager:
            plan = await plan_cohort(request, actor=manager, now=now - timedelta(days=days + 1))
        if sum(one.ends_at < now for one in plan.series.sessions) == number:
            return await a_group(company, from_days=-days)
    raise AssertionError("no such first day")


async def who_missed_the_second(company: Company) -> tuple[UUID, datetime]:
    """A man whose group has held four sessions; he was at all but the second."""
    group, now = await a_group_that_has_held(company, 4), company.clock.now()
    referral_id = await a_waiting_man(company)
    held = [s for s in await sessions(company, group) if s.ends_at < now]
    async with company.acting("manager") as manager:
        place = await enrol(
            referral_id,
            group,
            referral_version=2,
            actor=manager,
            now=now - timedelta(days=30),
        )
    await _mark(company, place, held, missed=2)
    return place, now


async def _mark(company: Company, place: UUID, held: list[Session], *, missed: int) -> None:
    now = company.clock.now()
    async with as_operator(company.databases, Side.WORK, act="test", now=now) as operator:
        for one in held:
            code = MarkCode.ABSENT if one.number == missed else MarkCode.ATTENDED
            marks: dict[UUID, GivenMark] = {place: GivenMark(code=code)}
            assert one.id is not None
            await save_marks(one.id, marks, version=1, actor=operator, now=now)


async def owed_by(company: Company, place: UUID) -> list[Owed]:
    async with company.acting("manager") as manager:
        return await owed_sessions(manager, now=company.clock.now(), enrolment_id=place)


async def test_what_was_missed_is_owed_and_booked_in_another_group(company: Company) -> None:
    other = await a_group(company, from_days=5, slots=THURSDAYS)
    place, now = await who_missed_the_second(company)
    (owed,) = await owed_by(company, place)
    assert owed.owing.number == 2
    assert all(choice.module == owed.owing.module for choice in owed.choices)
    same = [c for c in owed.choices if c.cohort_id == other and c.number == 2]
    assert same
    async with company.acting("manager") as manager:
        session_id = same[0].session_id
        await book_catch_up(place, number=2, session_id=session_id, actor=manager, now=now)
        assert place in {one.id for one in await places_at(manager, session_id)}
    assert await owed_by(company, place) == [], "booked, and so no longer owed"
    async with company.acting("manager") as manager:
        with pytest.raises(Refused, match="do not owe"):
            await book_catch_up(place, number=2, session_id=session_id, actor=manager, now=now)


async def test_who_only_reads_cohorts_books_nothing(company: Company) -> None:
    place, now = await who_missed_the_second(company)
    async with company.acting("probation") as officer:
        with pytest.raises(NotFound):
            await book_catch_up(place, number=2, session_id=place, actor=officer, now=now)


async def test_the_page_lists_who_owes_and_books_in_one_press(company: Company) -> None:
    await a_group(company, from_days=5, slots=THURSDAYS)
    place, _ = await who_missed_the_second(company)
    action = f"/places/{place}/catch-up"
    async with await company.as_("manager") as browser:
        listed = await browser.get("/catch-up")
        done = await browser.post(action, data=carried(listed.text, action))
        assert done.status_code == 303, done.text
        again = await browser.get("/catch-up")
    assert action not in again.text
