"""A thousand ways to spoil the audit with the server's own keys: each is found."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Any

import asyncpg
import pytest

from programmes.common.db import Side
from tests.made_workbooks import sound_book, sound_survivor_book
from tests.own_home import own_home, saved

OF_EACH_KIND = 112
COLUMNS = (
    "act = 'another'",
    "at = at + interval '1 microsecond'",
    "account_id = gen_random_uuid()",
    "role = 'board'",
    "operation = CASE operation WHEN 'read' THEN 'combine' ELSE 'read' END",
    "resource = 'nothing'",
    "row_id = gen_random_uuid()::text",
    "person_id = gen_random_uuid()",
    "reason = coalesce(reason, '') || '.'",
    "columns = array_append(columns, 'x')",
    "detail = '{\"x\": 1}'",
)
Tamper = Callable[[Any, int, Random], Awaitable[None]]


async def _changed(connection: Any, place: int, chance: Random) -> None:
    await connection.execute(
        f"UPDATE audit.entry SET {chance.choice(COLUMNS)} WHERE id = {AT}", place
    )


async def _removed(connection: Any, place: int, chance: Random) -> None:
    await connection.execute(f"DELETE FROM audit.entry WHERE id = {AT}", place)


async def _removed_with_its_place(connection: Any, place: int, chance: Random) -> None:
    await _removed(connection, place, chance)
    await _place_removed(connection, place, chance)


async def _place_removed(connection: Any, place: int, chance: Random) -> None:
    await connection.execute("DELETE FROM audit.link WHERE position = $1", place)


async def _hash_changed(connection: Any, place: int, chance: Random) -> None:
    await connection.execute(
        "UPDATE audit.link SET hash = sha256($2) WHERE position = $1", place, chance.randbytes(8)
    )


async def _inserted(connection: Any, place: int, chance: Random) -> None:
    """A copy of what somebody did, as if they had done it once more."""
    await connection.execute(
        "INSERT INTO audit.entry SELECT gen_random_uuid(), e.at, e.account_id, e.role, e.act, "
        "e.operation, e.resource, e.row_id, e.person_id, e.reason, e.columns, e.detail "
        f"FROM audit.entry e WHERE e.id = {AT}",
        place,
    )


async def _two_places_changed(connection: Any, place: int, chance: Random) -> None:
    swap = "UPDATE audit.link SET position = $2 WHERE position = $1"
    for before, after in ((place, -1), (place + 1, place), (-1, place + 1)):
        await connection.execute(swap, before, after)


async def _hashed_anew(connection: Any, place: int, chance: Random) -> None:
    """One entry changed, and its own hash made to fit."""
    await _changed(connection, place, chance)
    await connection.execute(
        "UPDATE audit.link l SET hash = audit.digest(e, coalesce((SELECT p.hash FROM audit.link p "
        "WHERE p.position = l.position - 1), ''::bytea)) FROM audit.entry e "
        "WHERE e.id = l.entry_id AND l.position = $1",
        place,
    )


async def _cut_off(connection: Any, place: int, chance: Random) -> None:
    """Nothing within the chain tells; the anchor that lies outside does."""
    await connection.execute(
        "DELETE FROM audit.entry e USING audit.link l WHERE l.entry_id = e.id AND l.position > $1",
        place,
    )
    await connection.execute("DELETE FROM audit.link WHERE position > $1", place)


AT = "(SELECT entry_id FROM audit.link WHERE position = $1)"
KINDS: dict[str, Tamper] = {
    "changed": _changed,
    "removed": _removed,
    "removed with its place": _removed_with_its_place,
    "place removed": _place_removed,
    "hash changed": _hash_changed,
    "inserted": _inserted,
    "two places changed": _two_places_changed,
    "hashed anew": _hashed_anew,
    "cut off": _cut_off,
}


async def found(address: str, *, times: int) -> Counter[str]:
    """How many of each kind are noticed, by the chain or by the anchor, of `times` each."""
    counted: Counter[str] = Counter()
    chance = Random(7)
    connection = await asyncpg.connect(address)
    try:
        await connection.execute("SET session_replication_role = replica")
        anchor = await connection.fetchrow(_HEAD)
        assert await connection.fetch("SELECT * FROM audit.faults()") == []
        for kind, tamper in KINDS.items():
            for _ in range(times):
                place = chance.randrange(2, anchor["position"] - 1)
                counted[kind] += await _is_noticed(connection, tamper, place, chance, anchor)
    finally:
        await connection.close()
    return counted


_HEAD = "SELECT position, hash FROM audit.link ORDER BY position DESC LIMIT 1"


async def _is_noticed(
    connection: Any, tamper: Tamper, place: int, chance: Random, anchor: Any
) -> bool:
    """Everything is undone afterwards."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await tamper(connection, place, chance)
        faults = await connection.fetch("SELECT * FROM audit.faults()")
        kept = "SELECT hash FROM audit.link WHERE position = $1"
        return bool(faults) or await connection.fetchval(kept, anchor["position"]) != anchor["hash"]
    finally:
        await transaction.rollback()


@pytest.mark.deep
@pytest.mark.parametrize("side", list(Side))
def test_a_thousand_tamperings_of_nine_kinds_are_found(
    tmp_path: Path, side: Side, record_property: Any
) -> None:
    with own_home(tmp_path / "home") as own:
        book = saved(tmp_path / "book.xlsx", sound_book())
        hers = saved(tmp_path / "hers.xlsx", sound_survivor_book())
        assert own.run("import", book, "--survivors", hers, "--apply").code == 0
        server = own.server
        address = server.dsn(server.superuser, server.superuser_password, str(side))
        counted = asyncio.run(found(address, times=OF_EACH_KIND))
        assert own.run("verify-audit").code == 0
    assert counted == dict.fromkeys(KINDS, OF_EACH_KIND)
    record_property("tamperings found", sum(counted.values()))
