"""A stolen token or code, played again after it has ended: never taken, however it comes."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import httpx
import pyotp
import pytest

from app.signing_in.accounts import give_new_sign_in, new_account
from app.signing_in.door import Credentials, hash_password
from app.signing_in.tokens import Token
from app.web.request_transaction import enter
from programmes.common.accounts import account_by_email, change_account, create_account
from programmes.common.db import Side, execute
from programmes.common.errors import Invalid
from programmes.common.own_sign_in_commands import change_own_password, end_other_sign_ins
from programmes.common.security.policies import Logins
from programmes.common.staff import Role
from tests.cast import Company

ADMINISTRATOR = "administrator@waymark.example"
End = Callable[[Company, str, list[Token]], Awaitable[None]]


async def _sign_out(company: Company, email: str, tokens: list[Token]) -> None:
    for token in tokens:
        async with company.databases.transaction(Logins(token.side).web):
            assert await enter(token) is not None
            await execute("SELECT auth.leave()")


async def _wait(company: Company, email: str, tokens: list[Token], *, change: str) -> None:
    async with company.owner(Side.WORK) as owner:
        await owner.execute(
            f"UPDATE auth.sign_in SET {change} "
            "WHERE account_id = (SELECT id FROM auth.account WHERE email = $1)",
            email,
        )


async def _idle(company: Company, email: str, tokens: list[Token]) -> None:
    await _wait(company, email, tokens, change="last_seen_at = now() - interval '15 minutes'")


async def _ten_hours(company: Company, email: str, tokens: list[Token]) -> None:
    await _wait(company, email, tokens, change="expires_at = now()")


async def _by_owner(company: Company, email: str, *, password: bool) -> None:
    """From another sign-in of theirs, which stays."""
    own = await company.app.state.door.sign_in_demo(email, now=company.clock.now())
    async with company.databases.transaction(Logins(own.side).web):
        actor = await enter(own)
        assert actor is not None
        if password:
            await change_own_password(hash_password("teal kettle under gorse"), actor=actor)
        else:
            await end_other_sign_ins(actor=actor)


async def _password(company: Company, email: str, tokens: list[Token]) -> None:
    await _by_owner(company, email, password=True)


async def _ended_elsewhere(company: Company, email: str, tokens: list[Token]) -> None:
    await _by_owner(company, email, password=False)


async def _by_administrator(company: Company, email: str, *, role: Role, is_active: bool) -> None:
    async with company.acting(ADMINISTRATOR) as actor:
        found = await account_by_email(email)
        assert found is not None
        await change_account(
            found.id, role=role, is_active=is_active, version=found.version, actor=actor
        )


async def _role(company: Company, email: str, tokens: list[Token]) -> None:
    await _by_administrator(company, email, role=Role.PROBATION, is_active=True)


async def _disabled(company: Company, email: str, tokens: list[Token]) -> None:
    await _by_administrator(company, email, role=Role.FACILITATOR, is_active=False)


async def _reset(company: Company, email: str, tokens: list[Token]) -> None:
    async with company.acting(ADMINISTRATOR) as actor:
        found = await account_by_email(email)
        assert found is not None
        await give_new_sign_in(company.databases.settings.home, found, actor=actor)


ENDS: dict[str, End] = {
    "sign-out": _sign_out,
    "idle": _idle,
    "ten-hours": _ten_hours,
    "password": _password,
    "ended-elsewhere": _ended_elsewhere,
    "role": _role,
    "disabled": _disabled,
    "reset": _reset,
}


async def newcomer(company: Company, email: str) -> tuple[str, str]:
    """First password and the key of the codes."""
    home, now = company.databases.settings.home, company.clock.now()
    new, first = new_account(
        home, Side.WORK, name="Rowan Newcomer", email=email, role=Role.FACILITATOR, now=now
    )
    async with company.acting(ADMINISTRATOR) as actor:
        await create_account(new, actor=actor, now=now)
    return first.password, first.totp_secret


async def _comes_in(browser: httpx.AsyncClient, token: Token, way: int) -> bool:
    """Whether this token opens anything, as one of the four ways in which it can be sent."""
    cookie = {"Cookie": f"waymark={token.text}"}
    if way == 0:
        return (await browser.get("/api/v1/me", headers=cookie)).status_code != 401
    if way == 1:
        bearer = {"Authorization": f"Bearer {token.text}"}
        return (await browser.get("/api/v1/account", headers=bearer)).status_code != 401
    if way == 2:
        answer = await browser.get("/account", headers=cookie)
    else:
        answer = await browser.post("/account/sign-ins/end", headers=cookie)
    return answer.status_code != 303 or not answer.headers["location"].startswith("/sign-in")


async def replays_taken(company: Company, end: str, *, tokens: int, times: int) -> Counter[bool]:
    email = f"replay.{end}.{tokens}@waymark.example"
    await newcomer(company, email)
    door, now = company.app.state.door, company.clock.now()
    held = [await door.sign_in_demo(email, now=now) for _ in range(tokens)]
    async with company.stranger() as browser:
        assert all([await _comes_in(browser, one, way % 3) for way, one in enumerate(held)])
        await ENDS[end](company, email, held)
        return Counter(
            [await _comes_in(browser, one, way % 4) for one in held for way in range(times)]
        )


@pytest.mark.parametrize("end", sorted(ENDS))
async def test_a_token_that_has_ended_opens_nothing_again(company: Company, end: str) -> None:
    assert await replays_taken(company, end, tokens=5, times=4) == {False: 20}


@pytest.mark.deep
@pytest.mark.parametrize("end", sorted(ENDS))
async def test_a_thousand_replays_of_ended_tokens_open_nothing(
    company: Company, end: str, record_property: Callable[[str, object], None]
) -> None:
    taken = await replays_taken(company, end, tokens=50, times=20)
    record_property("replays of ended tokens", taken.total())
    record_property("of them taken", taken[True])
    assert taken == {False: 1000}


async def _is_let_in(company: Company, given: Credentials, *, now: datetime) -> bool:
    try:
        await company.app.state.door.sign_in(given, now=now)
    except Invalid as refusal:
        return "not right" not in refusal.errors["email"]  # too many tries would prove nothing
    return True


async def codes_taken_again(company: Company, *, times: int) -> int:
    """Each from another source, so that no limit of tries refuses in place of the code."""
    email = f"replay.code.{times}@waymark.example"
    password, secret = await newcomer(company, email)
    door, now = company.app.state.door, company.clock.now()
    code = pyotp.TOTP(secret).at(now)
    assert await door.sign_in(Credentials(email, password, code, "198.51.100.1"), now=now)
    before = pyotp.TOTP(secret).at(now - timedelta(seconds=30))
    taken = 0
    for turn in range(times):
        typed = (code, f" {code[:3]} {code[3:]} ", before)[turn % 3]
        at = now + timedelta(seconds=(0, 1, 29)[turn % 3] * (turn % 2))
        given = Credentials(email, password, typed, f"source {turn}")
        taken += await _is_let_in(company, given, now=at)
    later = now + timedelta(seconds=60)
    again = Credentials(email, password, pyotp.TOTP(secret).at(later), "198.51.100.1")
    assert await door.sign_in(again, now=later)  # the account was never locked
    return taken


async def test_a_code_counts_once(company: Company) -> None:
    assert await codes_taken_again(company, times=3) == 0


@pytest.mark.deep
async def test_a_code_played_five_hundred_times_again_is_never_taken(
    company: Company, record_property: Callable[[str, object], None]
) -> None:
    taken = await codes_taken_again(company, times=500)
    record_property("used codes played again", 500)
    record_property("of them taken", taken)
    assert taken == 0
