"""A manager plans a group in the browser: form, plan, written, and what stands in the way."""

import re
from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.cast import Company
from tests.commands.cohort_cases import a_room


def carried(html: str, action: str) -> dict[str, Any]:
    """The hidden fields of the first form that posts to this address."""
    form = re.search(rf'<form method="post" action="{action}".*?</form>', html, re.S)
    assert form, html
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]):
        fields.setdefault(name, []).append(value)
    return fields


async def asked(company: Company, browser: httpx.AsyncClient) -> dict[str, Any]:
    first = company.clock.now() + timedelta(days=21)
    room_id = await a_room(company)
    blank = carried((await browser.get("/cohorts/plan")).text, "/cohorts/plan")
    return {
        "submission": blank["submission"],
        "version": "",
        "programme": "caring-dads",
        "first_day-day": str(first.day),
        "first_day-month": str(first.month),
        "first_day-year": str(first.year),
        "weekday": "tuesday",
        "starts": "6:30pm",
        "second_weekday": "",
        "second_starts": "",
        "room": str(room_id),
        "capacity": "12",
        "sex": "male",
        "interpreter_language": "",
        "interpreter": "",
    }


async def test_a_group_is_planned_as_it_was_shown(company: Company) -> None:
    async with await company.as_("manager") as browser:
        shown = await browser.post("/cohorts/plan", data=await asked(company, browser))
        assert shown.status_code == 200, shown.text
        assert shown.text.count("Session 17") == 1
        fields = carried(shown.text, "/cohorts")
        done = await browser.post("/cohorts", data=fields)
        again = await browser.post("/cohorts", data=fields)
        group = await browser.get(done.headers["location"])
    assert done.status_code == 303
    assert again.headers["location"] == done.headers["location"], "pressed twice, written once"
    assert group.text.count("To come") == 17


async def test_nothing_is_written_without_the_plan_that_was_shown(company: Company) -> None:
    async with await company.as_("manager") as browser:
        fields = {**await asked(company, browser), "shown": "0" * 64}
        answer = await browser.post("/cohorts", data=fields)
    assert answer.status_code == 409
    assert "has changed since it was shown" in answer.text


async def test_a_clash_names_both_and_offers_free_times(company: Company) -> None:
    async with await company.as_("manager") as browser:
        fields = await asked(company, browser)
        shown = carried((await browser.post("/cohorts/plan", data=fields)).text, "/cohorts")
        done = await browser.post("/cohorts", data=shown)
        assert done.status_code == 303
        rival = await asked(company, browser)
        answer = await browser.post("/cohorts/plan", data={**rival, "room": fields["room"]})
        assert answer.status_code == 409
        assert "Room A" in answer.text
        assert re.search(r"Group \d+, session 1\b", answer.text)
        offer = await browser.post("/cohorts/plan", data=carried(answer.text, "/cohorts/plan"))
    assert offer.status_code == 200
    assert "Plan it" in offer.text


async def test_refused_input_comes_back_filled_in(company: Company) -> None:
    async with await company.as_("manager") as browser:
        fields = await asked(company, browser)
        answer = await browser.post(
            "/cohorts/plan", data={**fields, "starts": "", "capacity": "40"}
        )
        assert answer.status_code == 422
        assert "Enter the time it begins" in answer.text
        fields["first_day-year"] = str(company.clock.now().year - 1)
        past = await browser.post("/cohorts/plan", data=fields)
    assert past.status_code == 422
    assert "The first day is in the past." in past.text


async def test_who_may_not_plan_sees_no_such_page(company: Company) -> None:
    async with await company.as_("probation") as browser:
        assert (await browser.get("/cohorts/plan")).status_code == 404
        assert (await browser.post("/cohorts", data={})).status_code == 404


async def test_the_json_twin_plans_and_applies_alike(company: Company) -> None:
    body = await a_group_sent(company)
    async with await company.as_("manager") as browser:
        plan = await browser.post("/api/v1/cohorts/plan", json=body)
        assert plan.status_code == 200, plan.text
        assert len(plan.json()["series"]["sessions"]) == 17
        unseen = await browser.post("/api/v1/cohorts", json={**body, "plan": "x"})
        assert unseen.status_code == 409
        made = await browser.post("/api/v1/cohorts", json={**body, "plan": plan.json()["hash"]})
        assert made.status_code == 201, made.text
        clash = await browser.post("/api/v1/cohorts", json={**body, "plan": plan.json()["hash"]})
    assert clash.status_code == 409
    assert "is taken by group" in clash.json()["detail"]


async def a_group_sent(company: Company, *, starts: str = "18:00:00") -> dict[str, Any]:
    first = (company.clock.now() + timedelta(days=30)).date()
    return {
        "programme": "caring-dads",
        "first_day": first.isoformat(),
        "slots": [{"weekday": "wednesday", "starts": starts}],
        "room_id": str(await a_room(company)),
        "facilitator_ids": [],
        "capacity": 12,
        "sex": "male",
    }


async def test_many_groups_are_planned_and_started_together_or_not_at_all(
    company: Company,
) -> None:
    one, other = await a_group_sent(company), await a_group_sent(company, starts="10:00:00")
    other["room_id"] = one["room_id"]
    async with await company.as_("manager") as browser:
        plans = await browser.post("/api/v1/cohorts/plan-many", json={"cohorts": [one, other]})
        assert plans.status_code == 200, plans.text
        sent = [
            {**of, "plan": plan["hash"]}
            for of, plan in zip((one, other), plans.json(), strict=True)
        ]
        unseen = await browser.post(
            "/api/v1/cohorts/many", json={"cohorts": [sent[0], {**sent[1], "plan": "x"}]}
        )
        twice = await browser.post("/api/v1/cohorts/many", json={"cohorts": [sent[0], sent[0]]})
        made = await browser.post("/api/v1/cohorts/many", json={"cohorts": sent})
        again = await browser.post("/api/v1/cohorts/many", json={"cohorts": sent})
        groups = [
            (await browser.get(f"/api/v1/cohorts/{of}")).json() for of in made.json()["cohort_ids"]
        ]
        none = await browser.post("/api/v1/cohorts/many", json={"cohorts": []})
    assert (unseen.status_code, twice.status_code, none.status_code) == (409, 422, 400)
    assert "want the same room" in twice.text
    assert made.status_code == 201, made.text
    assert again.status_code == 409, "nothing of the refused calls is left, and all of this one"
    first, second = (group["cohort"] for group in groups)
    assert int(second["reference"]) == int(first["reference"]) + 1
    assert [len(group["sessions"]) for group in groups] == [17, 17]
    planned = plans.json()[1]["series"]["sessions"]
    assert _when(groups[1]["sessions"]) == _when(planned)


def _when(sessions: list[dict[str, Any]]) -> list[datetime]:
    return [datetime.fromisoformat(one["starts_at"]) for one in sessions]


async def test_only_who_may_plan_starts_many(company: Company) -> None:
    sent = {"cohorts": [await a_group_sent(company)]}
    async with await company.as_("probation") as browser:
        for address in ("/api/v1/cohorts/plan-many", "/api/v1/cohorts/many"):
            assert (await browser.post(address, json=sent)).status_code == 404
