"""One person's individual session: booked in its week, moved, cancelled, and never two at once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from programmes.common.clock import LONDON
from programmes.common.errors import Conflict, NotFound, Refused
from scheduling.cohorts.commands import enrol
from scheduling.sessions.booking_commands import Clashed
from scheduling.sessions.individual_commands import book_individual, cancel_individual
from scheduling.sessions.individual_queries import individual_sessions
from scheduling.sessions.individual_words import IndividualAsked, IndividualSession
from tests.cast import Company
from tests.commands.cohort_cases import a_room, account_of
from tests.commands.test_cohort_catch_up import a_group
from tests.commands.test_cohort_changes import FIRST
from tests.pages.test_cohort_plan_pages import carried
from tests.pages.waiting_people import a_waiting_man


async def a_place(company: Company, group: UUID) -> UUID:
    referral_id = await a_waiting_man(company)
    async with company.acting("manager") as manager:
        return await enrol(
            referral_id, group, referral_version=2, actor=manager, now=company.clock.now()
        )


async def first_of(company: Company, place_id: UUID) -> IndividualSession:
    async with company.acting("manager") as manager:
        return (await individual_sessions(manager, place_id))[0]


async def asked_for(
    company: Company, session: IndividualSession, room_id: UUID, *, hour: int = 10
) -> IndividualAsked:
    """On the Wednesday of its week, by a facilitator of the house."""
    local = session.week_at.astimezone(LONDON)
    day = local.date() + timedelta(days=2 - local.weekday())
    async with company.acting("manager"):
        facilitator = await account_of(FIRST)
    return IndividualAsked(
        session_id=session.session_id,
        starts_at=datetime(day.year, day.month, day.day, hour, tzinfo=LONDON),
        room_id=room_id,
        facilitator_id=facilitator,
    )


async def book_seen(company: Company, place_id: UUID, asked: IndividualAsked) -> UUID:
    """As somebody who has read every warning."""
    from scheduling.sessions.individual_commands import plan_individual

    now = company.clock.now()
    async with company.acting("manager") as manager:
        plan = await plan_individual(place_id, asked, actor=manager, now=now)
        return await book_individual(place_id, asked, seen=plan.hash, actor=manager, now=now)


async def test_it_is_booked_moved_and_cancelled_in_its_week(company: Company) -> None:
    group, room_id = await a_group(company, from_days=600), await a_room(company)
    place_id = await a_place(company, group)
    session = await first_of(company, place_id)
    await book_seen(company, place_id, await asked_for(company, session, room_id))
    await book_seen(company, place_id, await asked_for(company, session, room_id, hour=14))
    moved = await first_of(company, place_id)
    assert moved.starts_at is not None
    assert moved.starts_at.astimezone(LONDON).hour == 14
    async with company.acting("manager") as manager:
        assert moved.appointment_id
        now = company.clock.now()
        assert await cancel_individual(moved.appointment_id, actor=manager, now=now) == place_id
    assert (await first_of(company, place_id)).appointment_id is None
    other = await a_place(company, group)
    await book_seen(company, other, await asked_for(company, session, room_id, hour=14))


async def test_a_room_and_a_facilitator_are_in_one_place(company: Company) -> None:
    group, room_id = await a_group(company, from_days=700), await a_room(company)
    one, other = await a_place(company, group), await a_place(company, group)
    session = await first_of(company, one)
    asked = await asked_for(company, session, room_id)
    await book_seen(company, one, asked)
    with pytest.raises(Clashed) as clash:
        await book_seen(company, other, asked)
    assert {c.taken.kind for c in clash.value.clashes} == {"room", "staff"}


async def test_another_week_a_closed_day_and_the_past_are_refused(company: Company) -> None:
    group, room_id = await a_group(company, from_days=800), await a_room(company)
    place_id = await a_place(company, group)
    session = await first_of(company, place_id)
    asked = await asked_for(company, session, room_id)
    late = IndividualAsked(
        session_id=asked.session_id,
        starts_at=asked.starts_at + timedelta(days=7),
        room_id=room_id,
        facilitator_id=asked.facilitator_id,
    )
    with pytest.raises(Refused, match="belongs to the week"):
        await book_seen(company, place_id, late)
    async with company.acting("iom") as officer:
        with pytest.raises(NotFound):
            await book_individual(place_id, asked, seen="", actor=officer, now=company.clock.now())


async def test_nothing_is_booked_over_a_warning_that_was_not_seen(company: Company) -> None:
    group = await a_group(company, from_days=900)
    place_id = await a_place(company, group)
    session = await first_of(company, place_id)
    asked = await asked_for(company, session, await a_room(company))
    async with company.acting("manager") as manager:
        with pytest.raises(Conflict):
            await book_individual(place_id, asked, seen="", actor=manager, now=company.clock.now())


def typed(asked: IndividualAsked) -> dict[str, Any]:
    local = asked.starts_at.astimezone(LONDON)
    return {
        "day-day": str(local.day),
        "day-month": str(local.month),
        "day-year": str(local.year),
        "starts": f"{local:%H:%M}",
        "room": str(asked.room_id),
        "facilitator": str(asked.facilitator_id),
        "interpreter": "",
    }


async def press(browser: httpx.AsyncClient, answer: httpx.Response, to: str) -> httpx.Response:
    return await browser.post(to, data=carried(answer.text, to))


async def test_the_page_warns_then_books_and_a_clash_offers_free_times(company: Company) -> None:
    group, room_id = await a_group(company, from_days=1000), await a_room(company)
    one, other = await a_place(company, group), await a_place(company, group)
    session = await first_of(company, one)
    asked = await asked_for(company, session, room_id)
    async with await company.as_("manager") as browser:
        to = f"/places/{one}/individual/{session.session_id}"
        blank = carried((await browser.get(to)).text, to)
        answer = await browser.post(to, data={**blank, **typed(asked)})
        if answer.status_code == 409:
            assert "Before you book it" in answer.text
            answer = await press(browser, answer, to)
        assert answer.status_code == 303, answer.text
        listed = await browser.get(f"/places/{one}/individual")
        assert "Move" in listed.text
        to = f"/places/{other}/individual/{session.session_id}"
        blank = carried((await browser.get(to)).text, to)
        clash = await browser.post(to, data={**blank, **typed(asked), "seen": ""})
        if "Before you book it" in clash.text:
            clash = await press(browser, clash, to)
        assert "Something is taken" in clash.text
        chosen = await press(browser, clash, to)
        if chosen.status_code == 409:
            chosen = await press(browser, chosen, to)
        assert chosen.status_code == 303, chosen.text
        said = await browser.get(f"/api/v1/places/{other}/individual")
    assert said.json()[0]["appointment_id"]
