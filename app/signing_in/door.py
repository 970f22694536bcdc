"""Signing in: password and code, or passkey, through the one login that may write sign-ins."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from app.databases import Databases
from app.safekeeping.keys import key_of, unseal
from app.signing_in.passkeys import Challenges, Site, passkey_is_right
from app.signing_in.tokens import Token, new_token
from programmes.common.db import Side, execute, fetch_one, fetch_value, insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.security.policies import Logins
from programmes.common.tables import SignIn, SignInAttempt

LONGEST_SIGN_IN = timedelta(hours=10)
TRIES_FOR_ONE_ACCOUNT = 5
TRIES_FROM_ONE_SOURCE = 60
TRIES_WITHIN = timedelta(minutes=15)
CODE_SECONDS = 30

_hasher = PasswordHasher()
_WRONG = Invalid({"email": "The email address, password or code is not right. Try again."})
_TOO_MANY = Invalid({"email": "Too many tries. Wait 15 minutes, then try again."})


@cache
def _nobodys_hash() -> str:
    """Made at the first sign-in, not at the start: it takes 64 MB."""
    return _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Argon2id with the library's current parameters."""
    return _hasher.hash(password)


@dataclass(frozen=True)
class Credentials:
    email: str
    password: str
    code: str
    source: str
    passkey: str = ""
    site: Site | None = None

    @property
    def address(self) -> str:
        """As accounts and tries are stored: however it was typed, it is counted as one."""
        return self.email.strip().lower()[:320]


class Door:
    """Lets people in. Wrong account, wrong password and used code look and take the same."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases

    @property
    def challenges(self) -> Challenges:
        """Of whoever signs in: it is not known yet on which side."""
        return Challenges(self.databases.settings.home, self.databases.sides[0])

    async def sign_in(self, given: Credentials, *, now: datetime) -> Token:
        """Raises Invalid, always with the same words, whatever was wrong.

        A side that knows nobody of that address counts a failed try only if no side knows better.
        """
        let_in, strangers, refusal = None, [], _WRONG
        for side in self.databases.sides:
            try:
                token, is_known = await self._try_side(side, given, now)
            except Invalid as too_many:
                refusal = too_many
                continue
            let_in = let_in or token
            strangers += [] if is_known else [side]
        if let_in is not None:
            return let_in
        for side in strangers:
            async with self.databases.transaction(Logins(side).door):
                await note_try(given, None, succeeded=False, now=now)
        raise refusal

    async def sign_in_demo(self, email: str, *, now: datetime) -> Token:
        """The demo's buttons: no password. The caller has made sure that this is a demo."""
        for side in self.databases.sides:
            async with self.databases.transaction(Logins(side).door):
                account = await _find_account(email)
                if account is not None:
                    return await start(side, account["id"], now)
        raise _WRONG

    async def code_again(
        self,
        side: Side,
        account_id: UUID,
        code: str,
        *,
        now: datetime,
        password: str | None = None,
    ) -> None:
        """The six-digit code of somebody who is signed in, with their password where it is given.

        Raises Invalid beside the code.
        """
        async with self.databases.transaction(Logins(side).door):
            account = await fetch_one(
                "SELECT id, email, password_hash, totp_secret FROM auth.account "
                "WHERE id = $1 AND is_active AND password_hash IS NOT NULL",
                account_id,
            )
            source = f"code again {account_id}"  # its own: nobody uses up another's tries
            given = Credentials(account["email"] if account else "", "", code, source)
            try:
                await refuse_too_many(given, now)
            except Invalid as refusal:
                raise Invalid({"code": refusal.errors["email"]}) from None
            has_secret = account is not None and account["totp_secret"] is not None
            knows = password is None or await _password_is_right(account, password)
            is_right = has_secret and knows and await self._use_code(side, account, given, now)
            await note_try(given, account, succeeded=is_right, now=now)
        if not is_right and password is not None:
            raise Invalid({"code": "The password or the code is not right. Wait for a new code."})
        if not is_right:
            raise Invalid({"code": "This code is not right, or was used. Wait for the next one."})

    async def _try_side(
        self, side: Side, given: Credentials, now: datetime
    ) -> tuple[Token | None, bool]:
        """The token, and whether the address is known here. Raises Invalid: too many tries."""
        async with self.databases.transaction(Logins(side).door):
            await refuse_too_many(given, now)
            account = await _find_account(given.address)
            right = await _password_is_right(account, given.password)
            token = None
            if account is not None and right and await self.use_second(side, account, given, now):
                token = await start(side, account["id"], now)
            if account is not None:
                await note_try(given, account, succeeded=token is not None, now=now)
            return token, account is not None

    async def use_second(self, side: Side, account: Any, given: Credentials, now: datetime) -> bool:
        """The passkey where one was sent, else the code."""
        if not given.passkey or given.site is None:
            return await self._use_code(side, account, given, now)
        ours = self.challenges
        return await passkey_is_right(account["id"], given.passkey, given.site, ours, now=now)

    async def _use_code(self, side: Side, account: Any, given: Credentials, now: datetime) -> bool:
        """A code counts once: its time step must be later than the last one used."""
        key = key_of(self.databases.settings.home, side, "totp")
        secret = unseal(key, account["totp_secret"], about=account["id"].bytes).decode()
        step = _step_of(pyotp.TOTP(secret), given.code, now)
        if step is None:
            return False
        await execute("SELECT set_config('waymark.act', 'sign-in', true)")
        used = await execute(
            "UPDATE auth.account SET totp_last_step = $2 "
            "WHERE id = $1 AND coalesce(totp_last_step, 0) < $2",
            account["id"],
            step,
        )
        return used == 1


