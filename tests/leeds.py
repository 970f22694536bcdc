"""A home of its own that holds the two books of 2018, and the cast."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from app.databases import Databases, open_databases
from app.demo.accounts import CAST, create_demo_accounts
from app.embedded import EmbeddedServer
from app.importing import Books, Importing
from app.migration import migrate
from app.settings import Settings

BOOKS = Path(__file__).resolve().parent / "data"


@asynccontextmanager
async def leeds_of_2018(home: Path, *, now: datetime) -> AsyncIterator[Databases]:
    settings = Settings(home=home)
    with EmbeddedServer(settings.home) as embedded:
        address = embedded.start()
        await migrate(settings, address)
        async with open_databases(settings, address) as databases:
            await create_demo_accounts(databases, now=now, cast=CAST)
            books = Books(BOOKS / "leeds-2018.xlsx", BOOKS / "leeds-2018-survivors.xlsx")
            outcome = await Importing(databases, books, now=now, say=lambda _: None).run()
            assert outcome.applied, outcome.errors
            yield databases
