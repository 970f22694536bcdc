"""The trail narrowed down: by who did it, and by whose record it was."""

from programmes.common.audit import note
from programmes.common.staff import Role
from tests.cast import Company
from tests.referral_case import a_referral, send

READINGS = "/api/v1/audit?operation=read"


async def test_a_manager_finds_who_read_one_record(company: Company) -> None:
    async with await company.as_(Role.MANAGER) as browser:
        person_id = (await send(browser, await a_referral(company))).json()["person_id"]
        reference = (await browser.get(f"/api/v1/people/{person_id}")).json()["reference"]
        found = (await browser.get(f"{READINGS}&reference={reference.lower()}")).json()
        assert {one["row_id"] for one in found["rows"]} == {person_id}
        shown = (await browser.get(f"/audit?reference={reference}")).text
        assert shown.count(reference) == 1 + len(
            (await browser.get(f"/api/v1/audit?reference={reference}")).json()["rows"]
        )
    async with await company.as_(Role.PROBATION) as outsider:
        unseen = await outsider.get(f"/api/v1/audit?reference={reference}")
        nobody = await outsider.get("/api/v1/audit?reference=P-2222-2222")
        assert unseen.json() == nobody.json() == {"rows": [], "total": 0}


async def test_an_auditor_asks_by_name_and_a_reader_of_their_own_acts_is_not_asked(
    company: Company,
) -> None:
    async with await company.as_(Role.AUDITOR) as browser:
        name = (await browser.get("/api/v1/me")).json()["name"]
        found = (await browser.get("/api/v1/audit", params={"who": name[:5].upper()})).json()
        assert {one["who"] for one in found["rows"]} == {name}
        assert (await browser.get("/api/v1/audit?who=Nobody")).json()["total"] == 0
        shown = (await browser.get("/audit")).text
        assert 'name="who"' in shown
        assert 'name="reference"' not in shown
    async with await company.as_(Role.FACILITATOR) as browser:
        assert 'name="who"' not in (await browser.get("/audit")).text


async def test_an_auditor_is_told_what_left_the_service_and_nobody_else_is(
    company: Company,
) -> None:
    async with company.acting(Role.MANAGER):
        await note("disclose", "make-statement", resource="statement")
    async with await company.as_(Role.AUDITOR) as browser:
        assert "Look at what was given out: " in (await browser.get("/")).text
    async with await company.as_(Role.MANAGER) as browser:
        assert "Look at what was given out: " not in (await browser.get("/")).text
