"""Accounts: made once, changed with a version, ended at once."""

import re

from programmes.common.db import fetch_value
from programmes.common.ids import new_id
from tests.cast import Company


async def _make(company: Company, role: str, email: str) -> str:
    sent = {
        "submission": str(new_id(company.clock.now())),
        "version": "",
        "name": "Rowan Newcomer",
        "email": email,
        "role": role,
    }
    async with await company.as_("administrator@waymark.example") as browser:
        answer = await browser.post("/accounts/new", data=sent)
        again = await browser.post("/accounts/new", data=sent)
    assert answer.status_code == again.status_code == 200, answer.text
    assert "First password" in answer.text
    assert "First password" not in again.text
    return answer.text


async def test_a_new_officer_of_the_dvpo_team_shares_its_caseload(company: Company) -> None:
    await _make(company, "iom", "rowan.iom@waymark.example")
    async with company.acting("administrator@waymark.example"):
        team = await fetch_value(
            "SELECT t.name FROM team_member m JOIN team t ON t.id = m.team_id "
            "JOIN auth.account a ON a.id = m.account_id WHERE a.email = $1",
            "rowan.iom@waymark.example",
        )
    assert team == "DVPO team"


async def test_an_account_is_never_made_on_the_wrong_side(company: Company) -> None:
    async with await company.as_("administrator@waymark.example") as browser:
        answer = await browser.post(
            "/accounts/new",
            data={
                "submission": str(new_id(company.clock.now())),
                "version": "",
                "name": "Kept Asis",
                "email": "kept@waymark.example",
                "role": "survivor-worker",
            },
        )
    assert answer.status_code == 422
    assert 'value="Kept Asis"' in answer.text


async def test_a_stale_change_shows_both_versions(company: Company) -> None:
    await _make(company, "facilitator", "rowan.stale@waymark.example")
    async with await company.as_("administrator@waymark.example") as browser:
        listing = (await browser.get("/accounts")).text
        ids = re.findall(r'/accounts/([0-9a-f-]{36})"[^>]*>Rowan Newcomer', listing)
        change = {"role": "probation", "is_active": "yes", "version": "1"}
        first = await browser.post(
            f"/accounts/{ids[-1]}", data={**change, "submission": str(new_id(company.clock.now()))}
        )
        second = await browser.post(
            f"/accounts/{ids[-1]}", data={**change, "submission": str(new_id(company.clock.now()))}
        )
    assert first.status_code == 303
    assert second.status_code == 409
    assert "Somebody changed this first" in second.text
