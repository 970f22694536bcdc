"""A manager plans a group in the browser: form, plan, written, and what stands in the way."""

import re
from datetime import timedelta
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
    first = (company.clock.now() + timedelta(days=30)).date()
    body = {
        "programme": "caring-dads",
        "first_day": first.isoformat(),
        "slots": [{"weekday": "wednesday", "starts": "18:00:00"}],
        "room_id": str(await a_room(company)),
        "facilitator_ids": [],
        "capacity": 12,
        "sex": "male",
    }
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
