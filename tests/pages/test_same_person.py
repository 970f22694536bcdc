"""Two records of one man: proposed, joined by hand, taken apart, and nothing lost."""

from typing import Any
from uuid import uuid4

import httpx

from tests.cast import Company
from tests.referral_case import a_referral, send


async def _two(company: Company, role: str = "manager") -> tuple[dict[str, Any], dict[str, Any]]:
    """One man entered twice, in other words; answers both referrals."""
    body = await a_referral(company)
    names = body["person"]
    async with await company.as_(role) as browser:
        first = await send(browser, body)
        turned = {
            **names, "first_name": names["last_name"].upper(), "last_name": names["first_name"]
        }  # fmt: skip
        again = {**body, "person": turned, "same_person": "somebody-new"}
        again["referral"] = {**body["referral"], "programme": "dvpp"}
        second = await send(browser, again)
    assert second.status_code == 201, second.text
    return first.json(), second.json()


async def _join(browser: httpx.AsyncClient, kept: str, other: str) -> httpx.Response:
    body = {"other": other, "reason": "Same photograph"}
    return await browser.post(f"/api/v1/people/{kept}/same", json=body)


async def test_a_refused_joining_keeps_its_words_though_nobody_is_alike_now(
    company: Company,
) -> None:
    sent = {"submission": str(uuid4()), "version": "", "other": "", "reason": "Same tattoo"}
    async with await company.as_("manager") as browser:
        person = (await send(browser, await a_referral(company))).json()["person_id"]
        refused = await browser.post(f"/people/{person}/same", data=sent)
    assert refused.status_code == 422
    assert "Same tattoo" in refused.text


async def test_joined_records_keep_their_histories_and_come_apart(company: Company) -> None:
    first, second = await _two(company)
    kept, other = first["person_id"], second["person_id"]
    async with await company.as_("manager") as browser:
        shown = await browser.get(f"/people/{kept}/same")
        assert other in shown.text
        assert "Same name, same date of birth" in shown.text
        joined = await _join(browser, kept, other)
        assert joined.json()["joins"][0]["reason"] == "Same photograph"
        again = await _join(browser, kept, other)
        assert len(again.json()["joins"]) == 1, "joining the same two again is no change"
        overview = (await browser.get(f"/people/{kept}")).text
        assert f"/referrals/{second['id']}" in overview
        aside = (await browser.get(f"/people/{other}")).text
        assert "Joined to" in aside
        assert f"/referrals/{second['id']}" in aside
        body = {**await a_referral(company), "person_id": other}
        assert "joined to" in (await send(browser, body)).json()["detail"]
        for path in (f"/people/{other}", f"/people/{kept}/timeline", f"/people/{other}/same"):
            assert (await browser.get(path)).status_code == 200
        apart = await browser.post(
            f"/api/v1/people/{other}/part-again", json={"reason": "Different fingerprints"}
        )
        assert apart.json()["joins"][0]["undone_reason"] == "Different fingerprints"
        twice = await browser.post(
            f"/api/v1/people/{other}/part-again", json={"reason": "Once more"}
        )
        assert twice.status_code == 409
        after = (await browser.get(f"/api/v1/referrals/{second['id']}")).json()
    assert after["person_id"] == other, "nothing was moved"


async def test_records_open_in_one_programme_are_not_joined(company: Company) -> None:
    body = await a_referral(company)
    async with await company.as_("manager") as browser:
        first = (await send(browser, body)).json()
        second = (await send(browser, {**body, "same_person": "somebody-new"})).json()
        refused = await _join(browser, first["person_id"], second["person_id"])
        assert "Both are open in Caring Dads" in refused.json()["detail"]
        alone = await _join(browser, first["person_id"], first["person_id"])
        assert "other" in alone.json()["errors"]


async def test_nobody_joins_or_finds_a_record_that_is_hidden_from_them(company: Company) -> None:
    first, second = await _two(company, "iom")
    async with await company.as_("probation") as browser:
        body = await a_referral(company)
        own = (await send(browser, body)).json()
        hidden = await _join(browser, own["person_id"], first["person_id"])
        absent = await _join(browser, own["person_id"], "01890000-0000-7000-8000-000000000000")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.text == absent.text
        assert (await browser.get(f"/people/{second['person_id']}/same")).status_code == 404
    async with await company.as_("case-owner") as browser:
        assert (await browser.get(f"/people/{first['person_id']}/same")).status_code == 404
