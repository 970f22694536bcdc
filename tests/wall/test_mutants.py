"""Every policy, grant, trigger and function of the wall is noticed when it goes."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from programmes.common.db import Side
from tests.wall.filled import NO_TRIGGERS, filled, known, without_checks
from tests.wall.mutants import Mutant, mutants
from tests.wall.probes import Answers, Table, known_tables, probe
from tests.wall.worlds import PROGRAMME_SIDE, World, Worlds

LOGIN = "work_web"
A_FEW, PARTS = 15, 2
OPERATOR_KEY = "0b" * 32
"""Some things only the command line does: a guard of those shows by what the operator can do."""
_OPERATOR = """
INSERT INTO auth.sign_in (id, account_id, token_hash, started_at, last_seen_at, expires_at)
SELECT gen_random_uuid(), id, sha256($1), now(), now(), now() + interval '1 hour'
FROM auth.account WHERE role = 'operator'
"""
_KEPT_OUT = """
INSERT INTO exclusion (id, person_id, account_id, reason, from_on)
SELECT gen_random_uuid(), person_id, a.id, 'knows', current_date
FROM unnest($1::uuid[]) AS person_id, auth.account a WHERE a.role = 'auditor'
"""
"""Whoever the first row of a table that is looked at is about is hidden from an auditor."""
NOT_FILLED: set[str] = set()
_ABOUT_SOMEBODY = """
SELECT 'person', 'id'
UNION ALL SELECT c.oid::regclass::text, a.attname::text
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'person_id'
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
"""
CATALOGUE = """
SELECT c.oid::regclass::text AS name, c.relrowsecurity, c.relforcerowsecurity,
       (SELECT array_agg(t.tgname::text ORDER BY 1) FROM pg_trigger t
        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS triggers
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth', 'audit') ORDER BY 1
"""


@asynccontextmanager
async def _superuser(world: World) -> AsyncIterator[Any]:
    connection = await world.superuser(Side.WORK)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _undone(connection: Any, sql: str = "") -> AsyncIterator[None]:
    """A superuser's transaction in which one guard is gone; nothing of it stays."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        if sql:
            await connection.execute(sql)
        yield
    finally:
        await transaction.rollback()


async def _keys(world: World) -> dict[str, str]:
    keys = {email: (await world.cast.token(email)).key for email in PROGRAMME_SIDE}
    return keys | {"operator": OPERATOR_KEY, "nobody": "00"}


async def _answers(
    connection: Any,
    keys: dict[str, str],
    tables: list[Table],
    hidden: list[UUID],
    sql: str = "",
) -> tuple[Answers, Any]:
    async with _undone(connection, sql):
        await _fill(connection, tables)
        catalogue = [tuple(row) for row in await connection.fetch(CATALOGUE)]
        await connection.execute(_OPERATOR, bytes.fromhex(OPERATOR_KEY))
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute(_KEPT_OUT, hidden)
        await connection.execute("SET LOCAL session_replication_role = origin")
        return await probe(connection, tables, keys, login=LOGIN), catalogue


async def _first_people(connection: Any, tables: list[Table]) -> list[UUID]:
    """Ids of one moment sort at random: the first row of one table is of another person than that
    of the next."""
    async with _undone(connection):
        await _fill(connection, tables)
        first = [
            await connection.fetchval(f"SELECT {column} FROM {name} ORDER BY id LIMIT 1")
            for name, column in await connection.fetch(_ABOUT_SOMEBODY)
        ]
    return list({one for one in first if one is not None})


async def _survivors(world: World, chosen: list[Mutant], tables: list[Table]) -> list[str]:
    """The mutants that no probe and no reading of the catalogue noticed."""
    names, keys = {one.table for one in chosen}, await _keys(world)
    tables = [one for one in tables if "" in names or one.name in names]
    unnoticed = []
    async with _superuser(world) as connection:
        hidden = await _first_people(connection, tables)
        healthy, catalogue = await _answers(connection, keys, tables, hidden)
        for mutant in chosen:
            looked_at = [one for one in tables if mutant.table in ("", one.name)]
            answers, changed = await _answers(connection, keys, looked_at, hidden, mutant.sql)
            if changed == catalogue and all(healthy[key] == answers[key] for key in answers):
                unnoticed.append(mutant.name)
    return unnoticed


async def _fill(connection: Any, tables: list[Table]) -> None:
    await connection.execute(NO_TRIGGERS)
    for table in (one for one in tables if one.is_made_up):
        await without_checks(connection, table.name)
        for row in table.samples:
            await connection.execute(
                f"INSERT INTO {table.name} SELECT (r).* FROM (SELECT {row}::{table.name} r) x"
            )
    await connection.execute("SET LOCAL session_replication_role = origin")


async def _all(world: World) -> tuple[list[Mutant], list[Table]]:
    """Tables that the world leaves empty are filled: where there is nothing, nothing can leak."""
    async with _superuser(world) as connection, _undone(connection):
        tables = await known_tables(connection, LOGIN)
        every = await mutants(connection, LOGIN)
        whose = await known(connection)
        await connection.execute(NO_TRIGGERS)
        for number, one in enumerate(tables):
            if not one.samples:
                rows = await filled(connection, one.name, whose)
                tables[number] = replace(one, samples=rows, is_made_up=True)
    names = {"", *(one.name for one in tables if one.samples)}
    return [one for one in every if one.table in names], [one for one in tables if one.samples]


async def test_a_few_guards_taken_away_are_noticed(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    """The same few in every run; those of functions, which show anywhere, in the long form."""
    every, tables = await _all(worlds.plain)
    chosen = random.Random(7).sample([one for one in every if one.table], A_FEW)
    assert await _survivors(worlds.plain, chosen, tables) == []
    record_property(f"guards taken away, of {len(every)}", len(chosen))


@pytest.mark.deep
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_guard_taken_away_is_noticed(
    worlds: Worlds, record_property: Callable[[str, object], None], part: int
) -> None:
    """In parts, so that none takes over twenty minutes; together they are all there are."""
    every, tables = await _all(worlds.plain)
    assert len(every) >= 100
    chosen = every[part::PARTS]
    record_property("guards taken away", len(chosen))
    unnoticed = await _survivors(worlds.plain, chosen, tables)
    assert not unnoticed, "\n".join(unnoticed)


async def test_next_to_every_table_has_rows_to_guard(worlds: Worlds) -> None:
    """But those whose rows nobody can make up; they are named here, and no more may join them."""
    async with _superuser(worlds.plain) as connection:
        named = {one.name for one in await known_tables(connection, LOGIN)}
    _, tables = await _all(worlds.plain)
    assert named - {one.name for one in tables} == NOT_FILLED


async def test_the_probes_answer_alike_twice_and_see_something(worlds: Worlds) -> None:
    """What changes by itself would kill every mutant; what sees nothing would kill none."""
    _, tables = await _all(worlds.plain)
    some = [one for one in tables if one.name in ("person", "breach", "exclusion", "audit.entry")]
    keys = await _keys(worlds.plain)
    async with _superuser(worlds.plain) as connection:
        first, _ = await _answers(connection, keys, some, [])
        assert (await _answers(connection, keys, some, []))[0] == first
    people = {who: first["person", who, "read"] for who in (*PROGRAMME_SIDE, "nobody")}
    assert people["nobody"] == "0 0"
    assert len(set(people.values())) >= 5
