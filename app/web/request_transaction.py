"""One transaction a request: identity first, the answer held until the commit."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from app.databases import Databases
from app.signing_in.programs import may_come_as, seconds_to_wait, seconds_to_wait_for_more
from app.signing_in.tokens import Token, read_token
from app.web.beat import ON_THE_BEAT, wait_for_the_beat
from programmes.common.audit import note
from programmes.common.db import fetch_one
from programmes.common.security.policies import Logins
from programmes.common.staff import AccountId, Actor, Role

_ENTER = "SELECT account_id, name, role, password_is_first FROM auth.enter($1)"
_ENTER_PROGRAM = "SELECT account_id, name, role, may_write FROM auth.enter_token($1)"
OUTSIDE = ("/assets/", "/health", "/sign-in/provider")
"""Paths that need no transaction of whoever is signed in; the last ones wait for a provider."""
REFUSED_ACT = "refused_act"
"""In a request's state: what the audit calls its refusal, where it is to be found again."""


@dataclass
class HeldAnswer:
    """Keeps the messages of an answer until it is known whether the transaction stands."""

    messages: list[Message] = field(default_factory=list)
    status: int = 500

    @property
    def body(self) -> bytes:
        return b"".join(
            message["body"] for message in self.messages if message["type"] == "http.response.body"
        )

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.messages.append(message)


class RollBack(Exception):
    """Leaves the transaction without an error of its own."""


class RequestTransaction:
    """ASGI middleware. Without a live sign-in there is no transaction and no actor."""

    def __init__(
        self, app: ASGIApp, *, databases: Databases, cookie_name: str, beat: float
    ) -> None:
        self.app = app
        self.databases = databases
        self.cookie_name = cookie_name
        self.beat = beat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith(OUTSIDE):
            await self.app(scope, receive, send)
            return
        token = self._token_of(scope)
        if token is None or token.side not in self.databases.sides:
            await self.app(scope, receive, send)
            return
        answer, began = HeldAnswer(), asyncio.get_running_loop().time()
        before = dict(scope["state"])
        if token.is_program and await seconds_to_wait(token, scope, self.databases):
            await self.app(scope, receive, send)
            return
        try:
            actor = await self._run(token, scope, receive, answer)
            if actor is not None and answer.status in (403, 404, 409, 422):
                await self._note_refusal(token, scope, answer.status)
        except Exception:
            # The commit failed after the page was made. Nothing of it went out, so that the
            # browser can still be told the truth.
            ScopeState.from_scope(scope).response_started = False
            raise
        if token.is_program and (wait := await self._seconds_to_wait(token, scope, answer)):
            ScopeState.from_scope(scope).response_started = False
            scope["state"] = {**before, "seconds_to_wait": wait}
            await self.app(scope, receive, send)
            return
        if answer.status >= 400 or scope["state"].get(ON_THE_BEAT):
            await wait_for_the_beat(began, self.beat)
        for message in answer.messages:
            await send(message)

    async def _run(
        self, token: Token, scope: Scope, receive: Receive, answer: HeldAnswer
    ) -> Actor | None:
        actor: Actor | None = None
        with contextlib.suppress(RollBack):
            async with self.databases.transaction(Logins(token.side).web):
                actor = await enter(token, scope["state"])
                scope["state"]["actor"] = actor
                scope["state"]["token"] = token if actor else None
                await self.app(scope, receive, answer.send)
                if answer.status >= 400:
                    raise RollBack
        return actor

    async def _seconds_to_wait(self, token: Token, scope: HTTPScope, answer: HeldAnswer) -> int:
        """What has changed something is answered whatever it shows: it would be sent again."""
        if scope["method"] != "GET":
            return 0
        return await seconds_to_wait_for_more(token, scope, answer.body, self.databases)

    async def _note_refusal(self, token: Token, scope: HTTPScope, status: int) -> None:
        async with self.databases.transaction(Logins(token.side).web):
            await enter(token)
            await note(
                "refuse",
                scope["state"].get(REFUSED_ACT) or f"refused-{scope['method'].lower()}",
                resource="page",
                row_id=scope["path"][:200],
                detail={"status": status},
            )

    def _token_of(self, scope: Scope) -> Token | None:
        headers = dict(scope["headers"])
        authorization = headers.get(b"authorization", b"").decode("latin-1")
        if authorization.startswith("Bearer "):
            token = read_token(authorization.removeprefix("Bearer ").strip())
            return token if token and may_come_as(token, scope["path"]) else None
        token = read_token(_cookie(headers, self.cookie_name))
        return token if token and not token.is_program else None


def _cookie(headers: dict[bytes, bytes], name: str) -> str:
    """The last of this name; a token is never quoted."""
    wanted = f"{name}="
    for pair in reversed(headers.get(b"cookie", b"").decode("latin-1").split(";")):
        if (stripped := pair.strip()).startswith(wanted):
            return stripped.removeprefix(wanted)
    return ""


async def enter(token: Token, state: Any = None) -> Actor | None:
    """Gives the open transaction its identity; None where sign-in or token is not live."""
    row = await fetch_one(_ENTER_PROGRAM if token.is_program else _ENTER, token.key)
    if row is None:
        return None
    if state is not None:
        state["only_reads"] = token.is_program and not row["may_write"]
        state["password_is_first"] = not token.is_program and row["password_is_first"]
    return Actor(AccountId(row["account_id"]), row["name"], Role(row["role"]), token.side)
