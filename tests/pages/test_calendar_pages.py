"""Calendars and the private feed: what they show, and what never leaves by them."""

import re
from datetime import timedelta
from uuid import UUID

from icalendar import Calendar

from scheduling.cohorts.queries import cohort
from tests.cast import Company
from tests.commands.cohort_cases import account_of
from tests.commands.test_cohort_changes import FIRST, a_series, sessions
from tests.pages.test_cohort_plan_pages import carried


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
        assert not re.search(r"caring|dads|hall|LS1|Ackroyd", answer.text, re.I)
        again = await browser.get("/calendar/feed")
        stop = "/calendar/feed/revoke"
        await browser.post(stop, data=carried(again.text, stop))
    async with company.stranger() as program:
        assert (await program.get(address[1])).status_code == 404


async def test_who_runs_no_group_has_no_feed(company: Company) -> None:
    async with await company.as_("board") as browser:
        assert (await browser.get("/calendar/feed")).status_code == 404
        assert (await browser.get("/calendar")).status_code == 404
