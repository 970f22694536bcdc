"""One run of the bench: the houses opened, every job measured in all of them, side by side."""

import asyncio
import contextlib
import os
import platform
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.bench.further import (
    Price,
    own_work,
    peak_memory,
    placement,
    row_security,
    series_in_bulk,
)
from app.bench.house import House, opened_house
from app.bench.jobs import JOBS, Job
from app.bench.measuring import Pair, Taken, exponent, side_by_side
from app.bench.series import swept
from app.bench.sizes import Size

_MOST_ROUNDS, _FEWEST_ROUNDS = 200, 5
_LONG = 3.0
_FEW, _MANY = 20, 1_000


class Measured(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One job at the largest size that was opened; `exponent` where there were several."""

    job: str
    ratio: float
    target: float
    ours_ms: float
    limit_ms: float
    exponent: float | None = None
    exponent_target: float | None = None


class Machine(Struct, frozen=True):
    processor: str
    cores: int
    load: float
    python: str
    postgresql: str


class Bench(Struct, frozen=True, kw_only=True):
    """All that a run found."""

    jobs: list[Measured]
    sizes: list[str]
    machine: Machine
    row_security: list[Price]
    report_memory_mb: int | None


@asynccontextmanager
async def opened_houses(home: Path, sizes: Sequence[Size]) -> AsyncIterator[list[House]]:
    async with AsyncExitStack() as stack:
        houses = [await stack.enter_async_context(opened_house(home, size)) for size in sizes]
        for house in houses:
            await stack.enter_async_context(swept(house))
        yield houses


async def run_bench(
    home: Path,
    sizes: Sequence[Size],
    *,
    seconds_a_job: float,
    say: Callable[[str], None],
    jobs: Sequence[Job] = JOBS,
) -> Bench:
    """The smaller sizes are there for the growth; every ratio is of the last."""
    load = os.getloadavg()[0]
    say(f"Opening {', '.join(sizes)}")
    async with opened_houses(home, sizes) as houses:
        measured = []
        for job in jobs:
            say(f"Measuring: {job.name}")
            measured.append(await measure(job, houses, seconds=seconds_a_job))
        last = houses[-1]
        say("Measuring: what is beside the jobs")
        measured += await _further(last, is_quick=seconds_a_job < _LONG)
        manager, year = await last.manager(), last.clock.now().year - 1
        return Bench(
            jobs=measured,
            sizes=[str(size) for size in sizes],
            machine=await _machine(last.limit, load),
            row_security=await row_security(last, _MOST_ROUNDS if seconds_a_job > _LONG else 25),
            report_memory_mb=await peak_memory(
                lambda: last.request(manager, "/api/v1/report", query=f"year={year}")
            ),
        )


async def _further(house: House, *, is_quick: bool) -> list[Measured]:
    count = _FEW if is_quick else _MANY
    own = await own_work(house, _FEW)
    bulk = await series_in_bulk(house, count)
    placed = await asyncio.to_thread(placement, 200, 15)
    return [
        _at_one_size("series of 17: our own processor time (limit 5 ms)", 1.0, own),
        _at_one_size(f"{count:,} series of 17 in bulk, against COPY", 2.0, bulk),
        _at_one_size("placement of 200 in 15 groups, proven (limit 1 s)", 1.0, placed),
    ]


def _at_one_size(name: str, target: float, taken: Taken) -> Measured:
    return Measured(
        job=name,
        ratio=round(taken.ratio, 2),
        target=target,
        ours_ms=round(taken.ours_ms, 2),
        limit_ms=round(taken.limit_ms, 2),
    )


async def measure(job: Job, houses: Sequence[House], *, seconds: float) -> Measured:
    pairs = [await job.prepare(house) for house in houses]
    taken = await side_by_side(pairs, rounds=await _rounds(pairs, seconds))
    return _measured(job, houses, taken)


async def _rounds(pairs: Sequence[Pair], seconds: float) -> int:
    """As many as fit, by the second try of each: the first one plans and caches."""
    started = 0.0
    for _ in range(2):
        started = time.perf_counter()
        for pair in pairs:
            for way in (pair.ours, pair.limit):
                await way()
                await pair.settle()
    once = time.perf_counter() - started
    return max(_FEWEST_ROUNDS, min(_MOST_ROUNDS, int(seconds / once)))


def _measured(job: Job, houses: Sequence[House], taken: Sequence[Taken]) -> Measured:
    last = taken[-1]
    by_times = {h.size.times: t.ours_ms for h, t in zip(houses, taken, strict=True)}
    found = exponent(by_times)
    return Measured(
        job=job.name,
        ratio=round(last.ratio, 2),
        target=job.target,
        ours_ms=round(last.ours_ms, 2),
        limit_ms=round(last.limit_ms, 2),
        exponent=None if found is None else round(found, 2),
        exponent_target=None if found is None else job.growth,
    )


async def _machine(connection: Any, load: float) -> Machine:
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        load=round(load, 1),
        python=platform.python_version(),
        postgresql=(await connection.fetchval("SHOW server_version")).split()[0],
    )


def _processor() -> str:
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
        if names:
            return names[0]
    return platform.processor() or platform.machine()
