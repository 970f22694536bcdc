"""The trail narrowed down: by who did it, and by whose record it was."""

from programmes.common.audit import note
from programmes.common.db import Side
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
        # Having asked for the page stands in the trail too; the page itself does not show it yet.
        asked = (await browser.get(f"/api/v1/audit?reference={reference}")).json()["rows"]
        assert asked[0]["act"] == "find-audited-person"
        assert shown.count(reference) == 1 + len(asked) - 1
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
        assert 'name="reference"' in shown
    async with await company.as_(Role.AUDITOR, side=Side.SURVIVOR) as browser:
        assert 'name="reference"' not in (await browser.get("/audit")).text
    async with await company.as_(Role.FACILITATOR) as browser:
        assert 'name="who"' not in (await browser.get("/audit")).text


async def test_an_auditor_asks_who_opened_one_record_and_is_noted_for_it(company: Company) -> None:
    async with await company.as_(Role.MANAGER) as browser:
        person_id = (await send(browser, await a_referral(company))).json()["person_id"]
        reference = (await browser.get(f"/api/v1/people/{person_id}")).json()["reference"]
    async with await company.as_(Role.AUDITOR) as auditor:
        found = (await auditor.get(f"{READINGS}&reference=%20{reference.lower()}%20")).json()
        assert {one["row_id"] for one in found["rows"]} == {person_id}
        assert {one["person_reference"] for one in found["rows"]} == {None}
        assert reference in (await auditor.get(f"/audit?reference={reference}")).text
        assert (await auditor.get(f"/people/{person_id}")).status_code == 404
    async with await company.as_(Role.MANAGER) as browser:
        asked = (
            await browser.get(f"/api/v1/audit?reference={reference}&act=find-audited-person")
        ).json()
        assert [(one["role"], one["row_id"]) for one in asked["rows"]] == [
            ("auditor", person_id)
        ] * 2


async def test_a_reference_of_nobody_and_one_without_entries_are_answered_alike(
    company: Company,
) -> None:
    """However often an auditor asks: the question tells nothing that the next one finds."""
    async with await company.as_(Role.MANAGER) as browser:
        person_id = (await send(browser, await a_referral(company))).json()["person_id"]
        reference = (await browser.get(f"/api/v1/people/{person_id}")).json()["reference"]
    async with await company.as_(Role.AUDITOR) as auditor:
        for _again in range(2):
            for asked in (reference, "P-2222-2222"):
                nothing = {"reference": asked, "operation": "combine"}
                answer = await auditor.get("/api/v1/audit", params=nothing)
                assert answer.json() == {"rows": [], "total": 0}
        mine = await auditor.get("/api/v1/audit", params={"act": "find-audited-person"})
        assert {(one["row_id"], one["resource"]) for one in mine.json()["rows"][:4]} == {
            (None, "audit")
        }


async def test_an_auditor_is_told_what_left_the_service_and_nobody_else_is(
    company: Company,
) -> None:
    async with company.acting(Role.MANAGER):
        await note("disclose", "make-statement", resource="statement")
    async with await company.as_(Role.AUDITOR) as browser:
        assert "Look at what was given out: " in (await browser.get("/")).text
    async with await company.as_(Role.MANAGER) as browser:
        assert "Look at what was given out: " not in (await browser.get("/")).text
