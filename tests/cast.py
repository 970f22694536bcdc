"""The cast of the tests: everybody a sign-in away, outsiders as ready to hand as owners."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Self

import httpx
import msgspec

from app.databases import Databases
from app.demo.accounts import CAST, first_of_each_role
from app.main import create_app
from app.signing_in.tokens import Token
from app.web.guard import cookie_name
from app.web.request_transaction import enter
from programmes.common.clock import Clock
from programmes.common.db import Side
from programmes.common.security.policies import Logins
from programmes.common.staff import Actor, Role

BASE = "http://127.0.0.1:8000"


class Cast:
    """`as_(role)` is a browser signed in as the first account of a role."""

    def __init__(self, databases: Databases, clock: Clock) -> None:
        self.databases = databases
        self.clock = clock
        # Thousands of refusals, none of them timed: tests/wall/test_timing.py has the beat.
        at_once = msgspec.structs.replace(databases.settings, refusals_on_beat=0)
        self.app = create_app(at_once, clock, databases)
        self.app.state.demo_emails.update(first_of_each_role())
        self._tokens: dict[str, Token] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    async def token(self, email: str) -> Token:
        if email not in self._tokens:
            door = self.app.state.door
            self._tokens[email] = await door.sign_in_demo(email, now=self.clock.now())
        return self._tokens[email]

    def stranger(self) -> httpx.AsyncClient:
        """A browser that nobody has signed in with."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=BASE)

    async def as_(self, role: Role | str, *, side: Side | None = None) -> httpx.AsyncClient:
        """`role` may also be an e-mail address of the cast."""
        email = role if "@" in role else _email_of(Role(role), side)
        browser = self.stranger()
        token = await self.token(email)
        browser.cookies.set(cookie_name(self.databases.settings), token.text)
        return browser

    @asynccontextmanager
    async def acting(self, role: Role | str, *, side: Side | None = None) -> AsyncIterator[Actor]:
        """One transaction as this person, for calling commands and queries directly."""
        email = role if "@" in role else _email_of(Role(role), side)
        token = await self.token(email)
        async with self.databases.transaction(Logins(token.side).web):
            actor = await enter(token)
            assert actor is not None
            yield actor

    @asynccontextmanager
    async def owner(self, side: Side) -> AsyncIterator[Any]:
        """The migrator's connection as the owner: for looking behind the scenes only."""
        import asyncpg

        from app.databases import login_address

        logins = Logins(side)
        address = login_address(self.databases.settings, self.databases.server, logins.migrator)
        connection = await asyncpg.connect(address, server_settings={"role": logins.owner})
        try:
            yield connection
        finally:
            await connection.close()


Company = Cast


def _email_of(role: Role, side: Side | None) -> str:
    return next(
        person.email
        for person in CAST
        if person.role is role and (side is None or person.side is side)
    )
