"""Calendars and the private feed: what they show, and what never leaves by them."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import vobject
from icalendar import Calendar

from scheduling.cohorts.queries import cohort
from tests.cast import Company
from tests.commands.cohort_cases import a_room, account_of
from tests.commands.test_cohort_catch_up import a_group
from tests.commands.test_cohort_changes import FIRST, a_series, sessions
from tests.pages.test_cohort_plan_pages import carried
from tests.pages.test_individual_pages import a_place, asked_for, book_seen, first_of


async def a_group_of_the_facilitator(company: Company, days: int) -> UUID:
    async with company.acting("manager"):
        facilitator = await account_of(FIRST)
    return await a_series(company, days=days, staff=(facilitator,))


async def test_the_month_shows_a_group_in_its_room(company: Company) -> None:
    cohort_id = await a_group_of_the_facilitator(company, 1100)
    first = (await sessions(company, cohort_id))[0]
    async with company.acting("manager") as manager:
        reference = (await cohort(manager, cohort_id)).reference
    day = first.starts_at.date()
    async with await company.as_("manager") as browser:
        shown = await browser.get(f"/calendar?on_day={day}&room={first.room_id}")
        week = await browser.get(f"/calendar?view=week&on_day={day}&cohort={cohort_id}")
        other = await browser.get(
            f"/calendar?view=week&on_day={day - timedelta(days=30)}&cohort={cohort_id}"
        )
        nonsense = await browser.get("/calendar?on_day=never&room=x")
    assert f"Group {reference}, session 1" in shown.text
    assert week.text.count(f"Group {reference}, session") == 1
    assert f"Group {reference}, session" not in other.text
    assert nonsense.status_code == 200


async def test_a_feed_says_group_and_room_and_nothing_else(company: Company) -> None:
    cohort_id = await a_group_of_the_facilitator(company, 1300)
    async with company.acting("manager") as manager:
        reference = (await cohort(manager, cohort_id)).reference
    async with await company.as_("facilitator") as browser:
        asked = await browser.get("/calendar/feed")
        made = await browser.post("/calendar/feed", data=carried(asked.text, "/calendar/feed"))
        address = re.search(r"<code>http://[^/]+(/calendar-feeds/[^<]+)</code>", made.text)
        assert address, made.text
        async with company.stranger() as program:
            answer = await program.get(address[1])
            assert answer.status_code == 200
            assert (await program.get(address[1].replace("/w", "x/w"))).status_code == 404
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        mine = [e for e in events if str(e["summary"]).startswith(f"Group {reference}, Room ")]
        assert len(mine) == 17
        assert as_vobject(answer.text, reference) == as_icalendar(mine)
        assert not re.search(r"caring|dads|hall|LS1|Ackroyd", answer.text, re.I)
        again = await browser.get("/calendar/feed")
        stop = "/calendar/feed/revoke"
        await browser.post(stop, data=carried(again.text, stop))
    async with company.stranger() as program:
        assert (await program.get(address[1])).status_code == 404


def as_icalendar(events: list[Any]) -> list[tuple[str, datetime, datetime, str]]:
    return sorted(
        (str(e["uid"]), e["dtstart"].dt, e["dtend"].dt, str(e["summary"])) for e in events
    )


def as_vobject(text: str, reference: str) -> list[tuple[str, datetime, datetime, str]]:
    """The same by another calendar program's own reading."""
    (calendar,) = vobject.readComponents(text)
    return sorted(
        (e.uid.value, e.dtstart.value, e.dtend.value, e.summary.value)
        for e in calendar.vevent_list
        if e.summary.value.startswith(f"Group {reference}, Room ")
    )


async def test_an_individual_session_stands_in_the_feed_of_whoever_leads_it(
    company: Company,
) -> None:
    group, room_id = await a_group(company, from_days=620), await a_room(company)
    place_id = await a_place(company, group)
    asked = await asked_for(company, await first_of(company, place_id), room_id)
    await book_seen(company, place_id, asked)
    async with await company.as_("facilitator") as browser:
        page = await browser.get("/calendar/feed")
        made = await browser.post("/calendar/feed", data=carried(page.text, "/calendar/feed"))
    address = re.search(r"<code>http://[^/]+(/calendar-feeds/[^<]+)</code>", made.text)
    assert address
    async with company.stranger() as program:
        text = (await program.get(address[1])).text
    starts = [e.dtstart.value for c in vobject.readComponents(text) for e in c.vevent_list]
    assert asked.starts_at in starts


async def test_who_runs_no_group_has_no_feed(company: Company) -> None:
    async with await company.as_("board") as browser:
        assert (await browser.get("/calendar/feed")).status_code == 404
        assert (await browser.get("/calendar")).status_code == 404
