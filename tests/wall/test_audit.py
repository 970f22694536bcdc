"""The audit: one entry for each written row, none for what was undone, and no place to tamper."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from programmes.common.audit import name_act
from programmes.common.db import Side, execute, fetch_value
from tests.cast import Company
from tests.order_cases import a_dvpo, a_person, entered, typed
from tests.wall.worlds import Worlds

WRITTEN = "operation IN ('insert', 'update')"
LAST = "(SELECT max(position) FROM audit.link)"
RENEWED = """
UPDATE audit.link l SET hash = audit.digest(e, (SELECT p.hash FROM audit.link p
    WHERE p.position = l.position - 1))
FROM audit.entry e WHERE e.id = l.entry_id AND l.position = $1
"""
TAMPERING = {
    "changed": ("UPDATE audit.entry SET act = 'nothing' WHERE id = $1",),
    "changed reason": ("UPDATE audit.entry SET reason = 'another' WHERE id = $1",),
    "changed instant": ("UPDATE audit.entry SET at = at + interval '1 second' WHERE id = $1",),
    "removed": ("DELETE FROM audit.entry WHERE id = $1",),
    "removed with its place": (
        "DELETE FROM audit.link WHERE entry_id = $1",
        "DELETE FROM audit.entry WHERE id = $1",
    ),
    "place removed": ("DELETE FROM audit.link WHERE entry_id = $1",),
    "hash changed": ("UPDATE audit.link SET hash = sha256('x') WHERE entry_id = $1",),
}


@asynccontextmanager
async def _tampering(worlds: Worlds) -> AsyncIterator[Any]:
    """The server's own superuser, with triggers off; everything is undone at the end."""
    connection = await worlds.plain.superuser(Side.WORK)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute("SET LOCAL session_replication_role = replica")
        yield connection
    finally:
        await transaction.rollback()
        await connection.close()


async def _faults(connection: Any) -> list[Any]:
    return [tuple(row) for row in await connection.fetch("SELECT * FROM audit.faults()")]


async def _in_the_middle(connection: Any) -> tuple[Any, int]:
    row = await connection.fetchrow(
        f"SELECT entry_id, position FROM audit.link WHERE position = {LAST} / 2"
    )
    return row["entry_id"], row["position"]


async def test_an_untouched_chain_has_no_faults(worlds: Worlds) -> None:
    async with _tampering(worlds) as connection:
        assert await connection.fetchval(f"SELECT {LAST}") > 1_000
        assert await _faults(connection) == []


@pytest.mark.parametrize("how", TAMPERING)
async def test_a_tampered_entry_is_found(worlds: Worlds, how: str) -> None:
    async with _tampering(worlds) as connection:
        entry_id, _ = await _in_the_middle(connection)
        for sql in TAMPERING[how]:
            await connection.execute(sql, entry_id)
        assert await _faults(connection)


async def test_an_entry_inserted_and_two_that_changed_places_are_found(worlds: Worlds) -> None:
    async with _tampering(worlds) as connection:
        await connection.execute(
            "INSERT INTO audit.entry (id, at, act, operation, resource) "
            "VALUES (gen_random_uuid(), now(), 'forged', 'read', 'person')"
        )
        assert await _faults(connection)
    async with _tampering(worlds) as connection:
        _, position = await _in_the_middle(connection)
        swap = "UPDATE audit.link SET position = $2 WHERE position = $1"
        for before, after in ((position, -1), (position + 1, position), (-1, position + 1)):
            await connection.execute(swap, before, after)
        assert await _faults(connection)


async def test_an_entry_hashed_anew_breaks_the_one_after_it(worlds: Worlds) -> None:
    async with _tampering(worlds) as connection:
        entry_id, position = await _in_the_middle(connection)
        await connection.execute("UPDATE audit.entry SET act = 'x' WHERE id = $1", entry_id)
        await connection.execute(RENEWED, position)
        assert [fault[0] for fault in await _faults(connection)] == [position + 1]


