"""A manager enters venues, rooms and closed days; plans leave those days out."""

import re
from datetime import timedelta
from uuid import uuid4

from scheduling.sessions.planning_commands import plan_cohort
from tests.cast import Company
from tests.commands.cohort_cases import a_request, a_room
from tests.pages.test_cohort_plan_pages import carried


async def test_a_venue_and_its_room_are_added_and_can_be_chosen(company: Company) -> None:
    name = f"Mill {uuid4().hex[:6]}"
    async with await company.as_("manager") as browser:
        blank = carried((await browser.get("/rooms")).text, "/rooms/venues")
        done = await browser.post("/rooms/venues", data={**blank, "name": name})
        assert done.status_code == 303, done.text
        listed = (await browser.get("/rooms")).text
        venue = re.search(rf'<option value="([^"]+)"[^>]*>{name}', listed)
        assert venue
        sent = {**carried(listed, "/rooms"), "venue": venue[1], "name": "Attic", "seats": "9"}
        assert (await browser.post("/rooms", data=sent)).status_code == 303
        plan = await browser.get("/cohorts/plan")
    assert f"{name}, Attic (9 seats)" in plan.text


async def test_closed_days_are_left_out_until_they_are_opened_again(company: Company) -> None:
    now, room_id = company.clock.now(), await a_room(company)
    far = a_request(now, room_id, from_days=900)
    async with company.acting("manager") as manager:
        first = (await plan_cohort(far, actor=manager, now=now)).series.sessions[0]
    day = first.starts_at.date()
    why = f"Boiler {uuid4().hex[:6]}"
    async with await company.as_("manager") as browser:
        blank = carried((await browser.get("/rooms")).text, "/rooms/closures")
        fields = {
            f"{name}-{part}": str(getattr(day, part))
            for name in ("from_on", "until_on")
            for part in ("day", "month", "year")
        }
        sent = {**blank, **fields, "venue": "everywhere", "why": why}
        assert (await browser.post("/rooms/closures", data=sent)).status_code == 303
        async with company.acting("manager") as manager:
            plan = await plan_cohort(far, actor=manager, now=now)
        assert [one.why for one in plan.series.skipped if one.on == day] == [why]
        assert plan.series.sessions[0].starts_at >= first.starts_at + timedelta(days=6)
        listed = (await browser.get("/rooms")).text
        undo = re.search(rf'{why}.*?action="(/rooms/closures/[^"]+/withdraw)"', listed, re.S)
        assert undo
        again = await browser.post(undo[1], data=carried(listed, undo[1]))
    assert again.status_code == 303
    async with company.acting("manager") as manager:
        assert (await plan_cohort(far, actor=manager, now=now)).series.sessions[0] == first


async def test_only_who_keeps_the_catalogue_enters_rooms(company: Company) -> None:
    for role in ("facilitator", "cara-coordinator", "probation"):
        async with await company.as_(role) as browser:
            assert (await browser.get("/rooms")).status_code == 404
