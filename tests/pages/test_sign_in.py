"""Signing in, staying in, and being shown the door."""

import asyncio
import html
import re

import pyotp
import pytest

from app.demo.accounts import PASSWORD
from app.safekeeping.keys import key_of, unseal
from app.signing_in.door import Credentials
from programmes.common.db import Side
from programmes.common.errors import Invalid
from programmes.common.staff import PEOPLE_ROLES
from tests.cast import Company


@pytest.mark.parametrize("role", PEOPLE_ROLES)
async def test_every_role_has_a_home_page(company: Company, role: str) -> None:
    async with await company.as_(role) as browser:
        answer = await browser.get("/")
    assert answer.status_code == 200, answer.text
    assert "<h1" in answer.text


async def test_a_stranger_is_sent_to_sign_in(company: Company) -> None:
    async with company.stranger() as browser:
        answer = await browser.get("/")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


async def test_a_stranger_gets_401_from_the_json_interface(company: Company) -> None:
    async with company.stranger() as browser:
        answer = await browser.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")


async def _secret(company: Company, email: str) -> str:
    async with company.owner(Side.WORK) as connection:
        row = await connection.fetchrow(
            "SELECT id, totp_secret FROM auth.account WHERE email = $1", email
        )
    key = key_of(company.databases.settings.home, Side.WORK, "totp")
    return unseal(key, row["totp_secret"], about=row["id"].bytes).decode()


async def test_password_and_code_sign_in_once_for_each_code(company: Company) -> None:
    email = "manager.two@waymark.example"
    code = pyotp.TOTP(await _secret(company, email)).at(company.clock.now())
    given = {"email": email, "password": PASSWORD, "code": code}
    async with company.stranger() as browser:
        first = await browser.post("/api/v1/sign-in", json=given)
        me = await browser.get("/api/v1/me")
        again = await browser.post("/api/v1/sign-in", json=given)
    assert first.status_code == 200, first.text
    assert me.json()["role"] == "manager"
    assert again.status_code == 422


async def test_a_wrong_password_and_an_unknown_account_read_the_same(company: Company) -> None:
    async with company.stranger() as browser:
        answers = [
            await browser.post(
                "/api/v1/sign-in", json={"email": email, "password": "x", "code": "000000"}
            )
            for email in ("board@waymark.example", "nobody@waymark.example")
        ]
    assert [a.status_code for a in answers] == [422, 422]
    assert answers[0].json() == answers[1].json()


async def test_signing_out_ends_the_token(company: Company) -> None:
    token = await company.app.state.door.sign_in_demo(
        "iom@waymark.example", now=company.clock.now()
    )
    async with company.stranger() as browser:
        browser.cookies.set("waymark", token.text)
        before = await browser.get("/api/v1/me")
        left = await browser.post("/sign-out")
        assert left.headers["clear-site-data"] == '"cache", "storage"'
        browser.cookies.set("waymark", token.text)
        after = await browser.get("/api/v1/me")
    assert (before.status_code, after.status_code) == (200, 401)


async def test_too_many_tries_lock_one_source_and_nobody_else(company: Company) -> None:
    email = "auditor@waymark.example"
    door = company.app.state.door
    now = company.clock.now()
    for _ in range(5):
        with pytest.raises(Exception, match="not right"):
            await door.sign_in(Credentials(email, "wrong", "000000", "192.0.2.1"), now=now)
    with pytest.raises(Exception, match="Too many tries"):
        await door.sign_in(Credentials(email, PASSWORD, "000000", "192.0.2.1"), now=now)
    code = pyotp.TOTP(await _secret(company, email)).at(now)
    assert await door.sign_in(Credentials(email, PASSWORD, code, "192.0.2.2"), now=now)


async def test_an_address_counts_as_one_however_it_is_typed(company: Company) -> None:
    door, now = company.app.state.door, company.clock.now()
    for typed in (" probation@waymark.example", "Probation@waymark.example\t"):
        for _ in range(2):
            with pytest.raises(Invalid, match="not right"):
                await door.sign_in(Credentials(typed, "wrong", "000000", "192.0.2.3"), now=now)
    plain = Credentials("probation@waymark.example", "wrong", "000000", "192.0.2.3")
    with pytest.raises(Invalid, match="not right"):
        await door.sign_in(plain, now=now)
    for typed in ("probation@waymark.example", "  PROBATION@waymark.example"):
        with pytest.raises(Invalid, match="Too many tries"):
            await door.sign_in(Credentials(typed, "wrong", "000000", "192.0.2.3"), now=now)


