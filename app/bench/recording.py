"""The reports' own statements, recorded once and replayed without the service."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from app.bench.house import House
from app.bench.limits import entered
from outcomes.reports.breach_stage_queries import breaches_by_programme_stage
from outcomes.reports.figures import Period
from outcomes.reports.management import management_report
from programmes.common.clock import london_date
from programmes.common.db import Side, open_connection, using
from programmes.common.staff import Actor
from programmes.orders.clock_figure_queries import clock_figures
from programmes.orders.figure_queries import order_figures, order_totals


class Recorder:
    """Stands where the connection stands, and keeps what it was asked."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    async def fetch(self, sql: str, *arguments: Any) -> Any:
        self.asked.append((sql, arguments))
        return await self._connection.fetch(sql, *arguments)

    async def fetchrow(self, sql: str, *arguments: Any) -> Any:
        rows = await self.fetch(sql, *arguments)
        return rows[0] if rows else None


async def replayed(
    house: House, account_id: UUID, work: Callable[[Actor], Awaitable[object]]
) -> Callable[[], Awaitable[bytes]]:
    """What this work asks of the database, as this account, sent bare."""
    token = await house.token(account_id)
    async with house.acting(account_id) as actor:
        recorder = Recorder(open_connection())
        async with using(Side.WORK, recorder):
            await work(actor)

    async def replay() -> bytes:
        async with entered(house.limit, token):
            answers = [await house.limit.fetch(sql, *given) for sql, given in recorder.asked]
        return msgspec.json.encode([[dict(row) for row in rows] for rows in answers])

    return replay


async def report_of(actor: Actor, year: int) -> None:
    await management_report(Period(date(year, 1, 1), date(year + 1, 1, 1)), actor=actor)


async def orders_of(actor: Actor, year: int, now: datetime) -> None:
    since, until = date(year, 1, 1), date(year + 1, 1, 1)
    await order_totals(actor, since=since, until=until)
    await order_figures(actor, since=since, until=until, today=london_date(now))
    await clock_figures(actor, since=since, until=until, now=now)
    await breaches_by_programme_stage(actor, since=since, until=until)
