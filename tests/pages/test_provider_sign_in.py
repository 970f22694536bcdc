"""Signing in by way of a real provider process, and every way in which that must not let in."""

import asyncio
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import asyncpg
import httpx
import msgspec
import pytest
from argon2 import PasswordHasher

from app.signing_in import back_channel, door
from app.signing_in.accounts import give_new_sign_in
from app.signing_in.provider import Provider
from programmes.common.accounts import account_by_email, change_account
from programmes.common.db import Side, execute, fetch_value
from programmes.common.ids import new_id
from programmes.common.staff import Role
from tests.cast import BASE, Company
from tests.pages.test_own_sign_in import signed_in
from tests.pages.test_passkeys import PASSWORD, code_of, options_to_sign_in, settled
from tests.pages.test_passkeys import added as passkey_added
from tests.provider_process import PATIENCE, ProviderProcess, provider_process
from tests.soft_passkey import SoftPasskey

IDS = {"submission": str(uuid4()), "version": ""}
WORDS = "This did not let you in"
ADMINISTRATOR = "administrator@waymark.example"


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProviderProcess]:
    with provider_process(tmp_path_factory.mktemp("provider") / "log") as started:
        yield started


@pytest.fixture(autouse=True)
def provider(
    process: ProviderProcess, company: Company, monkeypatch: pytest.MonkeyPatch
) -> Provider:
    """As if it were set; with more patience than in earnest, for a machine that does much else,
    and passwords that are quick to judge, which nothing here is about."""
    made = Provider(process.settings)
    monkeypatch.setattr(company.app.state, "provider", made, raising=False)
    monkeypatch.setattr(back_channel, "SECONDS", PATIENCE)
    monkeypatch.setattr(door, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))
    return made


def visitor(company: Company, source: str) -> httpx.AsyncClient:
    """A stranger from an address of their own, whose failed tries are nobody else's."""
    transport = httpx.ASGITransport(
        app=company.app, raise_app_exceptions=False, client=(source, 4000)
    )
    return httpx.AsyncClient(transport=transport, base_url=BASE)


async def there(browser: httpx.AsyncClient, path: str = "/sign-in/provider") -> str:
    """The address at the provider that the browser is sent to."""
    answer = await browser.get(path)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def back(
    browser: httpx.AsyncClient, process: ProviderProcess, subject: str, path: str = ""
) -> httpx.Response:
    address = await there(browser, path or "/sign-in/provider")
    return await browser.get(await asyncio.to_thread(process.agree, address, subject))


async def gives_code(browser: httpx.AsyncClient, code: str, **more: str) -> httpx.Response:
    return await browser.post("/sign-in/code", data={"code": code, **more, **IDS})


async def linked(company: Company, process: ProviderProcess, email: str, subject: str) -> None:
    """An account whose owner linked it themselves."""
    await settled(company, Side.WORK, email)
    async with await signed_in(company, email) as browser:
        assert (await link(company, browser, process, email, subject)).status_code == 303
        browser.cookies.delete("waymark")


async def link(
    company: Company,
    browser: httpx.AsyncClient,
    process: ProviderProcess,
    email: str,
    subject: str,
    *,
    password: str = PASSWORD,
) -> httpx.Response:
    assert await there(browser, "/account/provider/leave") == "/sign-in/provider/link"
    came = await back(browser, process, subject, "/sign-in/provider/link")
    assert came.headers["location"] == "/account/provider"
    assert subject in (await browser.get("/account/provider")).text
    code = await code_of(company, Side.WORK, email)
    ids = {"submission": str(new_id(company.clock.now())), "version": ""}
    typed = {"current": password, "code": code, **ids}
    return await browser.post("/account/provider", data=typed)