def _step_of(totp: pyotp.TOTP, code: str, now: datetime) -> int | None:
    """The time step that this code belongs to, one step of clock drift either way allowed."""
    digits = "".join(code.split())
    present = int(now.timestamp()) // CODE_SECONDS
    for step in (present, present - 1, present + 1):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(step)):
            return step
    return None


async def refuse_too_many(given: Credentials, now: datetime) -> None:
    """In the transaction that judges, and one at a time from a source: both limits are counted
    within it, so a try that is sent at the same moment waits here until this one stands."""
    await execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || $1::text, 0))", given.source
    )
    tried = await fetch_one(
        "SELECT count(*) FILTER (WHERE email = $1) AS one, count(*) AS source "
        "FROM auth.sign_in_attempt "
        "WHERE source = $2 AND tried_at > $3 AND NOT succeeded",
        given.address,
        given.source,
        now - TRIES_WITHIN,
    )
    if tried and (
        tried["one"] >= TRIES_FOR_ONE_ACCOUNT or tried["source"] >= TRIES_FROM_ONE_SOURCE
    ):
        raise _TOO_MANY


async def _find_account(email: str) -> Any:
    return await fetch_one(
        "SELECT id, password_hash, totp_secret FROM auth.account "
        "WHERE email = $1 AND is_active AND password_hash IS NOT NULL "
        "AND totp_secret IS NOT NULL",
        email.strip().lower(),
    )


async def _password_is_right(account: Any, password: str) -> bool:
    nobodys = await asyncio.to_thread(_nobodys_hash)  # whoever asks first, known or not
    stored = account["password_hash"] if account else nobodys
    try:
        return await asyncio.to_thread(_hasher.verify, stored, password)
    except Argon2Error:
        return False


async def start(side: Side, account_id: UUID, now: datetime) -> Token:
    token = new_token(side)
    await insert(
        SignIn,
        id=new_id(now),
        account_id=account_id,
        token_hash=token.stored,
        started_at=now,
        last_seen_at=now,
        expires_at=now + LONGEST_SIGN_IN,
    )
    await fetch_value("SELECT audit.note_at_door($1, 'sign-in', NULL)", account_id)
    return token


async def note_try(given: Credentials, account: Any, *, succeeded: bool, now: datetime) -> None:
    await insert(
        SignInAttempt,
        id=new_id(now),
        email=given.address,
        source=given.source,
        tried_at=now,
        succeeded=succeeded,
    )
    if account is not None and not succeeded:
        await fetch_value("SELECT audit.note_at_door($1, 'refused-sign-in', NULL)", account["id"])
