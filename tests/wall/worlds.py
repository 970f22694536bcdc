"""Two homes that are equal to the byte but for survivors: one is a copy of the other, planted."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from app.databases import open_databases
from app.demo.accounts import CAST, create_demo_accounts
from app.embedded import Address, EmbeddedServer
from app.settings import Settings
from programmes.common.db import Side
from tests.cast import Cast
from tests.own_home import ROOT, own_home
from tests.wall.planted import Planted, Whereabouts, plant
from tests.wall.work_rows import add_work_rows

PLANTED_PEOPLE = 36
PROGRAMME_SIDE = tuple(person.email for person in CAST if person.side is Side.WORK)


class FixedClock:
    """Stands still until it is moved."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        return self.instant

    def move(self, by: timedelta) -> None:
        self.instant += by


@dataclass
class World:
    """One home that runs: its service, its server, and everybody's sign-in."""

    home: Path
    server: Address
    cast: Cast
    sample_ids: list[UUID] = field(default_factory=list)
    ids_by_name: dict[str, list[UUID]] = field(default_factory=dict)
    """By the name that an address has for it: person_id, session_id."""

    async def superuser(self, side: Side) -> Any:
        address = self.server.dsn(self.server.superuser, self.server.superuser_password, str(side))
        # Whoever makes and undoes things all the time must not meet yesterday's plan for them.
        return await asyncpg.connect(address, statement_cache_size=0)


@dataclass
class Worlds:
    plain: World
    planted: World
    secrets: Planted
    clock: FixedClock


@asynccontextmanager
async def two_worlds(directory: Path) -> AsyncIterator[Worlds]:
    """`directory` holds a made home, which is copied, sign-ins and all; then survivors come."""
    clock = FixedClock(datetime.now(UTC))
    first, second = directory / "first", directory / "second"
    tokens = await _people_it(first, clock)
    await asyncio.to_thread(_copy, first, second)
    async with AsyncExitStack() as stack:
        plain = await stack.enter_async_context(_running(first, clock, tokens))
        planted = await stack.enter_async_context(_running(second, clock, tokens))
        _, _, cohort_id, _, order_id, *_ = planted.sample_ids
        where = Whereabouts(cohort_id, order_id)
        secrets = await plant(planted.cast, await _known_people(planted), where=where)
        yield Worlds(plain, planted, secrets, clock)


def make_home(directory: Path) -> None:
    """The 2018 workbook, imported by the command itself."""
    with own_home(directory / "first") as made:
        book = ROOT / "tests" / "data" / "leeds-2018.xlsx"
        said = made.run("import", book, "--apply", "--json")
        assert said.code == 0, said.err


async def _people_it(home: Path, clock: FixedClock) -> dict[str, Any]:
    """The cast's accounts, work for each of them, and everybody signed in."""
    settings = Settings(home=home)
    with EmbeddedServer(home) as embedded:
        server = await asyncio.to_thread(embedded.start)
        await _hurry(server)
        async with open_databases(settings, server) as databases:
            await create_demo_accounts(databases, now=clock.now(), cast=CAST)
            async with Cast(databases, clock) as cast:
                await add_work_rows(cast)
                return {person.email: await cast.token(person.email) for person in CAST}


async def _hurry(server: Address) -> None:
    """Both worlds, and every session from here on, do not wait for the disk at each commit."""
    address = server.dsn(server.superuser, server.superuser_password, "work")
    superuser = await asyncpg.connect(address)
    await superuser.execute("ALTER SYSTEM SET synchronous_commit = off")
    await superuser.fetchval("SELECT pg_reload_conf()")
    await superuser.close()


def _copy(first: Path, second: Path) -> None:
    shutil.copytree(first, second, symlinks=True)
    for copied in second.rglob("*"):
        status = (first / copied.relative_to(second)).lstat()
        shutil.chown(copied, status.st_uid, status.st_gid)


@asynccontextmanager
async def _running(home: Path, clock: FixedClock, tokens: dict[str, Any]) -> AsyncIterator[World]:
    settings = Settings(home=home)
    embedded = EmbeddedServer(home)
    server = await asyncio.to_thread(embedded.start)
    try:
        async with open_databases(settings, server) as databases, Cast(databases, clock) as cast:
            cast._tokens.update(tokens)
            world = World(home, server, cast)
            world.sample_ids += await _one_id_of_each(world)
            world.ids_by_name |= await _ids_by_name(world)
            yield world
    finally:
        await asyncio.to_thread(embedded.stop)


async def _known_people(world: World) -> list[UUID]:
    """People whom several roles see, so that a leak beside them would be seen."""
    async with world.cast.owner(Side.WORK) as owner:
        rows = await owner.fetch(
            "SELECT person_id, count(*) FROM assignment GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $1",
            PLANTED_PEOPLE,
        )
    return [row["person_id"] for row in rows]


NAMED_IN_ADDRESSES = {
    "referral_id": "referral",
    "cohort_id": "cohort",
    "session_id": "session",
    "order_id": "protective_order",
    "breach_id": "breach",
    "place_id": "enrolment",
    "enrolment_id": "enrolment",
    "account_id": "auth.account",
    "task_id": "task",
    "statement_id": "statement",
    "message_id": "message",
    "contact_point_id": "contact_point",
    "import_id": "import_batch",
    "mark_id": "attendance_mark",
    "release_id": "release",
    "kind_id": "order_kind",
    "draft_id": "referral_draft",
    "appointment_id": "appointment",
    "told_id": "outcome_told",
}
A_FEW = 5


async def _ids_by_name(world: World) -> dict[str, list[UUID]]:
    """Whatever tables hold a row; first those whom many of the cast see."""
    async with world.cast.owner(Side.WORK) as owner:
        found = {"person_id": await owner.fetch(_ASSIGNED_FIRST, A_FEW)}
        for name, table in NAMED_IN_ADDRESSES.items():
            found[name] = await owner.fetch(f"SELECT id FROM {table} ORDER BY id LIMIT $1", A_FEW)
    return {name: [row["id"] for row in rows] for name, rows in found.items() if rows}


_ASSIGNED_FIRST = """
SELECT person_id AS id FROM assignment WHERE account_id IS NOT NULL
GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT $1
"""


async def _one_id_of_each(world: World) -> list[UUID]:
    """A person, a referral, a cohort, a session, an order, a breach: what addresses are made of."""
    nouns = ("person", "referral", "cohort", "session", "protective_order", "breach", "enrolment")
    async with world.cast.owner(Side.WORK) as owner:
        return [
            await owner.fetchval(f"SELECT id FROM {noun} ORDER BY id LIMIT 1") for noun in nouns
        ]