async def test_a_linked_account_signs_in_with_the_provider_and_its_code(
    company: Company, process: ProviderProcess
) -> None:
    email, subject = "rowan.away.linked@waymark.example", "rowan@northtown.example"
    await linked(company, process, email, subject)
    async with visitor(company, "192.0.2.10") as browser:
        assert "Sign in with Northtown" in (await browser.get("/sign-in?next=/more")).text
        address = await there(browser, "/sign-in/provider?next=/more")
        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid email")
        assert "prompt" not in asked
        came = await browser.get(await asyncio.to_thread(process.agree, address, subject))
        assert came.headers["location"] == "/sign-in/code"
        assert (await browser.get("/api/v1/me")).status_code == 401  # not yet
        assert "One more step" in (await browser.get("/sign-in/code")).text
        code = await code_of(company, Side.WORK, email)
        let_in = await gives_code(browser, code)
        assert (let_in.status_code, let_in.headers["location"]) == (303, "/more")
        assert (await browser.get("/api/v1/me")).json()["name"] == "Rowan Newcomer"
        assert not browser.cookies.get("waymark-way")
        held = (await browser.get("/api/v1/account/provider")).json()
        assert (held[0]["issuer"], held[0]["known_as"]) == (process.issuer, subject)
        assert held[0]["last_used_at"]
        assert "subject" not in held[0]
        own = (await browser.get("/account")).text
        assert subject in own
        ids = {"submission": str(new_id(company.clock.now())), "version": ""}
        ended = await browser.post(f"/account/provider/{held[0]['id']}/end", data=ids)
        assert ended.status_code == 303
        assert (await browser.get("/api/v1/account/provider")).json() == []
    assert await acts_of(company, email) >= {"link-sign-in", "sign-in", "end-linked-sign-in"}
    async with visitor(company, "192.0.2.10") as browser:
        await back(browser, process, subject)
        refused = await gives_code(browser, await code_of(company, Side.WORK, email))
        assert (refused.status_code, WORDS in refused.text) == (422, True)


async def acts_of(company: Company, email: str) -> set[str]:
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetch(
            "SELECT act FROM audit.entry e JOIN auth.account a ON a.id = e.account_id "
            "WHERE a.email = $1",
            email,
        )
    return {row["act"] for row in rows}


async def test_a_passkey_takes_the_place_of_the_code(
    company: Company, process: ProviderProcess
) -> None:
    email, passkey = "rowan.away.both@waymark.example", SoftPasskey()
    await linked(company, process, email, "both@northtown.example")
    assert (await passkey_added(company, Side.WORK, email, passkey)).status_code == 201
    async with visitor(company, "192.0.2.11") as browser:
        await back(browser, process, "both@northtown.example")
        answer = passkey.answered(await options_to_sign_in(browser))
        wrong = await gives_code(browser, "", passkey=SoftPasskey().answered({"challenge": "AA"}))
        assert (wrong.status_code, WORDS in wrong.text) == (422, True)
        assert (await gives_code(browser, "", passkey=answer)).status_code == 303


