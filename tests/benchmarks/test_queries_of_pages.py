"""How many statements a page sends: no more for twenty-five rows than for five."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from app.bench.copying import as_superuser
from app.bench.house import House
from app.bench.sizes import Size, id_of
from programmes.common import db
from programmes.common.db import Side

OFFICERS_PAGES = ("/", "/caseload", "/people", "/referrals", "/clocks", "/orders", "/breaches")
MANAGERS_PAGES = (
    "/",
    "/people",
    "/referrals",
    "/waiting-list/caring-dads",
    "/cohorts",
    "/clocks",
    "/breaches",
)
MOST = 20
"""Statements of the fullest page, the manager's home, which asks for each kind of task once."""
_NEWCOMER = UUID(int=0x0190_0000_FFFF_7000_8000_0000_0000_0001)


class Counting:
    """Stands where the connection stands."""

    def __init__(self, connection: Any, sent: list[str]) -> None:
        self._connection = connection
        self._sent = sent

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._connection, name)
        if name not in ("fetch", "fetchrow", "fetchval", "execute", "executemany"):
            return found

        def ask(sql: str, *given: Any, **more: Any) -> Any:
            self._sent.append(" ".join(sql.split())[:90])
            return found(sql, *given, **more)

        return ask


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    sent: list[str] = []
    real = db.open_connection
    with monkeypatch.context() as patch:
        patch.setattr(db, "open_connection", lambda side=None: Counting(real(side), sent))
        yield sent


@pytest.fixture
async def newcomer(house: House) -> AsyncIterator[UUID]:
    """An officer who is given five people, then twenty more."""
    async with as_superuser(house.server, Side.WORK) as connection:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(
            "INSERT INTO auth.account (id, email, name, role, is_active, created_at, version) "
            "VALUES ($1, 'newcomer@bench.invalid', 'Newcomer', 'probation', true, now(), 1) "
            "ON CONFLICT DO NOTHING",
            _NEWCOMER,
        )
        yield _NEWCOMER
        await connection.execute("DELETE FROM assignment WHERE account_id = $1", _NEWCOMER)


async def _give(house: House, account_id: UUID, numbers: range) -> None:
    """People who are in groups now, with orders and breaches."""
    last = Size.LEEDS.places
    async with as_superuser(house.server, Side.WORK) as connection:
        await connection.execute("SET session_replication_role = replica")
        await connection.executemany(
            "INSERT INTO assignment (id, person_id, account_id, from_on) "
            "VALUES (gen_random_uuid(), $1, $2, '2020-01-01')",
            [(id_of("person", last - 1 - number), account_id) for number in numbers],
        )


@pytest.mark.parametrize("path", OFFICERS_PAGES)
async def test_a_page_of_many_asks_no_more_than_a_page_of_few(
    house: House, newcomer: UUID, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    await _give(house, newcomer, range(5))
    few = await _statements(house, newcomer, path, monkeypatch)
    await _give(house, newcomer, range(5, 25))
    many = await _statements(house, newcomer, path, monkeypatch)
    assert len(many) <= len(few), [one for one in many if many.count(one) > few.count(one)]
    assert len(many) <= MOST, many


@pytest.mark.parametrize("path", MANAGERS_PAGES)
async def test_a_managers_page_over_the_whole_service_asks_little(
    house: House, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Three hundred groups, three thousand people: a question for each would be plain to see."""
    sent = await _statements(house, await house.manager(), path, monkeypatch)
    assert len(sent) <= MOST, sent


async def test_a_register_of_twelve_asks_little(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = id_of("facilitator", 0)
    async with house.acting(who):
        session = await db.fetch_value(
            "SELECT session_id FROM register WHERE signed_off_at IS NULL ORDER BY id LIMIT 1"
        )
    sent = await _statements(house, who, f"/sessions/{session}/register", monkeypatch)
    assert len(sent) <= MOST, sent


async def _statements(
    house: House, account_id: UUID, path: str, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    first = await house.request(account_id, path)  # what is read once for good is read by now
    assert first.status == 200, (path, first.status)
    with counted(monkeypatch) as sent:
        await house.request(account_id, path)
    return list(sent)
