"""The directory: every agency, and the workers of referrals that one may see."""

import re
from uuid import uuid4

from tests.cast import Company
from tests.referral_case import a_referral, send


async def test_agencies_are_added_once_and_workers_are_ones_own(company: Company) -> None:
    name, worker = f"Agency {uuid4().hex[:6]}", f"Robin {uuid4().hex[:6]}"
    async with await company.as_("probation") as browser:
        page = (await browser.get("/agencies")).text
        carried = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', page))
        data = {**carried, "name": name, "kind": "health"}
        assert (await browser.post("/agencies", data=data)).status_code == 303
        twice = await browser.post("/api/v1/agencies", json={"name": name.upper(), "kind": "hub"})
        assert list(twice.json()["errors"]) == ["name"]
        found = (await browser.get(f"/api/v1/agencies?q={name}")).json()["agencies"]
        sent = {"agency": found[0]["id"], "referring_worker": worker}
        await send(browser, await a_referral(company, {"referral": sent}))
        listed = (await browser.get(f"/agencies?q={worker}")).text
        assert "robin@probation.example.org" in listed
    async with await company.as_("case-owner") as browser:
        assert worker not in (await browser.get("/agencies")).text.replace(f"q={worker}", "")
        assert (await browser.get("/api/v1/agencies?q=zzz")).json() == {
            "agencies": [],
            "workers": [],
        }
    async with await company.as_("board") as browser:
        assert (await browser.get("/agencies")).status_code == 404
