"""A home opened for one command: its server running, its tables there, its pools closed after."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from app.databases import Databases, login_address, open_databases
from app.embedded import Address
from app.migration import migrate
from app.operator import operator_email
from app.serving import embedded_server
from app.settings import Settings
from programmes.common.db import Side
from programmes.common.security.policies import Logins


@asynccontextmanager
async def opened_home(
    settings: Settings, sides: tuple[Side, ...] = tuple(Side)
) -> AsyncIterator[Databases]:
    """An embedded home that is fresh is made ready first; it stays empty of people."""
    embedded = embedded_server(settings)
    address = embedded.start() if embedded else None
    try:
        if address is not None and not await _is_ready(settings, address):
            await migrate(settings, address)
        async with open_databases(settings, address, sides) as databases:
            yield databases
    finally:
        if embedded:
            embedded.stop()


async def _is_ready(settings: Settings, address: Address) -> bool:
    """Whether both databases were migrated once: the operator is made last."""
    for side in Side:
        logins = Logins(side)
        try:
            connection = await asyncpg.connect(login_address(settings, address, logins.door))
        except (asyncpg.InvalidCatalogNameError, asyncpg.InvalidAuthorizationSpecificationError):
            return False
        try:
            if not await connection.fetchval("SELECT to_regclass('auth.account') IS NOT NULL"):
                return False
            operator = "SELECT 1 FROM auth.account WHERE email = $1"
            if not await connection.fetchval(operator, operator_email(side)):
                return False
        except asyncpg.InsufficientPrivilegeError:
            return False
        finally:
            await connection.close()
    return True
