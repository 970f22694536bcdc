"""Your sign-in: another password, and out everywhere else."""

import asyncio
from datetime import timedelta

import httpx
import pyotp
import pytest

from app.signing_in.accounts import give_new_sign_in, new_account
from app.signing_in.passwords import why_not
from app.web.request_transaction import enter
from programmes.common.accounts import account_by_email, create_account
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.security.policies import Logins
from programmes.common.staff import Role
from tests.cast import Company

NEW = "teal kettle under gorse"


async def newcomer(company: Company, side: Side, email: str) -> tuple[str, str]:
    """First password and code's key."""
    now = company.clock.now()
    role = Role.FACILITATOR if side is Side.WORK else Role.SURVIVOR_WORKER
    home = company.databases.settings.home
    new, first = new_account(home, side, name="Rowan Newcomer", email=email, role=role, now=now)
    async with company.acting(Role.ADMINISTRATOR, side=side) as actor:
        await create_account(new, actor=actor, now=now)
    return first.password, first.totp_secret


async def settled(company: Company, email: str) -> None:
    """As if they had chosen their own password."""
    async with company.owner(Side.WORK) as connection, connection.transaction():
        await connection.execute("SELECT set_config('waymark.act', 'settle', true)")
        await connection.execute(
            "UPDATE auth.account SET password_is_first = false WHERE email = $1", email
        )


async def signed_in(company: Company, email: str) -> httpx.AsyncClient:
    token = await company.app.state.door.sign_in_demo(email, now=company.clock.now())
    browser = company.stranger()
    browser.cookies.set("waymark", token.text)
    return browser


@pytest.mark.parametrize("side", list(Side))
async def test_a_changed_password_opens_and_ends_what_was_open_elsewhere(
    company: Company, side: Side
) -> None:
    email = f"rowan.own.{side}@waymark.example"
    first, secret = await newcomer(company, side, email)
    now = company.clock.now()
    code = pyotp.TOTP(secret).at(now)
    typed = {"current": first, "new": NEW, "again": NEW, "code": code}
    ids = {"submission": str(new_id(now)), "version": ""}
    async with await signed_in(company, email) as here, await signed_in(company, email) as there:
        wrong = await here.post("/account/password", data={**typed, **ids, "current": "x"})
        assert wrong.status_code == 422
        assert "The password or the code is not right" in wrong.text
        assert NEW not in wrong.text
        short = await here.post("/account/password", data={**typed, **ids, "new": "short"})
        assert "at least 12 characters" in short.text
        named = await here.post("/api/v1/account/password", json={**typed, "new": "rowan 12345678"})
        assert named.status_code == 422
        assert (await there.get("/api/v1/me")).status_code == 200
        changed = await here.post("/account/password", data={**typed, **ids})
        assert changed.status_code == 303, changed.text
        assert (await here.get("/api/v1/me")).status_code == 200
        assert (await there.get("/api/v1/me")).status_code == 401
    later = now + timedelta(seconds=30)
    given = {"email": email, "code": pyotp.TOTP(secret).at(later)}
    async with company.stranger() as browser:
        old = await browser.post("/api/v1/sign-in", json={**given, "password": first})
        new = await browser.post("/api/v1/sign-in", json={**given, "password": NEW})
    assert (old.status_code, new.status_code) == (422, 200)


async def test_one_sees_ones_own_sign_ins_and_ends_the_others(company: Company) -> None:
    email = "rowan.others@waymark.example"
    await newcomer(company, Side.WORK, email)
    await settled(company, email)
    async with await signed_in(company, email) as here, await signed_in(company, email) as there:
        listed = (await here.get("/api/v1/account")).json()
        assert sorted(one["is_this"] for one in listed) == [False, True]
        page = (await here.get("/account")).text
        assert "Sign out everywhere else" in page
        assert 'href="/account"' in (await here.get("/")).text
        sent = {"submission": str(new_id(company.clock.now())), "version": ""}
        assert (await here.post("/account/sign-ins/end", data=sent)).status_code == 303
        assert (await there.get("/api/v1/me")).status_code == 401
        assert "Sign out everywhere else" not in (await here.get("/account")).text
        assert (await here.post("/api/v1/account/sign-ins/end")).json() == {"ended": 0}


