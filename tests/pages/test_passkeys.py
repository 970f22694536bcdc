"""Passkeys: added with password and code, taken once for each challenge, on each side."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest

from app.safekeeping.keys import key_of, unseal
from app.signing_in.accounts import give_new_sign_in
from app.signing_in.door import hash_password
from app.signing_in.passkeys import Challenges, Site, passkey_is_right
from programmes.common.accounts import account_by_email
from programmes.common.db import Side, fetch_value
from programmes.common.ids import new_id
from programmes.common.staff import Role
from tests.cast import Company
from tests.pages.test_own_sign_in import newcomer, signed_in
from tests.soft_passkey import SoftPasskey, with_challenge_of

PASSWORD = "teal kettle under gorse"


async def settled(company: Company, side: Side, email: str) -> None:
    """With a password of their own, and no code used yet."""
    await newcomer(company, side, email)
    async with company.owner(side) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'settle', true)")
        await owner.execute(
            "UPDATE auth.account SET password_is_first = false, password_hash = $2 "
            "WHERE email = $1",
            email,
            hash_password(PASSWORD),
        )


async def code_of(company: Company, side: Side, email: str) -> str:
    async with company.owner(side) as owner, owner.transaction():
        row = await owner.fetchrow("SELECT * FROM auth.account WHERE email = $1", email)
        await owner.execute("SELECT set_config('waymark.act', 'test', true)")
        await owner.execute(
            "UPDATE auth.account SET totp_last_step = NULL WHERE id = $1", row["id"]
        )
    key = key_of(company.databases.settings.home, side, "totp")
    secret = unseal(key, row["totp_secret"], about=row["id"].bytes).decode()
    return pyotp.TOTP(secret).at(company.clock.now())


async def added(company: Company, side: Side, email: str, passkey: SoftPasskey) -> httpx.Response:
    async with await signed_in(company, email) as browser:
        options = (await browser.post("/api/v1/account/sign-in-keys/options")).json()
        sent = {"name": "ring", "current": PASSWORD, "code": await code_of(company, side, email)}
        sent["passkey"] = passkey.made(options)
        return await browser.post("/api/v1/account/sign-in-keys", json=sent)


async def options_to_sign_in(browser: httpx.AsyncClient) -> dict[str, Any]:
    return dict((await browser.post("/api/v1/sign-in/passkey-options")).json())


async def comes_in(
    browser: httpx.AsyncClient, email: str, answer: str, *, password: str = PASSWORD
) -> bool:
    sent = {"email": email, "password": password, "passkey": answer}
    said = await browser.post("/api/v1/sign-in", json=sent)
    assert said.status_code in (200, 422)
    assert said.status_code == 200 or "Too many" not in said.text
    return said.status_code == 200


@pytest.mark.parametrize("side", list(Side))
async def test_a_passkey_opens_in_place_of_the_code_once_for_each_challenge(
    company: Company, side: Side
) -> None:
    email, passkey = f"rowan.key.{side}@waymark.example", SoftPasskey()
    await settled(company, side, email)
    assert (await added(company, side, email, passkey)).status_code == 201
    async with company.stranger() as browser:
        options = await options_to_sign_in(browser)
        assert email not in json.dumps(options)
        answer = passkey.answered(options)
        assert not await comes_in(browser, email, answer, password="wrong " + PASSWORD)
        assert await comes_in(browser, email, answer)
        assert (await browser.get("/api/v1/me")).json()["side"] == side
        assert not await comes_in(browser, email, answer)
        held = (await browser.get("/api/v1/account/sign-in-keys")).json()
        assert [(one["name"], one["host"]) for one in held] == [("ring", "127.0.0.1")]
        assert held[0]["last_used_at"]
        path = f"/account/sign-in-keys/{held[0]['id']}/remove"
        assert path in (await browser.get("/account")).text
        ids = {"submission": str(new_id(company.clock.now())), "version": ""}
        assert (await browser.post(path, data=ids)).status_code == 303
        assert not await comes_in(
            browser, email, passkey.answered(await options_to_sign_in(browser))
        )


async def is_right(company: Company, email: str, answer: str) -> bool:
    """As the door judges it, once the password is right."""
    challenges, now = company.app.state.door.challenges, company.clock.now()
    site = Site("http", "127.0.0.1:8000")
    async with company.databases.transaction("work_door"):
        account = await fetch_value("SELECT id FROM auth.account WHERE email = $1", email)
        return await passkey_is_right(account, answer, site, challenges, now=now)


async def test_a_false_answer_opens_nothing(company: Company) -> None:
    email, other_email = "rowan.false@waymark.example", "rowan.false.two@waymark.example"
    passkey = SoftPasskey()
    for one in (email, other_email):
        await settled(company, Side.WORK, one)
    assert (await added(company, Side.WORK, email, passkey)).status_code == 201
    async with company.stranger() as browser:
        options = await options_to_sign_in(browser)
        other = await options_to_sign_in(browser)
        path = "/api/v1/account/sign-in-keys/options"
        async with await signed_in(company, email) as owner:
            to_add = (await owner.post(path)).json()
    wrong = [
        replace(passkey, key=SoftPasskey().key).answered(options),
        replace(passkey, origin="https://waymark.example").answered(options),
        replace(passkey, origin="http://127.0.0.1:8001").answered(options),
        replace(passkey, site="waymark.example").answered(options),
        replace(passkey, id=SoftPasskey().id).answered(options),
        with_challenge_of(passkey.answered(options), other),
        passkey.answered({"challenge": "A" * 86}),
        passkey.answered(to_add),
        passkey.made(options),
        "{}",
        '{"response": 1, "rawId": 7}',
        "[" * 5000,
    ]
    assert [await is_right(company, email, one) for one in wrong] == [False] * len(wrong)
    assert not await is_right(company, other_email, passkey.answered(options))
    right = passkey.answered(options)
    assert await is_right(company, email, right)
    assert not await is_right(company, email, right)
    assert not await is_right(company, email, passkey.answered(options))  # that challenge is spent
    assert await is_right(company, email, passkey.answered(other))


def test_a_challenge_lasts_five_minutes_and_serves_one_purpose(company: Company) -> None:
    home, now = company.databases.settings.home, company.clock.now()
    ours = Challenges(home, Side.WORK)
    made = ours.new(now)
    assert ours.moment_of(made, now + timedelta(minutes=5)) is not None
    assert ours.moment_of(made, now + timedelta(minutes=5, seconds=1)) is None
    assert Challenges(home, Side.WORK, b"add x").moment_of(made, now) is None
    assert Challenges(home, Side.SURVIVOR).moment_of(made, now) is None
    assert ours.moment_of(made[:-1] + bytes([made[-1] ^ 1]), now) is None
    assert ours.moment_of(b"", now) is None


async def test_adding_asks_for_password_and_code_and_a_passkey_of_this_site(
    company: Company,
) -> None:
    email, side = "rowan.adding@waymark.example", Side.WORK
    await settled(company, side, email)
    elsewhere = SoftPasskey(origin="https://false.example", site="false.example")
    refused = await added(company, side, email, elsewhere)
    assert (refused.status_code, "No passkey answered" in refused.text) == (422, True)
    async with await signed_in(company, email) as browser:
        options = (await browser.post("/api/v1/account/sign-in-keys/options")).json()
        sent = {"name": "ring", "current": "wrong", "code": await code_of(company, side, email)}
        sent["passkey"] = SoftPasskey().made(options)
        wrong = await browser.post("/api/v1/account/sign-in-keys", json=sent)
        assert "password or the code is not right" in wrong.text
        form = {name: value for name, value in sent.items() if name != "passkey"}
        ids = {"submission": str(new_id(company.clock.now())), "version": ""}
        without = await browser.post("/account/sign-in-keys", data={**form, **ids})
        assert (without.status_code, "No passkey answered" in without.text) == (422, True)


async def test_another_sign_in_by_an_administrator_ends_the_passkeys_too(company: Company) -> None:
    email, passkey = "rowan.lost@waymark.example", SoftPasskey()
    await settled(company, Side.WORK, email)
    assert (await added(company, Side.WORK, email, passkey)).status_code == 201
    async with company.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
        found = await account_by_email(email)
        assert found is not None
        given = await give_new_sign_in(company.databases.settings.home, found, actor=actor)
    async with company.stranger() as browser:
        answer = passkey.answered(await options_to_sign_in(browser))
        assert not await comes_in(browser, email, answer, password=given.password)


async def test_nobody_adds_or_reads_a_passkey_of_somebody_else(company: Company) -> None:
    email, passkey = "rowan.whose@waymark.example", SoftPasskey()
    await settled(company, Side.WORK, email)
    made = (await added(company, Side.WORK, email, passkey)).json()
    async with await company.as_(Role.MANAGER) as browser:
        ids = {"submission": str(new_id(company.clock.now())), "version": ""}
        path = f"/account/sign-in-keys/{made['id']}/remove"
        assert (await browser.post(path, data=ids)).status_code == 404
        assert (await browser.get("/api/v1/account/sign-in-keys")).json() == []
