"""The management report's own statements, recorded once and replayed without the service."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from app.bench.house import House
from app.bench.limits import entered
from outcomes.reports.figures import Period
from outcomes.reports.management import management_report
from programmes.common.db import Side, open_connection, using


class Recorder:
    """Stands where the connection stands, and keeps what it was asked."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    async def fetch(self, sql: str, *arguments: Any) -> Any:
        self.asked.append((sql, arguments))
        return await self._connection.fetch(sql, *arguments)


async def replayed_report(
    house: House, account_id: UUID, year: int
) -> Callable[[], Awaitable[bytes]]:
    token = await house.token(account_id)
    async with house.acting(account_id) as actor:
        recorder = Recorder(open_connection())
        async with using(Side.WORK, recorder):
            await management_report(Period(date(year, 1, 1), date(year + 1, 1, 1)), actor=actor)

    async def replay() -> bytes:
        async with entered(house.limit, token):
            answers = [await house.limit.fetch(sql, *given) for sql, given in recorder.asked]
        return msgspec.json.encode([[dict(row) for row in rows] for rows in answers])

    return replay
