"""Connections as the service's own logins, and what somebody inside one of them would try."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from app.databases import database_of, login_address
from app.settings import Settings
from tests.wall.worlds import World

REFUSED = (
    "42501",  # insufficient privilege
    "42P01",  # no such table here
    "42883",  # no such function here
    "0A000",  # cross-database references are not implemented
    "3F000",  # no such schema
    "42704",  # no such object
    "22023",  # role cannot be set
    "25006",
    "58P01",
)

TABLES_OF = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth', 'audit') ORDER BY 1, 2
"""
FORGED_SETTINGS = (
    "SET LOCAL waymark.sign_in = '{uid}'",
    "SET LOCAL waymark.sign_in = '{stored}'",
    "SET LOCAL waymark.sign_in = '00'",
    "SET LOCAL waymark.sign_in = ''",
    "SET LOCAL waymark.uid = '{uid}'",
    "SET LOCAL waymark.role = 'operator'",
    "SET LOCAL session.authorization = 'work_owner'",
)
# Each must be refused outright, whoever is signed in.
FORBIDDEN = (
    "SET ROLE work_owner",
    "SET ROLE work_migrator",
    "SET ROLE work_backup",
    "SET ROLE survivor_owner",
    "SET ROLE survivor_web",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "SELECT password_hash FROM auth.account",
    "SELECT totp_secret FROM auth.account",
    "SELECT * FROM auth.account",
    "SELECT a FROM auth.account a",
    "SELECT to_jsonb(a) FROM auth.account a",
    "SELECT token_hash FROM auth.sign_in",
    "SELECT count(*) FROM auth.sign_in",
    "SELECT * FROM auth.sign_in_attempt",
    "SELECT * FROM auth.permission_grant",
    "INSERT INTO auth.sign_in DEFAULT VALUES",
    "UPDATE auth.sign_in SET expires_at = now() + interval '1 year'",
    "UPDATE auth.permission_grant SET scope = 'all'",
    "DELETE FROM auth.permission_grant",
    "INSERT INTO auth.permission_grant DEFAULT VALUES",
    "INSERT INTO audit.entry DEFAULT VALUES",
    "UPDATE audit.entry SET act = 'nothing'",
    "DELETE FROM audit.entry",
    "INSERT INTO audit.link DEFAULT VALUES",
    "UPDATE audit.link SET hash = ''",
    "DELETE FROM audit.link",
    "TRUNCATE audit.entry, audit.link",
    "TRUNCATE person CASCADE",
    "DROP TABLE person",
    "DROP POLICY reading ON person",
    "CREATE POLICY mine ON person USING (true)",
    "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE person NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE person DISABLE TRIGGER note_write",
    "ALTER TABLE person OWNER TO work_web",
    "GRANT SELECT ON auth.sign_in TO work_web",
    "GRANT work_owner TO work_web",
    "CREATE TABLE public.mine (a int)",
    "CREATE TEMPORARY TABLE mine (a int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION postgres_fdw",
    "CREATE EXTENSION file_fdw",
    "CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw",
    "SELECT dblink_connect('dbname=survivor')",
    "SELECT * FROM survivor.public.survivor",
    "SELECT * FROM survivor",
    "SELECT * FROM link",
    "SELECT * FROM public.safe_contact",
    "SELECT audit.note_at_door(NULL, 'sign-in', NULL)",
    "SELECT auth.end_sign_ins()",
    "SELECT audit.chain()",
    "SELECT audit.note_write()",
    "COPY person TO '/dev/null'",
    "COPY person TO PROGRAM 'true'",
    "COPY person FROM '/etc/passwd'",
    "COPY auth.sign_in TO STDOUT",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_ls_waldir()",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_creat(-1)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT rolpassword FROM pg_authid",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_stats",
    "SELECT * FROM pg_stat_activity",
    "SELECT * FROM pg_stat_database",
    "SELECT * FROM pg_stat_user_tables",
    "SELECT * FROM pg_stat_wal",
    "SELECT * FROM pg_stat_io",
    "SELECT * FROM pg_statio_all_tables",
    "SELECT * FROM pg_locks",
    "SELECT * FROM pg_stat_get_activity(NULL)",
    "SELECT pg_stat_get_db_tuples_inserted(oid) FROM pg_database",
    "SELECT pg_stat_get_db_xact_commit(oid) FROM pg_database",
    "SELECT pg_stat_get_live_tuples('public.person'::regclass)",
    "SELECT pg_stat_get_tuples_inserted('public.person'::regclass)",
    "SELECT * FROM pg_stat_get_wal()",
    "SELECT pg_current_wal_lsn()",
    "SELECT pg_current_wal_insert_lsn()",
    "SELECT * FROM pg_control_checkpoint()",
    "SELECT pg_relation_size('public.person')",
    "SELECT pg_total_relation_size('auth.account')",
    "SELECT pg_database_size('survivor')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
    "SELECT pg_reload_conf()",
    "SELECT setval('anything', 1)",
    "SELECT currval('anything')",
    "ALTER SYSTEM SET log_statement = 'all'",
    "SET log_statement = 'all'",
    "SET session_replication_role = replica",
    "SET LOCAL row_security = off; SELECT * FROM person",
    "DO $$ BEGIN EXECUTE 'SET ROLE work_owner'; END $$",
    "DO $$ BEGIN PERFORM password_hash FROM auth.account; END $$",
    "WITH stolen AS (SELECT token_hash FROM auth.sign_in) SELECT * FROM stolen",
    "SELECT id FROM person UNION ALL SELECT account_id FROM auth.sign_in",
    "SELECT query_to_xml('SELECT * FROM auth.sign_in', true, true, '')",
    "SELECT table_to_xml('auth.sign_in', true, true, '')",
    "SELECT * FROM ts_stat('SELECT to_tsvector(token_hash::text) FROM auth.sign_in')",
    "EXPLAIN ANALYZE SELECT * FROM auth.sign_in",
    "LOCK TABLE auth.sign_in",
    "LOCK TABLE person IN ACCESS EXCLUSIVE MODE",
    "COMMENT ON TABLE person IS 'mine'",
    "SECURITY LABEL ON TABLE person IS 'mine'",
    "VACUUM FULL person",
    "REINDEX TABLE person",
    "CREATE PUBLICATION mine FOR TABLE person",
    "CREATE SUBSCRIPTION mine CONNECTION 'dbname=survivor' PUBLICATION p",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION audit.chain()",
    "CREATE ROLE mine SUPERUSER",
    "CREATE DATABASE mine",
    "ALTER ROLE work_web BYPASSRLS",
    "REFRESH MATERIALIZED VIEW mine",
)


@asynccontextmanager
async def logged_in(world: World, login: str, database: str = "") -> AsyncIterator[Any]:
    address = login_address(Settings(home=world.home), world.server, login)
    own = database_of(login)
    if database:
        address = address.replace(f"@/{own}?", f"@/{database}?")
    connection = await asyncpg.connect(address)
    try:
        yield connection
    finally:
        await connection.close()


async def sqlstate(connection: Any, sql: str) -> str:
    """The error that the statement ends in, empty where it is carried out; never kept."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(sql)
    except asyncpg.PostgresError as error:
        return str(error.sqlstate)
    finally:
        await transaction.rollback()
    return ""


async def tables(connection: Any) -> list[str]:
    return [f'{schema}."{name}"' for schema, name in await connection.fetch(TABLES_OF)]


def writes_on(table: str) -> Iterator[str]:
    """Rows may be added and changed by right only; none may ever go, and no key may change."""
    yield f"DELETE FROM {table}"
    yield f"DELETE FROM {table} WHERE false"
    yield f"TRUNCATE {table} CASCADE"
    yield f"UPDATE {table} SET id = id"
    yield f"COPY {table} FROM '/dev/null'"
    yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
