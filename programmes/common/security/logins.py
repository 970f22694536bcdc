"""One side's logins and database: the SQL that makes them, each with the least it needs."""

from collections.abc import Iterator, Mapping

from programmes.common.security.policies import Logins

WEB_STATEMENT_LIMIT = "30s"


def quoted(text: str) -> str:
    """A literal for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def roles_sql(logins: Logins, passwords: Mapping[str, str]) -> Iterator[str]:
    """Roles that do not exist are made; every login's password is set to what is given."""
    yield _create_role(logins.owner, "NOLOGIN")
    for login in logins.all_logins:
        attributes = "BYPASSRLS" if login == logins.backup else "NOBYPASSRLS"
        yield _create_role(login, f"LOGIN {attributes}")
        yield f"ALTER ROLE {login} LOGIN {attributes} PASSWORD {quoted(passwords[login])}"
    yield f"GRANT {logins.owner} TO {logins.migrator} WITH INHERIT FALSE, SET TRUE"
    for login in logins.all_logins:
        if login not in (logins.migrator, logins.backup):
            yield f"ALTER ROLE {login} SET statement_timeout = '{WEB_STATEMENT_LIMIT}'"
            yield f"ALTER ROLE {login} SET idle_in_transaction_session_timeout = '5min'"


def _create_role(name: str, attributes: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') "
        f"THEN CREATE ROLE {name} {attributes} NOSUPERUSER NOCREATEDB NOCREATEROLE; "
        "END IF; END $$"
    )


def closed_database_sql(database: str, logins: Logins) -> Iterator[str]:
    """Run inside the new database: nothing is anybody's until it is granted."""
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC"
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"ALTER SCHEMA public OWNER TO {logins.owner}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {', '.join(logins.all_logins)}"
    yield f"GRANT CREATE, TEMPORARY ON DATABASE {database} TO {logins.owner}"
    yield _NO_STATISTICS
    for schema in ("auth", "audit"):
        yield f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {logins.owner}"
        yield f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC"


# How many rows another table holds, and how busy the other database of the same server is, is
# told by the statistics views and by the functions under them, so nobody may ask them. Nobody
# keeps large objects, which row security does not reach.
_NO_STATISTICS = """
DO $$ DECLARE v record; BEGIN
    FOR v IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'pg_catalog' AND c.relkind = 'v'
             AND (c.relname LIKE 'pg\\_stat%' OR c.relname = 'pg_locks')
    LOOP EXECUTE format('REVOKE ALL ON pg_catalog.%I FROM PUBLIC', v.relname); END LOOP;
    FOR v IN SELECT p.oid::regprocedure AS asked FROM pg_proc p
             WHERE p.pronamespace = 'pg_catalog'::regnamespace
             AND p.proname ~ '^(pg_stat_get_|pg_current_wal_|pg_control_|pg_lock_status$|lo_'
                 '|lowrite|loread|pg_(total_)?relation_size|pg_table_size|pg_indexes_size|pg_blocking_pids)'
    LOOP EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', v.asked); END LOOP;
END $$"""
# Where the server is ours alone, the databases that come with it are open to nobody either.
CLOSED_MAINTENANCE_SQL = "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC"


def forget_security_sql() -> str:
    """Drops every policy, grant and audit trigger, so that they are made afresh."""
    return """
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT schemaname, tablename, policyname FROM pg_policies
             WHERE schemaname IN ('public', 'auth', 'audit')
    LOOP EXECUTE format('DROP POLICY %I ON %I.%I', r.policyname, r.schemaname, r.tablename);
    END LOOP;
    FOR r IN SELECT n.nspname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace WHERE t.tgname = 'note_write'
    LOOP EXECUTE format('DROP TRIGGER note_write ON %I.%I', r.nspname, r.relname); END LOOP;
END $$"""


def revoke_sql(logins: Logins) -> Iterator[str]:
    for login in logins.all_logins:
        if login != logins.migrator:
            yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public, auth, audit FROM {login}"
            yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public, auth, audit FROM {login}"
