"""What everybody can read and write, table by table, as one value that a changed guard changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


_IN_THE_DATABASE = """
CREATE SCHEMA probing;
GRANT USAGE ON SCHEMA probing TO {login};
CREATE FUNCTION probing.answers(asked text[]) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    answers text[] := '{{}}';
    one text;
    answer text;
    touched bigint;
BEGIN
    FOREACH one IN ARRAY asked LOOP
        BEGIN
            IF one LIKE 'SELECT%' THEN
                EXECUTE one INTO answer;
            ELSE
                EXECUTE one;
                GET DIAGNOSTICS touched = ROW_COUNT;
                answer := touched;
            END IF;
            RAISE SQLSTATE 'UNDO1';
        EXCEPTION
            WHEN SQLSTATE 'UNDO1' THEN answers := array_append(answers, answer);
            WHEN OTHERS THEN answers := array_append(answers, 'refused ' || SQLSTATE);
        END;
    END LOOP;
    RETURN answers;
END $$
"""
"""Each statement by itself, with the caller's rights: its answer or the kind of refusal. Whatever
it did is undone. Asked from here, each would be three round trips, and there are a million."""


async def probe(
    connection: Any, tables: Sequence[Table], keys: Mapping[str, str], *, login: str
) -> Answers:
    """Everybody's answers. The connection is a superuser's, inside a transaction."""
    await connection.execute(_IN_THE_DATABASE.format(login=login))
    asked = {(one.name, what): sql for one in tables for what, sql in _about(one)}
    found: Answers = {}
    for who, key in keys.items():
        await connection.execute(f"SET LOCAL ROLE {login}")
        await connection.execute("SELECT set_config('waymark.sign_in', $1, true)", key)
        await connection.execute("SELECT set_config('waymark.act', 'probe', true)")
        said = await connection.fetchval("SELECT probing.answers($1)", list(asked.values()))
        for (table, what), answer in zip(asked, said, strict=True):
            found[table, who, what] = answer
        await connection.execute("RESET ROLE")
    return found


def _about(table: Table) -> Iterator[tuple[str, str]]:
    yield (
        "read",
        f"SELECT count(*) || ' ' || coalesce(sum(hashtextextended(id::text, 1)), 0) "
        f"FROM {table.name}",
    )
    for number, row in enumerate(table.samples):
        if table.name == "person":
            yield f"asked about {number}", f"SELECT auth.audited_person(({row}::person).reference)"
        yield (
            f"add {number}",
            f"INSERT INTO {table.name} SELECT (r).* FROM (SELECT {row}::{table.name} r) x",
        )
    for column in table.mutable:
        yield f"may change {column}", f'UPDATE {table.name} SET "{column}" = DEFAULT WHERE false'
    if table.mutable:
        first = table.mutable[0]
        yield "changed", f'UPDATE {table.name} SET "{first}" = "{first}"'
        # Without reading a column: the policy of changing stands alone, where that of reading
        # would otherwise hold it up.
        yield "changed unread", f'UPDATE {table.name} SET "{first}" = NULL'
    yield "taken", f"DELETE FROM {table.name}"
    yield "renamed", f"UPDATE {table.name} SET id = id"
