"""Each side's database: where its logins are, their pools, and one transaction at a time."""

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.embedded import Address
from app.safekeeping.private_files import make_private_directory
from app.settings import Settings
from programmes.common.db import Side, close_pool, connect_pool, using
from programmes.common.errors import Refused
from programmes.common.security.policies import Logins

log = logging.getLogger("waymark")
POOL_SIZES = {"web": 10, "door": 3, "bridge_reader": 5, "bridge_writer": 2}
LONGEST_WAIT = 15.0
"""Seconds for a connection while all are taken; then a page says so, sooner than a query ends."""


def password_of(home: Path, side: Side, login: str) -> str:
    """The login's password, in a file that only its side's account may read; made once."""
    path = home / "secrets" / side / login
    if not path.exists():
        make_private_directory(path.parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(24))
    return path.read_text()


def side_that_keeps(login: str) -> Side:
    """Whose secrets hold a login's password: the bridges into `work` belong to the survivors."""
    return Side.WORK if login.startswith("work_") and "bridge" not in login else Side.SURVIVOR


def login_address(settings: Settings, server: Address | None, login: str) -> str:
    """Raises Refused where an outside database has no address for this login."""
    if server is None:
        if login not in settings.database_addresses:
            raise Refused(f"Set DATABASE_{login.upper()} to the address of the login {login}.")
        return settings.database_addresses[login]
    password = password_of(settings.home, side_that_keeps(login), login)
    return server.dsn(login, password, database_of(login))


def direct_address(settings: Settings, server: Address | None, login: str) -> str:
    """Past a pooler, for what must keep its connection: DATABASE_WORK_WEB_DIRECT, where set."""
    return settings.database_addresses.get(f"{login}_direct") or login_address(
        settings, server, login
    )


def database_of(login: str) -> str:
    return "work" if login.startswith("work_") else "survivor"


@dataclass
class Databases:
    """The open pools of the sides that this process serves, by login."""

    settings: Settings
    server: Address | None
    sides: tuple[Side, ...] = (Side.WORK, Side.SURVIVOR)
    pools: dict[str, Any] = field(default_factory=dict)
    _releases: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self) -> None:
        for login, size in self._logins():
            address = login_address(self.settings, self.server, login)
            self.pools[login] = await connect_pool(address, size=size)

    async def close(self) -> None:
        await self.settle()
        for pool in self.pools.values():
            await close_pool(pool)
        self.pools.clear()

    def _logins(self) -> Iterable[tuple[str, int]]:
        for side in self.sides:
            logins = Logins(side)
            yield logins.web, POOL_SIZES["web"]
            yield logins.door, POOL_SIZES["door"]
        if Side.SURVIVOR in self.sides:
            yield "work_bridge_reader", POOL_SIZES["bridge_reader"]
            yield "work_bridge_writer", POOL_SIZES["bridge_writer"]

    @asynccontextmanager
    async def transaction(self, login: str) -> AsyncIterator[Any]:
        """A transaction as this login; rolled back where the block raises.

        Raises TimeoutError where no connection came free: a slow query holds each of them.
        """
        side, pool = Side(database_of(login)), self.pools[login]
        connection = await pool.acquire(timeout=LONGEST_WAIT)
        try:
            async with connection.transaction(), using(side, connection):
                yield connection
        finally:
            self._release(pool, connection)

    async def settle(self) -> None:
        """Returns once every connection is back in its pool."""
        await asyncio.gather(*self._releases, return_exceptions=True)

    def _release(self, pool: Any, connection: Any) -> None:
        """Cleaning a connection for the next one takes a round trip that nobody waits for."""
        task = asyncio.create_task(pool.release(connection))
        self._releases.add(task)
        task.add_done_callback(self._released)

    def _released(self, task: asyncio.Task[None]) -> None:
        """A connection that broke is not put back, and its pool makes another."""
        self._releases.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.info("a broken connection was given up")


@asynccontextmanager
async def open_databases(
    settings: Settings, server: Address | None, sides: tuple[Side, ...] = tuple(Side)
) -> AsyncIterator[Databases]:
    databases = Databases(settings, server, sides)
    await databases.open()
    try:
        yield databases
    finally:
        await databases.close()