@pytest.mark.parametrize("side", list(Side))
async def test_a_given_password_opens_nothing_but_the_page_that_changes_it(
    company: Company, side: Side
) -> None:
    email = f"rowan.first.{side}@waymark.example"
    first, secret = await newcomer(company, side, email)
    now = company.clock.now()
    own = {"/account", "/api/v1/account", "/api/v1/me"}
    async with await signed_in(company, email) as browser:
        for path in sorted({"/", "/people", "/survivors", "/releases", "/api/v1/people"} | own):
            answer = await browser.get(path)
            refused = 403 if path.startswith("/api/") else 303
            assert answer.status_code == (200 if path in own else refused), path
            assert answer.headers.get("location", "/account") == "/account"
        problem = (await browser.get("/api/v1/first-day")).json()
        assert "Choose your own first: POST /api/v1/account/password" in problem["detail"]
        page = (await browser.get("/account")).text
        assert "Choose your own password" in page
        assert "govuk-service-navigation__item" not in page
        sent = {"submission": str(new_id(now)), "version": "", "current": first, "again": NEW}
        sent |= {"new": NEW, "code": pyotp.TOTP(secret).at(company.clock.now())}
        chosen = await browser.post("/account/password", data=sent)
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/")
        assert (await browser.get("/")).status_code == 200


async def test_a_reset_makes_the_password_a_first_one_again(company: Company) -> None:
    email = "rowan.given.again@waymark.example"
    await newcomer(company, Side.WORK, email)
    await settled(company, email)
    home = company.databases.settings.home
    async with company.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
        found = await account_by_email(email)
        assert found is not None
        await give_new_sign_in(home, found, actor=actor)
    async with await signed_in(company, email) as browser:
        assert (await browser.get("/")).headers["location"] == "/account"


async def test_a_stranger_has_none(company: Company) -> None:
    async with company.stranger() as browser:
        assert (await browser.get("/account")).status_code == 303
        assert (await browser.get("/api/v1/account")).status_code == 401


@pytest.mark.parametrize(
    ("password", "may"),
    [
        ("teal kettle under gorse", True),
        ("kd7m-w2xa-99pq", True),
        ("elevenchars", False),
        ("Password12345!", False),
        ("p@ssw0rd2026!!", False),
        ("PasswordPassword", False),
        ("123456789012345", False),
        ("aaaaaaaaaaaaaaab", False),
        ("Newcomer under gorse", False),
        ("rowan.lake 2026 gorse", False),
        ("SummerSummer2026", False),
    ],
)
def test_what_is_easy_to_guess_is_not_taken(password: str, may: bool) -> None:
    assert (why_not(password, email="rowan.lake@x.example", name="R Newcomer") == "") is may


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "waymark.example"])
async def test_where_the_address_is_a_number_the_way_to_a_name_is_offered(
    company: Company, host: str
) -> None:
    async with await company.as_(Role.FACILITATOR) as browser:
        shown = (await browser.get("/account", headers={"host": host})).text
    assert ("http://localhost:8000/account" in shown) == (host == "127.0.0.1:8000")


@pytest.mark.parametrize("side", list(Side))
async def test_two_tabs_do_not_wait_for_each_other(company: Company, side: Side) -> None:
    """Both note that this sign-in was seen again; the first of them takes long to answer."""
    role = "facilitator" if side is Side.WORK else "survivor-worker"
    email = company.app.state.demo_emails[role]
    token = await company.app.state.door.sign_in_demo(email, now=company.clock.now())
    seen = "UPDATE auth.sign_in SET last_seen_at = now() - interval '2 minutes'"
    async with company.owner(side) as owner:
        await owner.execute(f"{seen} WHERE token_hash = $1", token.stored)
    async with company.databases.transaction(Logins(side).web), company.stranger() as browser:
        assert await enter(token) is not None
        browser.cookies.set("waymark", token.text)
        async with asyncio.timeout(10):
            assert (await browser.get("/api/v1/me")).status_code == 200
    async with company.owner(side) as owner:
        assert await owner.fetchval(
            "SELECT last_seen_at > now() - interval '1 minute' FROM auth.sign_in "
            "WHERE token_hash = $1",
            token.stored,
        )
