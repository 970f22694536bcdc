"""Series of seventeen sessions: planned and inserted by the service, and the same rows by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.bench import limit_sql as sql
from app.bench.copying import as_superuser
from app.bench.house import House
from app.bench.limits import entered
from app.bench.measuring import Pair
from app.bench.seeding import PROGRAMME
from app.bench.series_requests import requests
from app.signing_in.tokens import Token
from programmes.catalogue.queries import StoredVersion, programme
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.ids import new_id
from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from scheduling.sessions.planning_rules import wanted_times
from scheduling.sessions.planning_words import CohortRequest
from scheduling.sessions.rules import plan_series


@asynccontextmanager
async def swept(house: House) -> AsyncIterator[None]:
    """Takes away what planning has added, so that the house is as it was seeded."""
    began = house.clock.now()
    try:
        yield
    finally:
        async with as_superuser(house.server, Side.WORK) as connection, connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            new_ones = "(SELECT id FROM cohort WHERE created_at >= $1)"
            for table in ("booking", "session", "cohort_staff"):
                await connection.execute(
                    f"DELETE FROM {table} WHERE cohort_id IN {new_ones}", began
                )
            await connection.execute("DELETE FROM cohort WHERE created_at >= $1", began)


async def series_of_one(house: House) -> Pair:
    manager, now = await house.manager(), house.clock.now()
    asked = requests(london_date(now) + timedelta(days=1))
    by_hand = await ByHand.of(house, manager)

    async def ours() -> None:
        await plan_and_start(house, manager, next(asked))

    async def limit() -> None:
        await by_hand.insert(next(asked))

    return Pair(ours, limit, house.databases.settle)


async def plan_and_start(house: House, manager: UUID, request: CohortRequest) -> None:
    """As two pages do it, in a transaction each: shown first, then applied as shown."""
    now = house.clock.now()
    async with house.acting(manager) as actor:
        plan = await plan_cohort(request, actor=actor, now=now)
    async with house.acting(manager) as actor:
        await start_cohort(request, shown=plan.hash, actor=actor, now=now)


@dataclass
class ByHand:
    """The same rows under the same constraints, in four statements of one transaction."""

    house: House
    token: Token
    programme_id: UUID
    version: StoredVersion

    @classmethod
    async def of(cls, house: House, manager: UUID) -> "ByHand":
        async with house.acting(manager):
            found = await programme(PROGRAMME)
        version = found.version_on(london_date(house.clock.now()))
        return cls(house, await house.token(manager), found.id, version)

    async def insert(self, request: CohortRequest) -> None:
        now, connection = self.house.clock.now(), self.house.limit
        rows = rows_of(request, self.version, self.programme_id, now)
        async with entered(connection, self.token):
            await connection.execute(sql.NAME_ACT, "start-cohort")
            number = await connection.fetchval(sql.NEXT_NUMBER)
            await connection.execute(sql.ADD_COHORT, str(number), *rows.cohort)
            await connection.execute(sql.ADD_STAFF, *columns(rows.staff))
            await connection.execute(sql.ADD_SESSIONS, *columns(rows.sessions))
            await connection.execute(sql.ADD_BOOKINGS, *columns(rows.bookings))


@dataclass(frozen=True)
class SeriesRows:
    cohort: tuple[Any, ...]
    staff: list[tuple[Any, ...]]
    sessions: list[tuple[Any, ...]]
    bookings: list[tuple[Any, ...]]


def rows_of(
    request: CohortRequest, version: StoredVersion, programme_id: UUID, now: datetime
) -> SeriesRows:
    plan = plan_series(
        version.rules,
        first_day=request.first_day,
        slots=request.slots,
        closures=ClosedDays(()),
        setting=request.setting,
    )
    days = [london_date(one.starts_at) for one in plan.sessions]
    of, ids = new_id(now), {one.number: new_id(now) for one in plan.sessions}
    who = tuple(str(one) for one in request.setting.facilitator_ids)
    common = (programme_id, version.id, request.room_id, request.capacity, request.sex)
    return SeriesRows(
        (of, *common, days[0], days[-1], [], now),
        [(new_id(now), of, one, london_date(now)) for one in request.facilitator_ids],
        [
            (
                *(ids[s.number], of, s.number, str(s.module), s.kind),
                *(s.starts_at, s.ends_at, request.room_id, who),
            )
            for s in plan.sessions
        ],
        [
            (new_id(now), ids[w.number], of, w.kind, w.what, w.starts_at, w.ends_at)
            for w in wanted_times(plan.sessions, request.setting)
        ],
    )


def columns(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
