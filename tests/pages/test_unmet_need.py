"""Unmet need: a coded reason counts its person in its quarter, on the page and in the picture."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

from app.views.unmet import after, quarters_until
from tests.cast import Company
from tests.referral_case import a_referral, send


async def _refused(company: Company, reason: str) -> None:
    async with await company.as_("manager") as browser:
        taken = (await send(browser, await a_referral(company))).json()
        said = {"outcome": "not suitable", "reason_code": reason, "version": 1}
        done = await browser.post(f"/api/v1/referrals/{taken['id']}/decide", json=said)
        assert done.status_code == 201, done.text


async def _now(company: Company, reason: str) -> int:
    async with await company.as_("manager") as browser:
        need = (await browser.get("/api/v1/unmet-need")).json()
    return next((r["counts"][-1] for r in need["rows"] if r["reason"] == reason), 0)


async def test_each_reason_is_counted_and_drawn(company: Company) -> None:
    before = {r: await _now(company, r) for r in ("language", "distance", "criteria-not-met")}
    for reason in ("language", "language", "distance", "criteria-not-met"):
        await _refused(company, reason)
    assert await _now(company, "language") == before["language"] + 2
    assert await _now(company, "distance") == before["distance"] + 1
    async with await company.as_("manager") as browser:
        need = (await browser.get("/api/v1/unmet-need")).json()
        page = await browser.get("/unmet-need")
        drawn = await browser.get("/unmet-need/by-quarter.svg")
    unmet = [row["reason"] for row in need["rows"] if row["is_unmet"]]
    assert "criteria-not-met" not in unmet
    assert "No group or interpreter in the language" in page.text
    assert "Entry criteria not met" in page.text
    said = "".join(ElementTree.fromstring(drawn.content).itertext())
    assert "people by quarter" in said


async def test_others_find_no_such_page(company: Company) -> None:
    for role in ("facilitator", "probation", "board"):
        async with await company.as_(role) as browser:
            assert (await browser.get("/unmet-need")).status_code == 404
            assert (await browser.get("/unmet-need/by-quarter.svg")).status_code == 404


def test_quarters_follow_each_other() -> None:
    quarters = quarters_until(date(2026, 11, 22))
    assert quarters[0] == date(2025, 1, 1)
    assert quarters[-1] == date(2026, 10, 1)
    assert all(after(one) == other for one, other in pairwise(quarters))
    assert after(date(2026, 10, 1)) == date(2027, 1, 1)