async def test_strangers_closed_accounts_and_wrong_codes_are_answered_alike(
    company: Company, process: ProviderProcess
) -> None:
    email, subject = "rowan.away.closed@waymark.example", "closed@northtown.example"
    await linked(company, process, email, subject)
    answers = []
    async with visitor(company, "192.0.2.12") as browser:
        await back(browser, process, "nobody@northtown.example")
        answers.append(await gives_code(browser, await code_of(company, Side.WORK, email)))
        await back(browser, process, subject)
        answers.append(await gives_code(browser, "000000"))
        async with company.acting(ADMINISTRATOR) as actor:
            found = await account_by_email(email)
            assert found is not None
            await change_account(
                found.id, role=found.role, is_active=False, version=found.version, actor=actor
            )
        answers.append(await gives_code(browser, await code_of(company, Side.WORK, email)))
    said = {re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{6}", "", one.text) for one in answers}
    assert [one.status_code for one in answers] == [422] * 3
    assert len(said) == 1
    assert WORDS in said.pop()
    assert not any("waymark=" in str(one.headers) for one in answers)


async def test_a_way_back_is_good_in_its_own_browser_once(
    company: Company, process: ProviderProcess
) -> None:
    async with visitor(company, "192.0.2.13") as browser, visitor(company, "192.0.2.13") as other:
        address = await there(browser)
        kept = browser.cookies["waymark-way"]
        returned = await asyncio.to_thread(process.agree, address, "once@northtown.example")
        foreign = await other.get(returned)  # sent to somebody, who would be signed in as another
        assert (foreign.status_code, "not begun in this browser" in foreign.text) == (422, True)
        await there(other)
        assert (await other.get(returned)).status_code == 422  # on a way, but another one
        forged = re.sub(r"state=[^&]+", "state=" + "A" * 43, returned)
        assert (await browser.get(forged)).status_code == 422
        assert (await browser.get(returned)).status_code == 303
        known = browser.cookies["waymark-way"]
        assert (await browser.get(returned)).status_code == 422
        assert (await browser.get("/sign-in/code")).status_code == 200
        browser.cookies.delete("waymark-way")
        browser.cookies.set("waymark-way", known[:-6] + "AAAAAA")
        assert (await browser.get("/sign-in/code")).headers["location"] == "/sign-in"
        browser.cookies.delete("waymark-way")
        browser.cookies.set("waymark-way", kept)
        spent = await browser.get(returned)  # the provider takes a code once as well
        assert (spent.status_code, "did not confirm" in spent.text) == (422, True)
        assert (await browser.get("/sign-in/code")).headers["location"] == "/sign-in"


async def test_who_says_no_there_or_finds_it_away_still_has_a_password(
    company: Company, process: ProviderProcess
) -> None:
    email = "rowan.away.gone@waymark.example"
    await settled(company, Side.WORK, email)
    async with visitor(company, "192.0.2.14") as browser:
        denied = await browser.get(f"{BASE}/sign-in/provider/return?error=access_denied")
        assert denied.status_code == 422
        address = await there(browser)
        no = await browser.get(await asyncio.to_thread(process.deny, address))
        assert (no.status_code, "Your password and code work" in no.text) == (422, True)
        nowhere = msgspec.structs.replace(process.settings, issuer="http://127.0.0.1:1")
        company.app.state.provider = Provider(nowhere)
        away = await browser.get("/sign-in/provider")
        assert (away.status_code, "Northtown does not answer" in away.text) == (503, True)
        assert "Sign in with Northtown" in (await browser.get("/sign-in")).text
        code = await code_of(company, Side.WORK, email)
        typed = {"email": email, "password": PASSWORD, "code": code, **IDS}
        assert (await browser.post("/sign-in", data=typed)).status_code == 303


async def test_linking_asks_for_password_and_code_and_serves_nobody_else(
    company: Company, process: ProviderProcess
) -> None:
    first, second = "rowan.away.one@waymark.example", "rowan.away.two@waymark.example"
    subject = "linking@northtown.example"
    for email in (first, second):
        await settled(company, Side.WORK, email)
    async with await signed_in(company, first) as browser:
        refused = await link(company, browser, process, first, subject, password="wrong")
        assert (refused.status_code, "password or the code" in refused.text) == (422, True)
        assert (await browser.get("/api/v1/account/provider")).json() == []
        # Known to the provider, to link this account; that signs nobody in, nor links another.
        assert (await browser.get("/sign-in/code")).headers["location"] == "/sign-in"
        async with await signed_in(company, second) as other:
            other.cookies.set("waymark-way", browser.cookies["waymark-way"])
            assert (await other.get("/account/provider")).headers["location"] == "/account"
        assert (await link(company, browser, process, first, subject)).status_code == 303
        again = await link(company, browser, process, first, "more@northtown.example")
        assert (again.status_code, "linked already" in again.text) == (422, True)
        held = (await browser.get("/api/v1/account/provider")).json()[0]["id"]
    async with await signed_in(company, second) as other:
        taken = await link(company, other, process, second, subject)
        assert (taken.status_code, "linked to another account" in taken.text) == (422, True)
        assert (await other.post(f"/api/v1/account/provider/{held}/end")).status_code == 404
    await the_database_keeps_them_apart(company, first, second)


async def the_database_keeps_them_apart(company: Company, first: str, second: str) -> None:
    """Also for whoever gets past the pages."""
    of_first = "(SELECT id FROM auth.account WHERE email = $1)"
    async with company.acting(second):
        seen = f"SELECT count(*) FROM auth.linked_sign_in WHERE account_id = {of_first}"
        assert await fetch_value(seen, first) == 0
    adding = (
        "INSERT INTO auth.linked_sign_in (id, account_id, issuer, subject, known_as, linked_at) "
        f"VALUES (gen_random_uuid(), {of_first}, 'https://x.example', 'x', '', now())"
    )
    for statement in (adding, "SELECT subject FROM auth.linked_sign_in WHERE $1 <> ''"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_somebody(company, second, statement, first)


async def as_somebody(company: Company, email: str, statement: str, argument: str) -> None:
    async with company.acting(email):
        await execute("SELECT set_config('waymark.act', 'test', true)")
        await execute(statement, argument)


async def test_another_first_password_ends_the_link(
    company: Company, process: ProviderProcess
) -> None:
    email, subject = "rowan.away.reset@waymark.example", "reset@northtown.example"
    await linked(company, process, email, subject)
    async with company.acting(ADMINISTRATOR) as actor:
        found = await account_by_email(email)
        assert found is not None
        await give_new_sign_in(company.databases.settings.home, found, actor=actor)
    async with visitor(company, "192.0.2.15") as browser:
        await back(browser, process, subject)
        refused = await gives_code(browser, await code_of(company, Side.WORK, email))
        assert (refused.status_code, WORDS in refused.text) == (422, True)
    revived = "UPDATE auth.linked_sign_in SET ended_at = NULL WHERE subject = $1"
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'test', true)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await owner.execute(revived, subject)


async def test_tries_are_counted_with_those_of_the_password(
    company: Company, process: ProviderProcess
) -> None:
    email, subject = "rowan.away.tries@waymark.example", "tries@northtown.example"
    await linked(company, process, email, subject)
    async with visitor(company, "192.0.2.16") as browser:
        for _ in range(3):
            typed = {"email": email, "password": "wrong", "code": "000000"}
            assert (await browser.post("/api/v1/sign-in", json=typed)).status_code == 422
        await back(browser, process, subject)
        for _ in range(2):
            assert WORDS in (await gives_code(browser, "000000")).text
        late = await gives_code(browser, await code_of(company, Side.WORK, email))
        assert (late.status_code, "Too many tries" in late.text) == (422, True)


async def test_refused_returns_use_up_the_tries_of_their_source(
    company: Company, process: ProviderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.signing_in.door.TRIES_FROM_ONE_SOURCE", 2)
    async with visitor(company, "192.0.2.17") as browser:
        for words in ("did not confirm", "did not confirm", "Too many tries"):
            state = parse_qs(urlsplit(await there(browser)).query)["state"][0]
            wrong = await browser.get(f"/sign-in/provider/return?code=made-up&state={state}")
            assert (wrong.status_code, words in wrong.text) == (422, True)


async def test_the_survivor_side_and_a_service_without_a_provider_have_no_such_page(
    company: Company,
) -> None:
    paths = ("/account/provider/leave", "/account/provider")
    async with await company.as_(Role.SURVIVOR_WORKER) as browser:
        assert [(await browser.get(path)).status_code for path in paths] == [404, 404]
        assert "Northtown" not in (await browser.get("/account")).text
        assert (await browser.get("/api/v1/account/provider")).json() == []
    async with company.owner(Side.SURVIVOR) as owner:
        assert await owner.fetchval("SELECT to_regclass('auth.linked_sign_in')") is None
    company.app.state.provider = None
    async with visitor(company, "192.0.2.18") as browser:
        for path in (
            "/sign-in/provider",
            "/sign-in/provider/return?code=1&state=1",
            "/sign-in/code",
        ):
            assert (await browser.get(path)).status_code == 404
        assert "/sign-in/provider" not in (await browser.get("/sign-in")).text
