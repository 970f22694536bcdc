"""The way to the database: one transaction a request, on the connection of one side."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import asyncpg
import msgspec
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString
from piccolo.table import Table

T = TypeVar("T")
Row = Mapping[str, Any]
ROWS_AT_ONCE = 5_000


class Side(StrEnum):
    """The two halves that never share a database, a login or a backup."""

    WORK = "work"
    SURVIVOR = "survivor"


@dataclass(frozen=True)
class OpenTransaction:
    """A connection inside a transaction, and which side's database it is in."""

    side: Side
    connection: Any


_open: ContextVar[OpenTransaction | None] = ContextVar("open_transaction", default=None)


class NoTransaction(RuntimeError):
    """A query was made outside a transaction, or in the other side's: a fault of ours."""


@asynccontextmanager
async def using(side: Side, connection: Any) -> AsyncIterator[None]:
    """Queries inside the block go to this connection; its transaction is the caller's."""
    token = _open.set(OpenTransaction(side, connection))
    try:
        yield
    finally:
        _open.reset(token)


def open_connection(side: Side | None = None) -> Any:
    """The connection of the open transaction. Raises NoTransaction if it is another side's."""
    current = _open.get()
    if current is None:
        raise NoTransaction("No transaction is open.")
    if side is not None and current.side is not side:
        raise NoTransaction(f"The open transaction is in the {current.side} database.")
    return current.connection


class _OpenAlready:
    """Stands where Piccolo opens a transaction: ours is open already."""

    async def __aenter__(self) -> "_OpenAlready":
        open_connection()
        return self

    async def __aexit__(self, *exception: object) -> None:
        return None


class RoutedEngine(PostgresEngine):
    """Sends Piccolo's queries to the open transaction, and fails where there is none.

    A table bound to one side's engine cannot be used in the other side's transaction.
    """

    def __init__(self, side: Side | None) -> None:
        self.side = side
        super().__init__(config={})

    async def check_version(self) -> None:
        return None

    async def prep_database(self) -> None:
        return None

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        sql, arguments = querystring.compile_string()
        return await open_connection(self.side).fetch(sql, *arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        return await open_connection(self.side).fetch(ddl)

    def transaction(self, allow_nested: bool = True) -> Any:
        return _OpenAlready()


WORK = RoutedEngine(Side.WORK)
SURVIVOR = RoutedEngine(Side.SURVIVOR)
EITHER = RoutedEngine(None)


async def fetch(sql: str, *arguments: Any) -> Sequence[Row]:
    rows: Sequence[Row] = await open_connection().fetch(sql, *arguments)
    return rows


async def fetch_one(sql: str, *arguments: Any) -> Row | None:
    row: Row | None = await open_connection().fetchrow(sql, *arguments)
    return row


async def fetch_value(sql: str, *arguments: Any) -> Any:
    return await open_connection().fetchval(sql, *arguments)


async def fetch_as(kind: type[T], sql: str, *arguments: Any) -> list[T]:
    """The rows as frozen values; columns are matched to fields by name."""
    rows = await open_connection().fetch(sql, *arguments)
    return [msgspec.convert(dict(row), kind) for row in rows]


async def fetch_one_as(kind: type[T], sql: str, *arguments: Any) -> T | None:
    row = await open_connection().fetchrow(sql, *arguments)
    return None if row is None else msgspec.convert(dict(row), kind)


async def execute(sql: str, *arguments: Any) -> int:
    """Runs one statement and says how many rows it touched."""
    status: str = await open_connection().execute(sql, *arguments)
    last = status.rsplit(" ", 1)[-1]
    return int(last) if last.isdigit() else 0


async def execute_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Runs one statement for each of many sets of arguments, in one go."""
    if rows:
        await open_connection().executemany(sql, rows)


async def insert(table: type[Table], **values: Any) -> None:
    """One new row. No RETURNING, so that one may add what one may not read."""
    sql = _insert_sql(table, tuple(values))
    await open_connection(_side_of(table)).execute(sql, *values.values())


async def insert_many(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Many new rows, all with the same columns.

    One statement for thousands of them: row security asks who is writing once a statement.
    """
    if not rows:
        return
    names = tuple(rows[0])
    sql = _insert_many_sql(table, names)
    connection = open_connection(_side_of(table))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        await connection.execute(sql, *([row[name] for row in some] for name in names))


async def insert_as_document(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """As `insert_many`, in a third of our time: for rows that are many, short and without bytes."""
    if rows:
        sql = _insert_as_document_sql(table, tuple(rows[0]))
        await open_connection(_side_of(table)).execute(sql, rows)


@cache
def _insert_as_document_sql(table: type[Table], names: tuple[str, ...]) -> str:
    _refuse_unknown_columns(table, names)
    types = {c._meta.db_column_name: c.column_type for c in table._meta.columns}
    if "BYTEA" in {types[name] for name in names}:
        raise ValueError(f"{table.__name__} holds bytes, which a document cannot.")
    name, columns = table_name(table), ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {name} ({columns}) "
        f"SELECT {columns} FROM jsonb_populate_recordset(NULL::{name}, $1)"
    )


@cache
def _insert_many_sql(table: type[Table], names: tuple[str, ...]) -> str:
    types = {c._meta.db_column_name: c.column_type for c in table._meta.columns}
    _refuse_unknown_columns(table, names)
    columns = ", ".join(f'"{name}"' for name in names)
    arrays = ", ".join(f"${n}::{types[name]}[]" for n, name in enumerate(names, start=1))
    return f"INSERT INTO {table_name(table)} ({columns}) SELECT * FROM unnest({arrays})"


def _side_of(table: type[Table]) -> Side | None:
    engine = table._meta.db
    return engine.side if isinstance(engine, RoutedEngine) else None


def table_name(table: type[Table]) -> str:
    """The table's name as SQL writes it, with its schema."""
    meta = table._meta
    return f'"{meta.schema or "public"}"."{meta.tablename}"'


def _refuse_unknown_columns(table: type[Table], names: tuple[str, ...]) -> None:
    known = {column._meta.db_column_name for column in table._meta.columns}
    unknown = set(names) - known
    if unknown:
        raise ValueError(f"{table.__name__} has no column {', '.join(sorted(unknown))}")


@cache
def _insert_sql(table: type[Table], names: tuple[str, ...]) -> str:
    _refuse_unknown_columns(table, names)
    columns = ", ".join(f'"{name}"' for name in names)
    places = ", ".join(f"${number}" for number in range(1, len(names) + 1))
    return f"INSERT INTO {table_name(table)} ({columns}) VALUES ({places})"


async def connect_pool(address: str, *, size: int) -> Any:
    """A pool for one login; values of type jsonb travel as Python values.

    What a transaction sets ends with it, so that nothing is left to reset between two of them.
    """
    return await asyncpg.create_pool(
        address,
        min_size=0,
        max_size=size,
        init=set_up_connection,
        reset=_as_it_is,
        command_timeout=60,
    )


async def _as_it_is(connection: Any) -> None:
    """Takes the place of asyncpg's own reset, a round trip after every request."""


async def set_up_connection(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
    )


async def close_pool(pool: Any) -> None:
    """Closes within five seconds, by force where a query hangs."""
    try:
        await asyncio.wait_for(pool.close(), timeout=5)
    except TimeoutError:
        pool.terminate()
