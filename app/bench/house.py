"""One seeded service, opened for measuring: its pages by ASGI, its logins by hand."""

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from app.bench.seeding import seed
from app.bench.sizes import Size, id_of
from app.databases import Databases, login_address, open_databases
from app.embedded import Address, EmbeddedServer, is_running
from app.main import create_app
from app.migration import migrate_if_changed
from app.migration_mark import code_mark
from app.settings import Settings
from app.signing_in.tokens import Token, new_token
from app.web.guard import cookie_name
from app.web.request_transaction import enter
from programmes.common.clock import SystemClock
from programmes.common.db import Side, fetch_value, insert, set_up_connection
from programmes.common.ids import new_id
from programmes.common.security.policies import Logins
from programmes.common.staff import Actor
from programmes.common.tables import SignIn

MANAGER = "manager@waymark.example"
_WEB = Logins(Side.WORK).web


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


@dataclass
class House:
    """`limit` is one connection of the pages' own login, for what is written by hand."""

    size: Size
    databases: Databases
    server: Address
    app: Any
    limit: Any
    clock: SystemClock
    tokens: dict[UUID, Token] = field(default_factory=dict)

    async def token(self, account_id: UUID) -> Token:
        """A sign-in of theirs; only the door's login may add one."""
        if account_id not in self.tokens:
            now, token = self.clock.now(), new_token(Side.WORK)
            async with self.databases.transaction(Logins(Side.WORK).door):
                values = {"id": new_id(now), "account_id": account_id, "token_hash": token.stored}
                await insert(SignIn, **values, **_lasting(now))
            self.tokens[account_id] = token
        return self.tokens[account_id]

    async def manager(self) -> UUID:
        sql = "SELECT id FROM auth.account WHERE email = $1"
        async with self.databases.transaction(Logins(Side.WORK).door):
            found: UUID = await fetch_value(sql, MANAGER)
        return found

    @asynccontextmanager
    async def acting(self, account_id: UUID) -> AsyncIterator[Actor]:
        token = await self.token(account_id)
        async with self.databases.transaction(_WEB):
            actor = await enter(token)
            if actor is None:
                raise RuntimeError("The bench's sign-in has ended.")
            yield actor

    async def request(
        self,
        account_id: UUID,
        path: str,
        *,
        query: str = "",
        method: str = "GET",
        body: bytes = b"",
    ) -> Answer:
        """What the service answers, past the network alone."""
        token = await self.token(account_id)
        cookie = f"{cookie_name(self.databases.settings)}={token.text}"
        return await ask(self.app, method, path, query=query, cookie=cookie, body=body)


def _lasting(now: Any) -> dict[str, Any]:
    from app.signing_in.door import LONGEST_SIGN_IN

    return {"started_at": now, "last_seen_at": now, "expires_at": now + LONGEST_SIGN_IN}


async def ask(
    app: Any, method: str, path: str, *, query: str = "", cookie: str = "", body: bytes = b""
) -> Answer:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(_scope(method, path, query, cookie, len(body)), receive, send)
    start = next(m for m in sent if m["type"] == "http.response.start")
    pieces = [m.get("body", b"") for m in sent if m["type"] == "http.response.body"]
    return Answer(start["status"], b"".join(pieces))


def _scope(method: str, path: str, query: str, cookie: str, length: int) -> dict[str, Any]:
    headers = [
        (b"host", b"127.0.0.1:8000"),
        (b"cookie", cookie.encode()),
        (b"origin", b"http://127.0.0.1:8000"),
        (b"content-type", b"application/json"),
        (b"content-length", str(length).encode()),
    ]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
        "state": {},
        "extensions": {},
    }


def _home_of(home: Path, size: Size) -> Path:
    """Homes that older code has made are taken away."""
    wanted = home / "bench" / f"{size}-{code_mark()[:12]}"
    for older in (home / "bench").glob(f"{size}-*"):
        if older != wanted and not is_running(older):
            shutil.rmtree(older)
    return wanted


@asynccontextmanager
async def opened_house(home: Path, size: Size) -> AsyncIterator[House]:
    """A home of its own below the given one; seeded at its first use, kept until code changes."""
    settings, clock = Settings(home=_home_of(home, size)), SystemClock()
    with EmbeddedServer(settings.home) as embedded:
        server = await asyncio.to_thread(embedded.start)
        await migrate_if_changed(settings, server)
        async with open_databases(settings, server) as databases:
            if not (settings.home / "demo-accounts.json").exists():
                await seed(databases, server, size, now=clock.now())
            connection = await asyncpg.connect(login_address(settings, server, _WEB))
            await set_up_connection(connection)
            try:
                app = create_app(settings, clock, databases)
                gc.freeze()
                yield House(size, databases, server, app, connection, clock)
            finally:
                await connection.close()


def officer() -> UUID:
    """Fifty people, all of them in groups now."""
    return id_of("officer", 0)