async def test_who_is_let_in_on_one_side_has_not_failed_on_the_other(company: Company) -> None:
    email, now = "manager@waymark.example", company.clock.now()
    code = pyotp.TOTP(await _secret(company, email)).at(now)
    given = Credentials(email, PASSWORD, code, "192.0.2.9")
    assert await company.app.state.door.sign_in(given, now=now)
    with pytest.raises(Invalid, match="not right"):
        await company.app.state.door.sign_in(given, now=now)
    failed = "SELECT count(*) FROM auth.sign_in_attempt WHERE source = $1 AND NOT succeeded"
    for side in Side:
        async with company.owner(side) as owner:
            assert await owner.fetchval(failed, "192.0.2.9") == 1


async def test_tries_at_the_same_moment_are_counted_one_by_one(company: Company) -> None:
    door, now = company.app.state.door, company.clock.now()
    given = Credentials("auditor@waymark.example", "wrong", "000000", "192.0.2.4")
    ends = await asyncio.gather(
        *(door.sign_in(given, now=now) for _ in range(9)), return_exceptions=True
    )
    assert [str(end) for end in ends].count("") == 0
    assert sum("Too many" in str(end) for end in ends) == 4


async def test_codes_at_the_same_moment_are_counted_for_one_account_alone(
    company: Company,
) -> None:
    door, now = company.app.state.door, company.clock.now()
    async with company.acting("auditor@waymark.example") as one:
        pass
    async with company.acting("manager@waymark.example") as other:
        pass
    ends = await asyncio.gather(
        *(door.code_again(one.side, one.account_id, "wrong", now=now) for _ in range(9)),
        return_exceptions=True,
    )
    assert sum("Too many" in str(end.errors) for end in ends) == 4
    with pytest.raises(Invalid, match="not right"):
        await door.code_again(other.side, other.account_id, "wrong", now=now)


@pytest.mark.parametrize(("field", "length"), [("email", 321), ("password", 201), ("code", 21)])
async def test_what_is_longer_than_the_form_takes_is_refused(
    company: Company, field: str, length: int
) -> None:
    sent = {"email": "a@b.example", "password": "x", "code": "1", field: "x" * length}
    async with company.stranger() as browser:
        answer = await browser.post("/api/v1/sign-in", json=sent)
    assert answer.status_code in (400, 422)
    assert field in answer.text
    assert "not right" not in answer.text


async def test_a_form_from_another_site_is_refused(company: Company) -> None:
    async with await company.as_("manager") as browser:
        answer = await browser.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
        still_in = await browser.get("/api/v1/me")
    assert (answer.status_code, still_in.status_code) == (403, 200)


async def test_health_answers_everybody(company: Company) -> None:
    async with company.stranger() as browser:
        answer = await browser.get("/health")
    assert answer.json() == {"status": "ok"}


async def test_openapi_is_served(company: Company) -> None:
    async with company.stranger() as browser:
        answer = await browser.get("/api/v1/openapi.json")
    assert answer.status_code == 200, answer.text
    assert answer.json()["info"]["title"] == "Waymark"


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/people", "/people"),
        ("/orders/01890000-0000-7000-8000-000000000000", None),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("/\t/elsewhere.example", "/"),
        ('/"><b>', "/"),
        ("/sign-in", "/"),
        ("", "/"),
    ],
)
async def test_signing_in_leads_back_to_the_own_page_asked_for(
    company: Company, asked: str, leads_to: str | None
) -> None:
    async with company.stranger() as browser:
        page = await browser.get("/sign-in", params={"next": asked})
        action = re.search(r'action="(/demo-sign-in[^"]*)"', page.text)
        assert action is not None
        assert page.text.count(action[1].removeprefix("/demo")) >= 1
        answer = await browser.post(html.unescape(action[1]), data={"role": "manager"})
    assert answer.status_code == 303
    assert answer.headers["location"] == (asked if leads_to is None else leads_to)


async def test_a_stranger_comes_to_the_page_through_the_form(company: Company) -> None:
    async with company.stranger() as browser:
        sent_to = (await browser.get("/people")).headers["location"]
        form = (await browser.get(sent_to)).text
        again = await browser.post(sent_to, data={"email": "", "password": "", "code": ""})
    assert 'action="/sign-in?next=/people"' in form
    assert 'action="/sign-in?next=/people"' in again.text
