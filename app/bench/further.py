"""What is measured beside the jobs: series in bulk, placement, row security's price, memory."""

import contextlib
import gc
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, json

from app.bench import limit_sql as sql
from app.bench.copying import as_superuser
from app.bench.house import House, officer
from app.bench.jobs import START
from app.bench.limits import entered
from app.bench.measuring import Taken
from app.bench.placement_instances import placement_instance
from app.bench.series import ByHand, plan_and_start, rows_of
from app.bench.series_requests import requests
from programmes.common.clock import london_date
from programmes.common.db import Side
from scheduling.placement.proposals import propose
from scheduling.placement.reading import read_instance
from scheduling.sessions.planning_commands import plan_cohorts, start_cohorts

_SECOND: Final = 1000.0
_FIVE_MS: Final = 5.0
_AT_ONCE: Final = 100
_WARM: Final = 5
"""So that every connection of the pool knows its statements."""
_COPIED: Final = (
    ("cohort_staff", "id cohort_id account_id from_on duty"),
    ("session", "id cohort_id number module kind starts_at ends_at room_id facilitators status "
     "interpreters version"),
    ("booking", "id session_id cohort_id kind what starts_at ends_at"),
)  # fmt: skip


class Price(Struct, frozen=True):
    """One statement with row security and, as the superuser sends it, without."""

    statement: str
    with_ms: float
    without_ms: float


async def series_in_bulk(house: House, count: int) -> Taken:
    """As POST /cohorts/plan-many and /cohorts/many do it, or one COPY a table; a hundred to a
    transaction.

    Both under the same constraints, and with the same audit.
    """
    manager, now = await house.manager(), house.clock.now()
    asked = requests(london_date(now) + timedelta(weeks=400))
    by_hand, at_once = await ByHand.of(house, manager), min(count, _AT_ONCE)

    async def ours() -> None:
        some = [next(asked) for _ in range(at_once)]
        async with house.acting(manager) as actor:
            plans = await plan_cohorts(some, actor=actor, now=now)
        async with house.acting(manager) as actor:
            shown = [(plan.request, plan.hash) for plan in plans]
            await start_cohorts(shown, actor=actor, now=now)

    async def limit() -> None:
        some = [
            rows_of(next(asked), by_hand.version, by_hand.programme_id, now) for _ in range(at_once)
        ]
        async with as_superuser(house.server, Side.WORK) as connection, connection.transaction():
            await connection.execute(sql.NAME_ACT, "start-cohort")
            await _send_documents_as_copy_wants(connection)
            await _copy_series(connection, some)

    taken = [(await _once(ours), await _once(limit)) for _ in range(count // at_once)]
    return Taken(sum(mine for mine, _ in taken), sum(theirs for _, theirs in taken))


async def own_work(house: House, rounds: int) -> Taken:
    """Processor time of this process for a series of seventeen: shown, then started as shown.

    Against the five milliseconds that it may take; the server's own work is not in it.
    """
    manager = await house.manager()
    asked = requests(london_date(house.clock.now()) + timedelta(weeks=200))
    for _ in range(_WARM):
        await plan_and_start(house, manager, next(asked))
    gc.collect()
    began = time.process_time()
    for _ in range(rounds):
        await plan_and_start(house, manager, next(asked))
    return Taken((time.process_time() - began) * 1000 / rounds, _FIVE_MS)


async def _send_documents_as_copy_wants(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + json.encode(value),
        decoder=lambda value: json.decode(value[1:]),
    )


async def _copy_series(connection: Any, some: list[Any]) -> None:
    number = await connection.fetchval(sql.NEXT_NUMBER_AS_OWNER)
    for place, rows in enumerate(some):
        await connection.execute(sql.ADD_COHORT, str(number + place), *rows.cohort)
    tables = (
        [(*row, "facilitator") for rows in some for row in rows.staff],
        [(*row, "planned", [], 1) for rows in some for row in rows.sessions],
        [row for rows in some for row in rows.bookings],
    )
    for (table, columns), records in zip(_COPIED, tables, strict=True):
        await connection.copy_records_to_table(table, columns=columns.split(), records=records)


async def _once(way: Callable[[], Awaitable[None]]) -> float:
    gc.collect()
    started = time.perf_counter()
    await way()
    return (time.perf_counter() - started) * 1000


def placement(people: int, groups: int) -> Taken:
    """Solving until proven, against the second that it may take."""
    instance = read_instance(json.encode(placement_instance(people, groups, seed=1)))
    answers = [propose(instance, seconds=30) for _ in range(3)]
    if not all(answer.proven for answer in answers):
        raise RuntimeError("The placement was not proven.")
    return Taken(statistics.median(a.seconds for a in answers) * 1000, _SECOND)


async def row_security(house: House, rounds: int) -> list[Price]:
    token = await house.token(officer())
    manager = await house.token(await house.manager())
    asked = (
        ("caseload of 50", token, sql.CASELOAD, (200,)),
        (
            "people by name",
            manager,
            sql.PEOPLE_BY_NAME,
            (START, START + "\U0010ffff", sql.MOST_COUNTED),
        ),
        ("latest twelve places", token, sql.PLACES_OF_ANY, ()),
    )
    found = []
    async with as_superuser(house.server, Side.WORK) as bare:
        for name, who, statement, given in asked:
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(rounds):
                async with entered(house.limit, who):
                    times[0].append(await _time(house.limit, statement, given))
                async with _as_if_entered(bare, who.key):
                    times[1].append(await _time(bare, statement, given))
            found.append(Price(name, *(round(statistics.median(each), 2) for each in times)))
    return found


@asynccontextmanager
async def _as_if_entered(connection: Any, key: str) -> AsyncIterator[None]:
    """The superuser is somebody too, so that the same statement finds the same rows."""
    async with connection.transaction():
        await connection.execute("SELECT set_config('waymark.sign_in', $1, true)", key)
        yield


async def _time(connection: Any, statement: str, given: tuple[Any, ...]) -> float:
    started = time.perf_counter()
    await connection.fetch(statement, *given)
    return (time.perf_counter() - started) * 1000


async def peak_memory(way: Callable[[], Awaitable[object]]) -> int | None:
    """The most megabytes that this process held meanwhile; None where the system does not say."""
    with contextlib.suppress(OSError):
        _forget_the_peak()
        await way()
        return _peak()
    return None


def _forget_the_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024
