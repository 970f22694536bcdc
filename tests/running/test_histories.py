"""Whatever ten clients do at once, and whatever dies under them, what must hold still holds."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
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


async def histories(directory: Path, *, runs: int, steps: int, kills: int) -> Counter[str]:
    ends: Counter[str] = Counter()
    async with house(directory) as (embedded, databases, began):
        for seed in range(runs):
            history = History(embedded, databases, seed=seed)
            await history.run(steps, kills=kills)
            assert await what_is_wrong(databases, history.told, began) == {}, f"seed {seed}"
            ends += history.told.ends
    for step in ("arrive", "enrol", "end", "mark", "breach", "move"):
        assert ends[f"{step} done"], f"nothing came of {step}: {ends}"
    return ends


@pytest.mark.slow
async def test_two_hundred_operations_of_ten_clients_break_no_promise(
    tmp_path: Path, record_property: Any
) -> None:
    ends = await histories(tmp_path / "h", runs=1, steps=200, kills=0)
    record_property("operations", sum(ends.values()))


@pytest.mark.deep
async def test_fifty_thousand_operations_with_crashes_break_no_promise(
    tmp_path: Path, record_property: Any
) -> None:
    ends = await histories(tmp_path / "h", runs=25, steps=2000, kills=2)
    assert ends["server killed"] == 50
    record_property("operations", sum(ends.values()))
    cut = sum(times for name, times in ends.items() if "cut off" in name)
    record_property("operations cut off", cut)
    record_property("kills of the server", ends["server killed"])
