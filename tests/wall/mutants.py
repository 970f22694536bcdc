"""Every guard of the database, taken away one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SCHEMAS = "('public', 'auth', 'audit')"


@dataclass(frozen=True)
class Mutant:
    """`sql` weakens one thing. `tables` are where it should show; none means anywhere."""

    name: str
    sql: str
    table: str = ""


async def mutants(superuser: Any, login: str) -> list[Mutant]:
    return [
        *await _of_policies(superuser, login),
        *await _of_grants(superuser, login),
        *await _of_tables(superuser),
        *_of_functions(),
    ]


async def _of_policies(superuser: Any, login: str) -> list[Mutant]:
    rows = await superuser.fetch(
        "SELECT polrelid::regclass::text AS name, polname::text AS policy, polcmd::text AS command "
        "FROM pg_policy WHERE $1::regrole = ANY (polroles) ORDER BY 1, 2",
        login,
    )
    found = []
    for row in rows:
        table, policy = row["name"], row["policy"]
        found.append(Mutant(f"drop {policy} on {table}", f"DROP POLICY {policy} ON {table}", table))
        found.append(_opened(table, policy, row["command"]))
    return found


def _opened(table: str, policy: str, command: str) -> Mutant:
    """The condition replaced by one that is always true."""
    parts = [] if command == "a" else ["USING (true)"]
    parts += [] if command == "r" else ["WITH CHECK (true)"]
    sql = f"ALTER POLICY {policy} ON {table} {' '.join(parts)}"
    return Mutant(f"open {policy} on {table}", sql, table)


async def _of_grants(superuser: Any, login: str) -> list[Mutant]:
    rows = await superuser.fetch(
        "SELECT DISTINCT c.oid::regclass::text AS name, a.privilege_type AS kind "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, "
        "aclexplode(c.relacl) a "
        f"WHERE a.grantee = $1::regrole AND c.relkind = 'r' "
        f"AND n.nspname IN {SCHEMAS} ORDER BY 1, 2",
        login,
    )
    found = [
        Mutant(f"revoke {kind} on {table}", f"REVOKE {kind} ON {table} FROM {login}", table)
        for table, kind in rows
    ]
    for table in sorted({table for table, _ in rows}):
        for kind in ("DELETE", "UPDATE"):
            sql = f"GRANT {kind} ON {table} TO {login}"
            found.append(Mutant(f"grant {kind} on {table}", sql, table))
    return found


async def _of_tables(superuser: Any) -> list[Mutant]:
    rows = await superuser.fetch(
        "SELECT c.oid::regclass::text FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE c.relrowsecurity AND n.nspname IN {SCHEMAS} ORDER BY 1"
    )
    found: list[Mutant] = []
    for (table,) in rows:
        for change in ("DISABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"):
            sql = f"ALTER TABLE {table} {change}"
            found.append(Mutant(f"{change.lower()} on {table}", sql, table))
    triggers = await superuser.fetch(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    )
    for table, trigger in triggers:
        found.append(Mutant(f"{trigger} off {table}", f"DROP TRIGGER {trigger} ON {table}", table))
    return found


def _of_functions() -> Iterator[Mutant]:
    for name, returns, body in (
        ("auth.uid()", "uuid", "SELECT account_id FROM auth.sign_in LIMIT 1"),
        ("auth.role_of()", "text", "SELECT 'manager'::text"),
        ("auth.scope(resource text, verb text)", "text", "SELECT 'all'::text"),
        ("auth.own_people()", "SETOF uuid", "SELECT id FROM public.person"),
        ("auth.own_cohorts()", "SETOF uuid", "SELECT id FROM public.cohort"),
        ("auth.run_cohorts()", "SETOF uuid", "SELECT id FROM public.cohort"),
        ("auth.own_teams()", "SETOF uuid", "SELECT id FROM public.team"),
        ("auth.stands_for()", "SETOF uuid", "SELECT id FROM auth.account"),
        ("auth.excluded_people()", "SETOF uuid", "SELECT NULL::uuid WHERE false"),
        ("auth.excluded_children()", "SETOF uuid", "SELECT NULL::uuid WHERE false"),
    ):
        sql = (
            f"CREATE OR REPLACE FUNCTION {name} RETURNS {returns} LANGUAGE sql STABLE "
            f"SECURITY DEFINER AS $$ {body} $$"
        )
        yield Mutant(f"{name} answers anything", sql)
    yield from _of_the_auditors_question()


def _of_the_auditors_question() -> Iterator[Mutant]:
    """Each of its two conditions left out."""
    for left_out, condition in (
        ("who asks", "p.id NOT IN (SELECT auth.excluded_people())"),
        ("who is kept out", "auth.role_of() = 'auditor'"),
    ):
        sql = (
            "CREATE OR REPLACE FUNCTION auth.audited_person(reference text) RETURNS uuid "
            "LANGUAGE sql STABLE SECURITY DEFINER AS $$ SELECT p.id FROM public.person p "
            f"WHERE p.reference = upper($1) AND {condition} $$"
        )
        yield Mutant(f"auth.audited_person() minds not {left_out}", sql, "person")
