"""Accounts: made once, changed with a version, ended at once."""

import re

import pytest

from app.signing_in.accounts import give_new_sign_in
from programmes.common.accounts import account_by_email, change_account
from programmes.common.db import Side, fetch_value
from programmes.common.ids import new_id
from programmes.common.staff import Role
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


@pytest.mark.parametrize("way", ["saved", "closed", "role", "reset", "idle"])
async def test_it_ends_what_is_signed_in_at_the_next_request(company: Company, way: str) -> None:
    email = f"rowan.{way}@waymark.example"
    await _make(company, "facilitator", email)
    token = await company.app.state.door.sign_in_demo(email, now=company.clock.now())
    async with company.stranger() as browser:
        browser.cookies.set("waymark", token.text)
        before = await browser.get("/api/v1/me")
        if way == "idle":
            async with company.owner(Side.WORK) as owner:
                await owner.execute(
                    "UPDATE auth.sign_in SET last_seen_at = now() - interval '15 minutes 1 second' "
                    "WHERE account_id = (SELECT id FROM auth.account WHERE email = $1)",
                    email,
                )
        else:
            async with company.acting("administrator@waymark.example") as actor:
                found = await account_by_email(email)
                assert found is not None
                if way == "reset":
                    await give_new_sign_in(company.databases.settings.home, found, actor=actor)
                else:
                    await change_account(
                        found.id,
                        role=Role.PROBATION if way == "role" else found.role,
                        is_active=way != "closed",
                        version=found.version,
                        actor=actor,
                    )
        after = await browser.get("/api/v1/me")
    assert (before.status_code, after.status_code) == (200, 401)
