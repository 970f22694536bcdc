"""Every policy, grant, trigger and function of the wall is noticed when it goes."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from programmes.common.db import Side
from tests.wall.mutants import Mutant, mutants
from tests.wall.probes import Answers, Table, known_tables, probe
from tests.wall.worlds import PROGRAMME_SIDE, World, Worlds

LOGIN = "work_web"
A_FEW = 15
CATALOGUE = """
SELECT c.oid::regclass::text AS name, c.relrowsecurity, c.relforcerowsecurity,
       (SELECT array_agg(t.tgname::text ORDER BY 1) FROM pg_trigger t
        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS triggers
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth', 'audit') ORDER BY 1
"""


@asynccontextmanager
async def _undone(world: World, sql: str = "") -> AsyncIterator[Any]:
    """A superuser's transaction in which one guard is gone; nothing of it stays."""
    connection = await world.superuser(Side.WORK)
    transaction = connection.transaction()
    await transaction.start()
    try:
        if sql:
            await connection.execute(sql)
        yield connection
    finally:
        await transaction.rollback()
        await connection.close()


async def _answers(world: World, tables: list[Table], sql: str = "") -> tuple[Answers, Any]:
    keys = {email: (await world.cast.token(email)).key for email in PROGRAMME_SIDE}
    async with _undone(world, sql) as connection:
        catalogue = [tuple(row) for row in await connection.fetch(CATALOGUE)]
        return await probe(connection, tables, {**keys, "nobody": "00"}, login=LOGIN), catalogue


async def _survivors(world: World, chosen: list[Mutant], tables: list[Table]) -> list[str]:
    """The mutants that no probe and no reading of the catalogue noticed."""
    healthy, catalogue = await _answers(world, tables)
    unnoticed = []
    for mutant in chosen:
        looked_at = [one for one in tables if mutant.table in ("", one.name)]
        answers, changed = await _answers(world, looked_at, mutant.sql)
        if changed == catalogue and all(healthy[key] == answers[key] for key in answers):
            unnoticed.append(mutant.name)
    return unnoticed


async def _all(world: World) -> tuple[list[Mutant], list[Table]]:
    """Only of tables that hold a row: where there is nothing, nothing can be seen to leak."""
    async with _undone(world) as connection:
        tables = [one for one in await known_tables(connection, LOGIN) if one.samples]
        names = {"", *(one.name for one in tables)}
        every = await mutants(connection, LOGIN)
    return [one for one in every if one.table in names], tables


async def test_a_few_guards_taken_away_are_noticed(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    every, tables = await _all(worlds.plain)
    chosen = random.Random(worlds.clock.now().toordinal()).sample(every, A_FEW)
    assert await _survivors(worlds.plain, chosen, tables) == []
    record_property(f"guards taken away, of {len(every)}", len(chosen))


@pytest.mark.deep
async def test_every_guard_taken_away_is_noticed(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    every, tables = await _all(worlds.plain)
    assert len(every) >= 100
    assert await _survivors(worlds.plain, every, tables) == []
    record_property("guards taken away, long form", len(every))


async def test_the_probes_answer_alike_twice_and_see_something(worlds: Worlds) -> None:
    """What changes by itself would kill every mutant; what sees nothing would kill none."""
    _, tables = await _all(worlds.plain)
    some = [one for one in tables if one.name in ("person", "breach", "exclusion", "audit.entry")]
    first, _ = await _answers(worlds.plain, some)
    assert (await _answers(worlds.plain, some))[0] == first
    people = {who: first["person", who, "read"] for who in (*PROGRAMME_SIDE, "nobody")}
    assert people["nobody"] == "0 0"
    assert len(set(people.values())) >= 5
