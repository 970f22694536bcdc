"""A home opened for one command: its server running, its tables there, its pools closed after."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.databases import Databases, open_databases
from app.embedded import Address
from app.migration import migrate_if_changed
from app.running.serving import embedded_server
from app.settings import Settings
from programmes.common.db import Side


@asynccontextmanager
async def started_server(settings: Settings) -> AsyncIterator[Address | None]:
    """The home's own server, running; None where the databases are elsewhere."""
    embedded = embedded_server(settings)
    try:
        yield embedded.start() if embedded else None
    finally:
        if embedded:
            embedded.stop()


@asynccontextmanager
async def opened_home(
    settings: Settings, sides: tuple[Side, ...] = tuple(Side)
) -> AsyncIterator[Databases]:
    """An embedded home that is fresh is made ready first; it stays empty of people."""
    embedded = embedded_server(settings)
    address = embedded.start() if embedded else None
    try:
        if address is not None:
            await migrate_if_changed(settings, address)
        async with open_databases(settings, address, sides) as databases:
            yield databases
    finally:
        if embedded:
            embedded.stop()
