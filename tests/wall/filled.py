"""Rows for the tables that the worlds leave empty, so that every guard has something to guard.

They are made from the catalogue alone and live in transactions that are undone: no page meets them.
"""

from dataclasses import dataclass
from typing import Any

import asyncpg

from programmes.referrals.machine_words import MACHINES

ROWS = 9
_WHOSE = ("person_id", "account_id", "cohort_id", "team_id")
FIRST_MOVES = {machine.history: f"'{machine.first}'" for machine in MACHINES}
"""How a history begins: of another move the trigger says no before any policy is asked."""
NO_TRIGGERS = "SET LOCAL session_replication_role = replica"
"""Nor foreign keys: what hangs together matters to pages, and not to guards."""
_COLUMNS = """
SELECT a.attname::text AS name, format_type(a.atttypid, NULL) AS kind, a.attnotnull AS needed,
       (SELECT f.confrelid::regclass::text FROM pg_constraint f
        WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]) AS of
FROM pg_attribute a
WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attgenerated = '' ORDER BY a.attnum
"""
_CHECKS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
WHERE conrelid = $1::regclass AND contype = 'c'
"""
_PEOPLE = """
(SELECT DISTINCT ON (account_id) person_id FROM exclusion ORDER BY account_id, person_id)
UNION ALL
(SELECT DISTINCT ON (account_id) person_id FROM assignment WHERE account_id IS NOT NULL
 ORDER BY account_id, person_id)
UNION ALL
(SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM assignment) ORDER BY id LIMIT 2)
"""
_PLAIN = {
    "integer": "{n}",
    "bigint": "{n}",
    "numeric": "{n}",
    "double precision": "{n}",
    "boolean": "false",
    "date": "current_date + {n}",
    "timestamp with time zone": "now() + interval '{n} hours'",
    "time without time zone": "'09:00'",
    "jsonb": "'{{}}'",
    "bytea": "'\\x0{n}'",
    "tstzrange": "tstzrange(now(), now() + interval '{n} hours')",
    "text[]": "'{{}}'",
    "character varying[]": "'{{}}'",
}
"""`n` is another number in every row."""


@dataclass(frozen=True)
class Known:
    """Whose the rows are: one row for each of a few people and accounts."""

    people: list[str]
    accounts: list[str]
    others: dict[str, list[str]]

    def value(self, table: str | None, number: int) -> str:
        found = {"person": self.people, "auth.account": self.accounts}.get(table or "")
        found = found or self.others.get(table or "") or []
        return f"'{found[number % len(found)]}'" if found else "gen_random_uuid()"


async def known(superuser: Any) -> Known:
    people = [str(row[0]) for row in await superuser.fetch(_PEOPLE)]
    accounts = await superuser.fetch(
        "SELECT DISTINCT ON (role) id FROM auth.account WHERE role <> 'operator' ORDER BY role, id"
    )
    others = {
        "cohort": "SELECT cohort_id FROM cohort_staff ORDER BY 1",
        "team": "SELECT id FROM team ORDER BY id",
        "session": "SELECT t.id FROM session t JOIN cohort_staff s ON s.cohort_id = t.cohort_id "
        "ORDER BY 1 LIMIT 6",
        "enrolment": "SELECT e.id FROM enrolment e JOIN assignment a USING (person_id) LIMIT 6",
        "referral": "SELECT r.id FROM referral r JOIN assignment a USING (person_id) LIMIT 6",
    }
    return Known(
        people,
        [str(row[0]) for row in accounts],
        {name: [str(row[0]) for row in await superuser.fetch(sql)] for name, sql in others.items()},
    )


async def without_checks(superuser: Any, table: str) -> None:
    """What a row may say is no guard of who may read it."""
    for (dropping,) in await superuser.fetch(_CHECKS, table):
        await superuser.execute(dropping)


async def filled(superuser: Any, table: str, whose: Known) -> tuple[str, ...]:
    """Rows as SQL text; none where none can be made up. Inside a transaction that is undone."""
    await without_checks(superuser, table)
    columns = await superuser.fetch(_COLUMNS, table)
    count = max(ROWS, len(whose.people))
    rows = [await _row(superuser, table, columns, whose, n) for n in range(count)]
    return tuple(row for row in rows if row)


async def _row(
    superuser: Any, table: str, columns: list[Any], whose: Known, number: int
) -> str | None:
    """With every column that can be empty left so: what is over, ended or taken back is not."""
    chosen = {one["name"]: _value(one, whose, number) for one in columns if one["needed"]}
    chosen |= {one["name"]: _value(one, whose, number) for one in columns if one["name"] in _WHOSE}
    if table in FIRST_MOVES:
        chosen["after"] = FIRST_MOVES[table]
    names = ", ".join(f'"{name}"' for name in chosen)
    try:
        async with superuser.transaction():
            made: str = await superuser.fetchval(
                f"INSERT INTO {table} AS t ({names}) VALUES ({', '.join(chosen.values())}) "
                "RETURNING quote_literal(t::text)"
            )
    except asyncpg.PostgresError:
        return None
    return made


def _value(column: Any, whose: Known, number: int) -> str:
    name, kind = column["name"], column["kind"]
    if name == "id":
        return "gen_random_uuid()" if kind == "uuid" else f"'id {number}'"
    if name == "role":
        # The true one: a token of another role is refused whatever the guards.
        return f"(SELECT role FROM auth.account WHERE id = {whose.value('auth.account', number)})"
    if kind == "uuid":
        named = name.removesuffix("_id")
        is_somebody = named == "account" or named.endswith("_by")
        return whose.value(column["of"] or ("auth.account" if is_somebody else named), number)
    return _PLAIN.get(kind, "'one {n}'").format(n=number + 1)
