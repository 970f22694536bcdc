"""What the catalogue of each live database may not hold, and that each question would find it."""

from importlib import import_module
from typing import Any

import asyncpg
import pytest

from app.piccolo_conf import APP_REGISTRY
from programmes.common.db import Side
from programmes.common.security.policies import Logins
from tests.cast import Company

_OURS = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
_CLASSES = f"pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND {_OURS}"
# What makes a value of a range type came with the type, and runs nothing of ours.
_FUNCTIONS = f"""pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND {_OURS}
    AND p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'internal')"""
_INVOKER = "'{security_invoker=true,security_invoker=on}'"
_TO_ALL = "EXISTS (SELECT FROM aclexplode({acl}) WHERE grantee = 0)"

UNFORCED = f"""
SELECT c.oid::regclass::text FROM {_CLASSES} WHERE c.relkind IN ('r', 'p')
AND c.relname <> 'migration' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
VIEWS = f"""
SELECT c.oid::regclass::text FROM {_CLASSES} WHERE c.relkind = 'm'
OR (c.relkind = 'v' AND NOT coalesce(c.reloptions && {_INVOKER}, false))"""
LOOSE = f"""
SELECT p.oid::regprocedure::text FROM {_FUNCTIONS} WHERE p.prosecdef AND NOT EXISTS
    (SELECT FROM unnest(p.proconfig) one WHERE one LIKE 'search\\_path=%')"""
OF_EVERYBODY = f"""
SELECT c.oid::regclass::text FROM {_CLASSES} WHERE {_TO_ALL.format(acl="c.relacl")}
UNION ALL SELECT p.oid::regprocedure::text FROM {_FUNCTIONS}
WHERE p.proacl IS NULL OR {_TO_ALL.format(acl="p.proacl")}
UNION ALL SELECT n.nspname FROM pg_namespace n
WHERE {_OURS} AND {_TO_ALL.format(acl="n.nspacl")}
UNION ALL SELECT d.datname FROM pg_database d WHERE d.datname = current_database()
AND (d.datacl IS NULL OR {_TO_ALL.format(acl="d.datacl")})"""
OWNED = f"""
SELECT c.oid::regclass::text FROM {_CLASSES} JOIN pg_roles r ON r.oid = c.relowner
WHERE r.rolcanlogin
UNION ALL SELECT p.oid::regprocedure::text FROM {_FUNCTIONS} JOIN pg_roles r ON r.oid = p.proowner
WHERE r.rolcanlogin
UNION ALL SELECT n.nspname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
WHERE {_OURS} AND r.rolcanlogin"""
STATISTICS = """
SELECT r.rolname || ' reads ' || c.relname FROM pg_class c CROSS JOIN pg_roles r
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'v'
AND c.relname LIKE 'pg\\_stat%' AND r.rolcanlogin AND NOT r.rolsuper
AND has_table_privilege(r.oid, c.oid, 'SELECT')"""
UNBOUNDED = """
SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname = ANY($1)
AND NOT coalesce(rolconfig::text LIKE '%statement_timeout=30s%', false)"""
GATES = {
    "row security that is not forced": (UNFORCED, "CREATE TABLE auth.odd (id int)"),
    "a view with its owner's eyes": (VIEWS, "CREATE VIEW auth.odd AS SELECT 1 AS one"),
    "a definer without a search path": (
        LOOSE,
        "CREATE FUNCTION auth.odd() RETURNS int SECURITY DEFINER LANGUAGE sql RETURN 1",
    ),
    "granted to everybody": (OF_EVERYBODY, "GRANT SELECT ON auth.account TO PUBLIC"),
    "a function of everybody": (OF_EVERYBODY, "GRANT EXECUTE ON FUNCTION auth.uid() TO PUBLIC"),
    "owned by a login": (OWNED, "ALTER TABLE auth.account OWNER TO {web}"),
    "statistics that are read": (STATISTICS, "GRANT SELECT ON pg_stat_activity TO {web}"),
}


async def _superuser(company: Company, side: Side) -> Any:
    server = company.databases.server
    assert server is not None
    return await asyncpg.connect(server.dsn(server.superuser, server.superuser_password, str(side)))


@pytest.mark.parametrize("side", Side)
async def test_the_catalogue_holds_nothing_of_these(company: Company, side: Side) -> None:
    connection = await _superuser(company, side)
    try:
        found = {gate: await connection.fetch(asked) for gate, (asked, _) in GATES.items()}
    finally:
        await connection.close()
    assert found == {gate: [] for gate in GATES}


@pytest.mark.parametrize("gate", GATES)
async def test_each_would_be_found(company: Company, gate: str) -> None:
    asked, made_wrong = GATES[gate]
    connection = await _superuser(company, Side.WORK)
    try:
        wrong = connection.transaction()
        await wrong.start()
        await connection.execute(made_wrong.format(web=Logins(Side.WORK).web))
        assert await connection.fetch(asked) != []
        await wrong.rollback()
    finally:
        await connection.close()


@pytest.mark.parametrize("side", Side)
async def test_no_table_of_one_side_stands_in_the_others_database(
    company: Company, side: Side
) -> None:
    tables = [t for app in APP_REGISTRY.apps for t in import_module(app).APP_CONFIG.table_classes]
    own = {t._meta.tablename for t in tables if t._meta.db.side in (side, None)}
    async with company.owner(side) as connection:
        there = await connection.fetch(
            f"SELECT c.relname FROM {_CLASSES} WHERE c.relkind IN ('r', 'p', 'f')"
        )
        schemas = await connection.fetch(f"SELECT n.nspname FROM pg_namespace n WHERE {_OURS}")
        servers = await connection.fetchval("SELECT count(*) FROM pg_foreign_server")
    assert {row["relname"] for row in there} - own == {"migration"}
    assert {row["nspname"] for row in schemas} == {"public", "auth", "audit"}
    assert servers == 0


@pytest.mark.parametrize("side", Side)
async def test_no_statement_of_a_login_runs_without_end(company: Company, side: Side) -> None:
    logins = Logins(side)
    bounded = [one for one in logins.all_logins if one not in (logins.migrator, logins.backup)]
    async with company.owner(side) as connection:
        assert await connection.fetch(UNBOUNDED, bounded) == []
        assert await connection.fetch(UNBOUNDED, [logins.migrator]) != []
    async with company.databases.transaction(logins.web) as connection:
        assert await connection.fetchval("SHOW statement_timeout") == "30s"
