"""Around the programmes: small lists that feed the quarterly figures."""

import re
from datetime import timedelta
from typing import Any

import httpx

from programmes.common.clock import london_date
from tests.cast import Company
from tests.referral_case import a_referral, agency_id, send


async def _post(browser: httpx.AsyncClient, what: str, body: dict[str, Any]) -> httpx.Response:
    return await browser.post(f"/api/v1/around/{what}", json=body)


async def test_what_is_entered_is_listed_and_counted_by_quarter(company: Company) -> None:
    today = london_date(company.clock.now())
    agency, soon = await agency_id(company), (today + timedelta(days=30)).isoformat()
    async with await company.as_("manager") as browser:
        before = (await browser.get("/api/v1/around")).json()["quarters"]
        programme = (await browser.get("/api/v1/programmes")).json()[0]["id"]
        talk = {"agency_id": agency, "held_on": str(today), "minutes": 45, "topic": "Risk"}
        await _post(browser, "consultations", talk)
        lesson = {
            "title": "Basics",
            "for_whom": "Police",
            "held_on": today.isoformat(),
            "people": 9,
        }
        await _post(browser, "trainings", lesson)
        seal = {"programme_id": programme, "body": "Respect", "awarded_on": "2024-01-01"}
        after = (await _post(browser, "accreditations", {**seal, "expires_on": soon})).json()
        wrong = await _post(browser, "accreditations", {**seal, "expires_on": "2023-01-01"})
        ahead = await _post(browser, "consultations", {**talk, "held_on": soon})
        page = (await browser.get("/around")).text
    counted = {one["quarter"]: one for one in before}
    now = after["quarters"][0]
    was = counted.get(now["quarter"], {"consultations": 0, "trained": 0})
    assert now["consultations"] == was["consultations"] + 1
    assert now["trained"] == was["trained"] + 9
    assert list(wrong.json()["errors"]) == ["expires_on"]
    assert list(ahead.json()["errors"]) == ["held_on"]
    assert "Renew soon" in page


async def test_a_form_is_refused_open_and_filled_in(company: Company) -> None:
    async with await company.as_("facilitator") as browser:
        page = (await browser.get("/around")).text
        assert "Enter a consultation" in page
        assert "Enter a training" not in page
        carried = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', page))
        sent = {**carried, "topic": "Kept as typed", "minutes": "4"}
        refused = await browser.post("/around/consultations", data=sent)
        absent = await browser.post("/around/trainings", data=carried)
    assert refused.status_code == 422
    assert "Kept as typed" in refused.text
    assert absent.status_code == 404


async def test_other_help_is_entered_and_settled_once(company: Company) -> None:
    async with await company.as_("probation") as browser:
        person = (await send(browser, await a_referral(company))).json()["person_id"]
        path = f"/people/{person}/onward"
        assert "Nothing yet" in (await browser.get(path)).text
        new = {"kind": "housing", "service": "Housing Options", "referred_on": "2026-10-02"}
        rows = (await browser.post(f"/api/v1{path}", json=new)).json()
        form = (await browser.get(path)).text
        later = {**new, "service": "Forward", "referred_on": "2026-10-03"}
        rows = (await browser.post(f"/api/v1{path}", json=later)).json()
        first = next(one for one in rows if one["service"] == "Housing Options")
        carried = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', form))
        unsaid = await browser.post(f"{path}/{first['id']}", data=carried)
        assert unsaid.status_code == 422
        ids = re.findall(r' id="([^"]*outcome[^"]*)"', unsaid.text)
        assert len(ids) == len(set(ids))
        assert 'href="#settle-outcome"' in unsaid.text
        assert "settle-outcome" in ids
        said = {**carried, "outcome": "taken up"}
        done = await browser.post(f"{path}/{first['id']}", data=said)
        assert done.status_code == 303, done.text
        text = (await browser.get(path)).text
        assert "Taken up" in text
        assert "What became of Forward?" in text
        assert "What became of Housing Options?" not in text
    async with await company.as_("case-owner") as browser:
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(f"/api/v1{path}", json=new)).status_code == 404
