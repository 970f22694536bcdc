"""COPY into the embedded server: past triggers, and with indexes set aside until the end."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import asyncpg

from app.embedded import Address
from programmes.common.db import Side, set_up_connection

_LINES_AT_ONCE = 2_000


@dataclass(frozen=True)
class Filled:
    """One table, which of its columns are filled, and the lines to fill it with."""

    table: str
    columns: str
    lines: Iterable[str]


@asynccontextmanager
async def as_superuser(server: Address, side: Side) -> AsyncIterator[Any]:
    """COPY into a table that forces row security is refused to everybody else."""
    address = server.dsn(server.superuser, server.superuser_password, str(side))
    connection = await asyncpg.connect(address, command_timeout=None)
    try:
        await set_up_connection(connection)
        yield connection
    finally:
        await connection.close()


async def copy_in(connection: Any, tables: Iterable[Filled]) -> None:
    """All or nothing. Neither audit nor foreign keys are asked: the rows are consistent as made."""
    tables = tuple(tables)
    async with connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
        definitions = await _set_indexes_aside(connection, [one.table for one in tables])
        for one in tables:
            await _copy(connection, one)
        for definition in definitions:
            await connection.execute(definition)
    for one in tables:
        await connection.execute(f"VACUUM (ANALYZE) {one.table}")


async def _set_indexes_aside(connection: Any, tables: list[str]) -> list[str]:
    """Drops every index that carries no constraint; answers how to make them again."""
    rows = await connection.fetch(
        """
        SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made
        FROM pg_index i
        WHERE i.indrelid = ANY ($1::text[]::regclass[])
          AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        """,
        tables,
    )
    for row in rows:
        await connection.execute(f"DROP INDEX {row['name']}")
    return [row["made"] for row in rows]


async def _copy(connection: Any, one: Filled) -> None:
    schema, _, name = one.table.rpartition(".")
    await connection.copy_to_table(
        name,
        schema_name=schema or "public",
        columns=one.columns.split(),
        source=_in_pieces(one.lines),
        timeout=None,
    )


async def _in_pieces(lines: Iterable[str]) -> AsyncIterator[bytes]:
    remaining: Iterator[str] = iter(lines)
    while piece := list(islice(remaining, _LINES_AT_ONCE)):
        yield ("\n".join(piece) + "\n").encode()
