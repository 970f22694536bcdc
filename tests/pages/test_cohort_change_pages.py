"""A manager changes a series in the browser: differences first, then as shown, and back."""

from datetime import time, timedelta
from uuid import UUID

import httpx
import pytest

from programmes.common.clock import LONDON
from programmes.common.db import Side
from scheduling.sessions.standing_queries import stored_sessions
from scheduling.sessions.words import Session, Weekday, WeeklySlot
from tests.cast import Company
from tests.commands.cohort_cases import a_room, account_of
from tests.commands.test_cohort_changes import FIRST, a_series
from tests.pages.test_cohort_plan_pages import carried

WEDNESDAYS = (WeeklySlot(Weekday.WEDNESDAY, time(18)),)


async def stands(company: Company, cohort_id: UUID) -> tuple[Session, ...]:
    async with company.acting("manager"):
        return await stored_sessions(cohort_id)


def asked(kind: str, sessions: tuple[Session, ...]) -> dict[str, str]:
    fifth = sessions[4]
    day = (fifth.starts_at + timedelta(days=1)).date()
    session = {"session": str(fifth.id)}
    on = {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}
    at = {"starts": "6:30pm"}
    return {
        "move-one": {**session, **on, **at},
        "move-following": {
            **session,
            **at,
            "weekday": "friday",
            **{name.replace("day-", "first_day-", 1): value for name, value in on.items()},
        },
        "cancel": {**session, "reason": "The heating failed", "how": "next"},
        "add-extra": {"number": "2", **on, **at, "room": str(fifth.room_id)},
        "pause": {
            **{name.replace("day-", "pause_from-", 1): value for name, value in on.items()},
            "resume_on-day": "1",
            "resume_on-month": "6",
            "resume_on-year": str(day.year + 1),
            "reason": "Both facilitators are ill",
        },
    }[kind]


async def posted(
    browser: httpx.AsyncClient, address: str, fields: dict[str, str]
) -> httpx.Response:
    blank = carried((await browser.get(address)).text, address)
    return await browser.post(address, data={**blank, **fields})


@pytest.mark.parametrize("kind", ["move-one", "move-following", "cancel", "add-extra", "pause"])
async def test_a_change_is_shown_applied_and_taken_back(company: Company, kind: str) -> None:
    cohort_id = await a_series(company)
    before = await stands(company, cohort_id)
    address = f"/cohorts/{cohort_id}/change/{kind}"
    async with await company.as_("manager") as browser:
        shown = await posted(browser, address, asked(kind, before))
        assert shown.status_code == 200, shown.text
        assert await stands(company, cohort_id) == before, "shown, not yet written"
        done = await browser.post(f"{address}/apply", data=carried(shown.text, f"{address}/apply"))
        assert done.status_code == 303, done.text
        after = await stands(company, cohort_id)
        assert after != before
        changes = await browser.get(f"/cohorts/{cohort_id}/change")
        undo = changes.text.split('/undo"')[0].rsplit('"', 1)[-1] + "/undo"
        asking = await browser.get(undo)
        back = await browser.post(undo, data=carried(asking.text, undo))
    assert back.status_code == 303, back.text
    assert await stands(company, cohort_id) == before


async def test_an_impossible_change_comes_back_filled_in(company: Company) -> None:
    cohort_id = await a_series(company)
    sessions = await stands(company, cohort_id)
    address = f"/cohorts/{cohort_id}/change/move-one"
    fields = {**asked("move-one", sessions), "day-year": "2031"}
    async with await company.as_("manager") as browser:
        answer = await posted(browser, address, fields)
    assert answer.status_code == 422
    assert "the content keeps its order" in answer.text
    assert 'value="6:30pm"' in answer.text


async def test_a_room_that_is_taken_is_a_conflict_page(company: Company) -> None:
    one, other = await a_series(company), await a_series(company)
    there = (await stands(company, other))[0].room_id
    await a_room(company)
    room_before = (await stands(company, one))[0].room_id
    address = f"/cohorts/{one}/change/swap-room"
    fields = {
        "session": str((await stands(company, one))[0].id),
        "reach": "this session",
        "room": str(there),
    }
    async with await company.as_("manager") as browser:
        shown = await posted(browser, address, fields)
        answer = await browser.post(
            f"{address}/apply", data=carried(shown.text, f"{address}/apply")
        )
        assert answer.status_code == 409
        assert "Something is taken" in answer.text
        chosen = await browser.post(address, data=carried(answer.text, address))
        done = await browser.post(f"{address}/apply", data=carried(chosen.text, f"{address}/apply"))
    assert done.status_code == 303, "another room, in two presses"
    assert (await stands(company, one))[0].room_id not in (room_before, there)


async def test_a_time_that_is_taken_leads_to_the_nearest_free_one(company: Company) -> None:
    async with company.acting("manager"):
        facilitator = await account_of(FIRST)
    one = await a_series(company, days=1900, staff=(facilitator,))
    other = await a_series(company, days=1900, staff=(), slot=WEDNESDAYS)
    wanted, taken = (await stands(company, one))[4], (await stands(company, other))[4]
    async with company.owner(Side.WORK) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        await owner.execute(
            "UPDATE booking SET what = $1 WHERE session_id = $2", wanted.room_id, taken.id
        )
    address = f"/cohorts/{one}/change/move-one"
    local = taken.starts_at.astimezone(LONDON)
    fields = {
        "session": str(wanted.id),
        "day-day": str(local.day),
        "day-month": str(local.month),
        "day-year": str(local.year),
        "starts": f"{local:%H:%M}",
    }
    async with await company.as_("manager") as browser:
        shown = await posted(browser, address, fields)
        clash = await browser.post(f"{address}/apply", data=carried(shown.text, f"{address}/apply"))
        assert clash.status_code == 409, clash.text
        chosen = await browser.post(address, data=carried(clash.text, address))
        done = await browser.post(f"{address}/apply", data=carried(chosen.text, f"{address}/apply"))
        assert done.status_code == 303, done.text
    moved = (await stands(company, one))[4].starts_at.astimezone(LONDON)
    assert moved.date() == local.date(), "the same day comes before the same hour of another one"


async def test_an_unknown_kind_of_change_is_absent(company: Company) -> None:
    cohort_id = await a_series(company)
    async with await company.as_("manager") as browser:
        assert (await browser.get(f"/cohorts/{cohort_id}/change/other")).status_code == 404
