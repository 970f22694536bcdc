"""A home of its own that holds the two books of 2018, and the cast: imported once, and copied."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from app.databases import Databases, open_databases
from app.demo.accounts import CAST, create_demo_accounts
from app.embedded import EmbeddedServer
from app.importing import Books, Importing
from app.settings import Settings
from tests.own_home import KEPT, copied, migrated_home

BOOKS = Path(__file__).resolve().parent / "data"
NOW = datetime.now(UTC)


@asynccontextmanager
async def leeds_of_2018(home: Path) -> AsyncIterator[Databases]:
    copied(await asyncio.to_thread(_imported), home)
    settings = Settings(home=home)
    with EmbeddedServer(settings.home) as embedded:
        async with open_databases(settings, embedded.start()) as databases:
            yield databases


@cache
def _imported() -> Path:
    home = migrated_home(KEPT / "leeds")
    with EmbeddedServer(home) as embedded:
        asyncio.run(_import(Settings(home=home), embedded))
    return home


async def _import(settings: Settings, embedded: EmbeddedServer) -> None:
    async with open_databases(settings, embedded.start()) as databases:
        await create_demo_accounts(databases, now=NOW, cast=CAST)
        books = Books(BOOKS / "leeds-2018.xlsx", BOOKS / "leeds-2018-survivors.xlsx")
        outcome = await Importing(databases, books, now=NOW, say=lambda _: None).run()
        assert outcome.applied, outcome.errors
