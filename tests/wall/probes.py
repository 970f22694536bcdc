"""What everybody can read and write, table by table, as one value that a changed guard changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

Answers = dict[tuple[str, str, str], Any]
SAMPLES = 4


@dataclass(frozen=True)
class Table:
    """`mutable` are columns that the login may update; `samples` are rows as SQL text.

    `is_made_up`: the samples are not there until somebody adds them.
    """

    name: str
    mutable: tuple[str, ...]
    samples: tuple[str, ...]
    is_made_up: bool = False


async def known_tables(superuser: Any, login: str) -> list[Table]:
    rows = await superuser.fetch(
        "SELECT c.oid::regclass::text AS name, array_agg(a.attname::text) FILTER "
        "(WHERE has_column_privilege($1, c.oid, a.attnum, 'UPDATE')) AS mutable "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth', 'audit') "
        "AND c.relname <> 'migration' GROUP BY c.oid ORDER BY 1",
        login,
    )
    return [
        Table(row["name"], tuple(row["mutable"] or ()), await _samples(superuser, row["name"]))
        for row in rows
    ]


async def _samples(superuser: Any, table: str) -> tuple[str, ...]:
    """A few rows spread over the table, so that some are one's own and some are not."""
    rows = await superuser.fetch(
        f"SELECT quote_literal(t::text) AS row, row_number() OVER (ORDER BY t.id) AS n, "
        f"count(*) OVER () AS total FROM {table} t"
    )
    step = max(1, len(rows) // SAMPLES)
    return tuple(row["row"] for row in rows[::step])


async def probe(
    connection: Any, tables: Sequence[Table], keys: Mapping[str, str], *, login: str
) -> Answers:
    """Everybody's answers. The connection is a superuser's, inside a transaction."""
    found: Answers = {}
    for who, key in keys.items():
        await connection.execute(f"SET LOCAL ROLE {login}")
        await connection.execute("SELECT set_config('waymark.sign_in', $1, true)", key)
        await connection.execute("SELECT set_config('waymark.act', 'probe', true)")
        for table in tables:
            found |= await _of_one(connection, table, who)
        await connection.execute("RESET ROLE")
    return found


async def _of_one(connection: Any, table: Table, who: str) -> Answers:
    seen = await _value(
        connection,
        f"SELECT count(*) || ' ' || coalesce(sum(hashtextextended(id::text, 1)), 0) "
        f"FROM {table.name}",
    )
    found: Answers = {(table.name, who, "read"): seen}
    for number, sample in enumerate(table.samples):
        adding = f"INSERT INTO {table.name} SELECT (r).* FROM (SELECT {sample}::{table.name} r) x"
        found[table.name, who, f"add {number}"] = await _value(connection, adding)
    for column in table.mutable:
        changing = f'UPDATE {table.name} SET "{column}" = DEFAULT'
        counting = f"{changing} WHERE false"
        found[table.name, who, f"may change {column}"] = await _value(connection, counting)
    if table.mutable:
        same = f'UPDATE {table.name} SET "{table.mutable[0]}" = "{table.mutable[0]}"'
        found[table.name, who, "changed"] = await _touched(connection, same)
        # Without reading a column: the policy of changing stands alone, where that of reading
        # would otherwise hold it up.
        blind = f'UPDATE {table.name} SET "{table.mutable[0]}" = NULL'
        found[table.name, who, "changed unread"] = await _touched(connection, blind)
    for taking in (f"DELETE FROM {table.name}", f"UPDATE {table.name} SET id = id"):
        found[table.name, who, taking[:6]] = await _touched(connection, taking)
    return found


async def _value(connection: Any, sql: str) -> Any:
    return await _kept_apart(connection, sql, connection.fetchval)


async def _touched(connection: Any, sql: str) -> Any:
    return await _kept_apart(connection, sql, connection.execute)


async def _kept_apart(connection: Any, sql: str, run: Any) -> Any:
    """The answer, or the kind of refusal; whatever it did is undone."""
    savepoint = connection.transaction()
    await savepoint.start()
    try:
        return await run(sql)
    except asyncpg.PostgresError as error:
        return f"refused {error.sqlstate}"
    finally:
        await savepoint.rollback()
