"""The pages about one person open from each other, and are absent to outsiders."""

from tests.cast import Company


async def _somebody(company: Company) -> str:
    async with await company.as_("manager") as browser:
        sent = {
            "submission": "0190f000-0000-7000-8000-00000000a001",
            "version": "",
            "first_name": "Tim",
            "last_name": "Line",
            "date_of_birth-day": "1",
            "date_of_birth-month": "2",
            "date_of_birth-year": "1990",
            "sex": "male",
            "interpreter": "no",
            "programme": "caring-dads",
            "agency": "",
            "received_on-day": "1",
            "received_on-month": "2",
            "received_on-year": "2026",
            "route": "voluntary",
            "risk_level": "high",
            "contact_with_child": "yes",
        }
        form = (await browser.get("/referrals/new")).text
        agencies = form.split('name="agency"')[1].split('<option value="')
        sent["agency"] = agencies[2].split('"')[0]
        answer = await browser.post("/referrals/new", data=sent)
        assert answer.status_code == 303, answer.text
        again = await browser.post("/referrals/new", data=sent)
        assert again.headers["location"] == answer.headers["location"]
        referral = (await browser.get("/api/v1" + answer.headers["location"])).json()
    return str(referral["person_id"])


async def test_a_timeline_tells_what_happened_and_outsiders_find_nothing(company: Company) -> None:
    person_id = await _somebody(company)
    async with await company.as_("manager") as browser:
        for part in ("", "/attendance", "/orders", "/timeline"):
            answer = await browser.get(f"/people/{person_id}{part}")
            assert answer.status_code == 200, answer.text
        assert "Referral to Caring Dads: received" in answer.text
        twin = await browser.get(f"/api/v1/people/{person_id}/timeline")
        assert twin.json()[0]["title"] == "Referral to Caring Dads: received"
    async with await company.as_("probation") as outsider:
        for part in ("", "/attendance", "/orders", "/timeline"):
            assert (await outsider.get(f"/people/{person_id}{part}")).status_code == 404
