"""Where plan-series reads: the records of this home, or, before there are any, the programmes that
every home begins with. Nothing is written, not even that somebody signed in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from msgspec import Struct

from app.databases import login_address
from app.embedded.postgres import has_records
from app.running.serving import embedded_server
from app.settings import Settings
from programmes.catalogue.queries import StoredProgramme, programmes
from programmes.catalogue.seeds import PROGRAMMES
from programmes.catalogue.words import Programme
from programmes.common.db import Side, close_pool, connect_pool, using
from programmes.common.security.policies import Logins
from scheduling.calendars.words import Closure
from scheduling.sessions.planning_queries import closures


class SeriesSource(Struct, frozen=True):
    """Programmes with their versions, and the days on which the service or a venue is closed."""

    programmes: tuple[Programme, ...]
    closures: tuple[Closure, ...] = ()


_NOT_MADE_YET = (
    asyncpg.UndefinedTableError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
)
AS_DELIVERED = SeriesSource(tuple(PROGRAMMES))


def series_source(settings: Settings) -> SeriesSource:
    """Read by the login that may read everything and write nothing."""
    login = Logins(Side.WORK).backup
    if settings.database_addresses:
        is_there = login in settings.database_addresses
    else:
        is_there = settings.is_embedded and has_records(settings.home)
    return asyncio.run(_stored(settings)) if is_there else AS_DELIVERED


async def _stored(settings: Settings) -> SeriesSource:
    """What was delivered, where the tables are still being made."""
    try:
        async with _reading(settings):
            found = await programmes()
            return SeriesSource(tuple(_as_words(one) for one in found), tuple(await closures()))
    except _NOT_MADE_YET:
        return AS_DELIVERED


@asynccontextmanager
async def _reading(settings: Settings) -> AsyncIterator[Any]:
    embedded = embedded_server(settings)
    server = embedded.start() if embedded else None
    try:
        pool = await connect_pool(login_address(settings, server, Logins(Side.WORK).backup), size=1)
        try:
            async with (
                pool.acquire() as connection,
                connection.transaction(readonly=True),
                using(Side.WORK, connection),
            ):
                yield connection
        finally:
            await close_pool(pool)
    finally:
        if embedded:
            embedded.stop()


def _as_words(stored: StoredProgramme) -> Programme:
    return Programme(
        code=stored.code,
        name=stored.name,
        status=stored.status,
        versions=tuple(version.rules for version in stored.versions),
    )
