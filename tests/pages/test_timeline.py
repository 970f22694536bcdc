"""The pages about one person open from each other, and are absent to outsiders."""

from tests.cast import Company
from tests.referral_case import a_referral, send


async def _somebody(company: Company) -> str:
    async with await company.as_("manager") as browser:
        answer = await send(browser, await a_referral(company))
    return str(answer.json()["person_id"])


async def test_a_timeline_tells_what_happened_and_outsiders_find_nothing(company: Company) -> None:
    person_id = await _somebody(company)
    async with await company.as_("manager") as browser:
        for part in ("", "/attendance", "/orders", "/timeline"):
            answer = await browser.get(f"/people/{person_id}{part}")
            assert answer.status_code == 200, answer.text
        assert "Referral to Caring Dads: received" in answer.text
        assert "From referral to outcome: Caring Dads" in answer.text
        assert '<li class="waymark-path__step waymark-path__step--now" aria-current="step">' in (
            answer.text
        )
        twin = await browser.get(f"/api/v1/people/{person_id}/timeline")
        assert twin.json()[0]["title"] == "Referral to Caring Dads: received"
        path = (await browser.get(f"/api/v1/people/{person_id}/path")).json()
        assert path["title"] == "From referral to outcome: Caring Dads"
        assert [one["state"] for one in path["steps"][:2]] == ["done", "now"]
    async with await company.as_("probation") as outsider:
        for part in ("", "/attendance", "/orders", "/timeline"):
            assert (await outsider.get(f"/people/{person_id}{part}")).status_code == 404
        assert (await outsider.get(f"/api/v1/people/{person_id}/path")).status_code == 404
