"""Whatever ten clients do at once, and whatever dies under them, what must hold still holds."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from app.databases import Databases, open_databases
from app.embedded import EmbeddedServer
from app.migration import migrate
from app.settings import Settings
from tests.histories import (
    OF_NOBODY,
    TOO_FULL,
    TWICE_LIVE,
    UNLIKE,
    WITNESS,
    History,
    Told,
    superuser,
)


@asynccontextmanager
async def house(directory: Path) -> AsyncIterator[tuple[EmbeddedServer, Databases, datetime]]:
    settings = Settings(home=directory)
    with EmbeddedServer(settings.home) as embedded:
        server = await asyncio.to_thread(embedded.start)
        await migrate(settings, server)
        async with open_databases(settings, server) as databases:
            async with superuser(databases) as connection:
                await connection.execute(WITNESS)
                began = await connection.fetchval("SELECT clock_timestamp()")
            yield embedded, databases, began


async def what_is_wrong(databases: Databases, told: Told, began: datetime) -> dict[str, Any]:
    """Nothing, where every promise was kept."""
    async with superuser(databases) as connection:
        found = {
            "groups too full": await connection.fetch(TOO_FULL),
            "people with two places": await connection.fetch(TWICE_LIVE),
            "marks of nobody here": await connection.fetch(OF_NOBODY),
            "rows unlike the audit": await connection.fetch(UNLIKE, began),
            "faults of the chain": await connection.fetch("SELECT * FROM audit.faults()"),
            "places lost": await _lost(connection, "enrolment", list(told.places)),
            "breaches lost": await _lost(connection, "breach", told.breaches),
            "referrals lost": await _lost(connection, "referral", told.waiting),
            "marks lost": await _marks_lost(connection, told),
        }
    return {name: rows for name, rows in found.items() if rows}


async def _lost(connection: Any, table: str, ids: list[Any]) -> list[Any]:
    kept = await connection.fetch(f"SELECT id FROM {table} WHERE id = ANY($1)", ids)
    return sorted(set(ids) - {row["id"] for row in kept})


async def _marks_lost(connection: Any, told: Told) -> list[Any]:
    rows = await connection.fetch("SELECT session_id, enrolment_id, revision FROM attendance_mark")
    kept = {(row["session_id"], row["enrolment_id"], row["revision"]) for row in rows}
    return [key for key, revision in told.marked.items() if (*key, revision) not in kept]


WRITTEN = "rows written"
"""Beside the ends of operations: how many rows the witness saw, each of them once in the audit."""
NO_OPERATION = {WRITTEN, "server killed"}


async def histories(
    directory: Path, seeds: Iterable[int], *, steps: int, kills: int
) -> Counter[str]:
    """One run for each seed, all of them in one home, each checked when it is over."""
    ends: Counter[str] = Counter()
    async with house(directory) as (embedded, databases, began):
        for seed in seeds:
            history = History(embedded, databases, seed=seed)
            await history.run(steps, kills=kills)
            assert await what_is_wrong(databases, history.told, began) == {}, f"seed {seed}"
            ends += history.told.ends
        async with superuser(databases) as connection:
            ends[WRITTEN] = await connection.fetchval("SELECT count(*) FROM witness.seen")
    for step in ("arrive", "enrol", "end", "mark", "breach", "move"):
        assert ends[f"{step} done"], f"nothing came of {step}: {ends}"
    return ends


def histories_of_one_home(directory: Path, seeds: list[int], steps: int) -> Counter[str]:
    return asyncio.run(histories(directory, seeds, steps=steps, kills=2))


def side_by_side(directory: Path, *, runs: int, steps: int, homes: int) -> Counter[str]:
    """Each home in a process of its own."""
    with ProcessPoolExecutor(homes, get_context("spawn")) as pool:
        running = [
            pool.submit(
                histories_of_one_home, directory / str(n), list(range(n, runs, homes)), steps
            )
            for n in range(homes)
        ]
        return sum((one.result() for one in running), Counter[str]())


def operations(ends: Counter[str], word: str = "") -> int:
    return sum(n for name, n in ends.items() if name not in NO_OPERATION and word in name)


@pytest.mark.slow
async def test_two_hundred_operations_of_ten_clients_break_no_promise(
    tmp_path: Path, record_property: Any
) -> None:
    ends = await histories(tmp_path / "h", [0], steps=200, kills=0)
    record_property("operations", operations(ends))


@pytest.mark.deep
def test_fifty_thousand_operations_with_crashes_break_no_promise(
    tmp_path_factory: pytest.TempPathFactory, record_property: Any
) -> None:
    """Twenty-five runs of 2,000 operations by ten clients, in two homes."""
    directory = tmp_path_factory.mktemp("h")
    ends = side_by_side(directory, runs=25, steps=2000, homes=2)
    assert ends["server killed"] == 50
    assert operations(ends) >= 50_000
    record_property("operations", operations(ends))
    record_property("of them done", operations(ends, " done"))
    record_property("of them refused by a rule", operations(ends, " refused"))
    record_property("of them cut off", operations(ends, " cut off"))
    record_property("kills of the server", ends["server killed"])
    record_property("rows written, each exactly once in the audit", ends[WRITTEN])