async def _count(company: Company, condition: str, *arguments: Any) -> int:
    async with company.owner(Side.WORK) as owner:
        counted = await owner.fetchval(
            f"SELECT count(*) FROM audit.entry WHERE {condition}", *arguments
        )
    return int(counted)


async def test_each_row_that_a_command_writes_has_exactly_one_entry(company: Company) -> None:
    person_id = await a_person(company)
    order_id = await entered(company, a_dvpo(person_id, company))
    async with company.owner(Side.WORK) as owner:
        for table in ("person", "assignment", "protective_order", "order_condition"):
            column = "id" if table == "person" else "person_id"
            written = await owner.fetch(f"SELECT id FROM {table} WHERE {column} = $1", person_id)
            assert written, table
            for (row_id,) in written:
                condition = f"{WRITTEN} AND resource = $1 AND row_id = $2"
                assert await _count(company, condition, table, str(row_id)) == 1, table
    assert await _count(company, f"{WRITTEN} AND row_id = $1", str(order_id)) == 1


async def test_opening_a_record_and_its_wording_is_noted(company: Company) -> None:
    person_id = await a_person(company)
    order_id = await entered(company, a_dvpo(person_id, company))
    async with await company.as_("iom") as browser:
        assert (await browser.get(f"/people/{person_id}")).status_code == 200
        shown = await browser.get(f"/orders/{order_id}/wording")
        assert shown.status_code == 200, shown.text
    assert await _count(company, "operation = 'read' AND person_id = $1", person_id) >= 2


async def test_a_refusal_is_noted_and_leaves_no_row(company: Company) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    path = f"/orders/{order_id}/breaches/new"
    async with await company.as_("iom") as browser:
        form = await browser.get(path)
        refused = await browser.post(path, data=typed(form.text, condition="not-said"))
        assert refused.status_code == 422
    assert await _count(company, "operation = 'refuse' AND row_id = $1", path) == 1
    async with company.owner(Side.WORK) as owner:
        assert not await owner.fetchval("SELECT 1 FROM breach WHERE order_id = $1", order_id)


async def test_what_is_rolled_back_leaves_neither_row_nor_entry(company: Company) -> None:
    before = await _count(company, "act = 'undone'")

    async def spoilt() -> None:
        async with company.acting("manager"):
            await name_act("undone")
            await execute("UPDATE person SET first_name = first_name || '' WHERE true")
            await execute("UPDATE person SET sex = 'nonsense'")

    with pytest.raises(asyncpg.CheckViolationError):
        await spoilt()
    assert await _count(company, "act = 'undone'") == before


async def test_a_write_without_a_named_act_is_refused_by_the_database(company: Company) -> None:
    await a_person(company)
    with pytest.raises(asyncpg.RaiseError, match="must name its act"):
        async with company.acting("manager"):
            await execute("UPDATE person SET first_name = first_name || ''")


async def test_a_long_open_transaction_holds_nobody_up(company: Company) -> None:
    """An import with thousands of entries stays open; another commits meanwhile."""
    person_id, other_id = await a_person(company), await a_person(company)
    change = "UPDATE person SET postcode_district = 'LS1' WHERE id = $1"
    async with company.acting("manager"):
        await name_act("long-import")
        assert await execute(change, person_id) == 1

        async def meanwhile() -> Any:
            async with company.acting("manager.two@waymark.example"):
                await name_act("quick-change")
                await execute(change, other_id)
                return await fetch_value("SELECT 1")

        assert await asyncio.wait_for(asyncio.create_task(meanwhile()), timeout=5) == 1
        entries = await _count(company, "act = 'quick-change' AND row_id = $1", str(other_id))
        assert entries == 1
        assert await _count(company, "act = 'long-import' AND row_id = $1", str(person_id)) == 0
    assert await _count(company, "act = 'long-import' AND row_id = $1", str(person_id)) == 1
