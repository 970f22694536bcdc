"""Brings both databases to what this code says: logins, tables, rules of structure, security."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from importlib.resources import files
from io import StringIO
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg

from app.databases import login_address, password_of, side_that_keeps
from app.embedded import Address
from app.migration_mark import code_mark, store_mark, stored_mark
from app.operator import operator_email
from app.settings import Settings
from outcomes.subject_access.erasure_sql_commands import erasure_sql
from programmes.common.clock import SystemClock
from programmes.common.db import Side, set_up_connection, using
from programmes.common.errors import Refused
from programmes.common.permissions import GRANTS
from programmes.common.security import logins as login_sql
from programmes.common.security.moves import moves_sql
from programmes.common.security.policies import Guarded, Logins, security_sql
from programmes.referrals.machine_words import MACHINES
from scheduling.cohorts.machine_words import PLACE_MACHINE

MIGRATION_LOCK = 7000

_FUNCTIONS = {
    Side.WORK: (
        ("programmes.common.security", "tokens.sql"),
        ("programmes.common.security", "identity.sql"),
        ("programmes.common.security", "audit.sql"),
        ("programmes.common.security", "linked_sign_ins.sql"),
        ("programmes", "structure.sql"),
        ("scheduling", "structure.sql"),
        ("programmes.common.security", "own_work.sql"),
        ("outcomes", "structure.sql"),
    ),
    Side.SURVIVOR: (
        ("programmes.common.security", "no_tokens.sql"),
        ("programmes.common.security", "identity.sql"),
        ("programmes.common.security", "audit.sql"),
        ("outcomes.survivors", "own_survivor.sql"),
    ),
}


def guarded_tables(side: Side) -> Sequence[Guarded]:
    """Every guarded table of one side."""
    if side is Side.SURVIVOR:
        from outcomes.survivors.guarded import GUARDED as SURVIVOR_TABLES

        return SURVIVOR_TABLES
    from outcomes.guarded import GUARDED as OF_OUTCOMES
    from programmes.guarded import GUARDED as OF_PROGRAMMES
    from scheduling.guarded import GUARDED as OF_SCHEDULING

    return OF_PROGRAMMES + OF_SCHEDULING + OF_OUTCOMES


async def create_databases(settings: Settings, server: Address) -> None:
    """On the embedded server: both databases and their logins, each with its own password."""
    address = server.dsn(server.superuser, server.superuser_password, "postgres")
    connection = await asyncpg.connect(address)
    try:
        for side in Side:
            passwords = {
                login: password_of(settings.home, side_that_keeps(login), login)
                for login in Logins(side).all_logins
            }
            await _create_side(connection, side, passwords)
        await connection.execute(login_sql.CLOSED_MAINTENANCE_SQL)
    finally:
        await connection.close()
    for side in Side:
        own = server.dsn(server.superuser, server.superuser_password, str(side))
        await _close_database(own, side)


async def create_roles(settings: Settings, superuser_address: str) -> None:
    """On an outside server: the databases and logins, with the passwords of their addresses."""
    for side in Side:
        addresses = {
            login: login_address(settings, None, login) for login in Logins(side).all_logins
        }
        passwords = {login: _password_in(address) for login, address in addresses.items()}
        connection = await asyncpg.connect(superuser_address)
        try:
            await _create_side(connection, side, passwords)
        finally:
            await connection.close()
        await _close_database(_in_database(superuser_address, side), side)
    await _close_maintenance(superuser_address)


async def _close_maintenance(superuser_address: str) -> None:
    """On a server that is ours alone. One that others share is theirs to close (pg_hba.conf)."""
    connection = await asyncpg.connect(superuser_address)
    try:
        others = await connection.fetchval(
            "SELECT count(*) FROM pg_database WHERE NOT datistemplate AND datname <> ALL ($1)",
            ["postgres", *Side],
        )
        if not others:
            await connection.execute(login_sql.CLOSED_MAINTENANCE_SQL)
    finally:
        await connection.close()


def _password_in(address: str) -> str:
    password = urlsplit(address).password
    if not password:
        raise Refused("Every DATABASE_… address needs its login's password in it.")
    return unquote(password)


def _in_database(address: str, side: Side) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{side}"))


async def _create_side(connection: Any, side: Side, passwords: Mapping[str, str]) -> None:
    logins = Logins(side)
    for statement in login_sql.roles_sql(logins, passwords):
        await connection.execute(statement)
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", str(side)):
        await connection.execute(f"CREATE DATABASE {side}")


async def _close_database(address: str, side: Side) -> None:
    connection = await asyncpg.connect(address)
    try:
        for statement in login_sql.closed_database_sql(str(side), Logins(side)):
            await connection.execute(statement)
    finally:
        await connection.close()


async def migrate(settings: Settings, server: Address | None) -> None:
    """Both sides, each in one transaction under a lock."""
    if server is not None:
        await create_databases(settings, server)
    for side in Side:
        await migrate_side(settings, server, side)


async def migrate_if_changed(settings: Settings, server: Address | None) -> bool:
    """What a start does: nothing where both databases bear this code's mark."""
    mark = code_mark()
    for side in Side:
        if await _mark_of(settings, server, side) != mark:
            await migrate(settings, server)
            return True
    return False


async def _mark_of(settings: Settings, server: Address | None, side: Side) -> str | None:
    try:
        connection = await asyncpg.connect(login_address(settings, server, Logins(side).door))
    except asyncpg.PostgresError:
        return None
    try:
        return await stored_mark(connection)
    finally:
        await connection.close()


async def migrate_side(settings: Settings, server: Address | None, side: Side) -> None:
    logins = Logins(side)
    address = login_address(settings, server, logins.migrator)
    connection = await asyncpg.connect(address, server_settings={"role": logins.owner})
    try:
        await set_up_connection(connection)
        async with connection.transaction(), using(side, connection):
            await connection.execute(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            await _run_piccolo(side)
            await _renew_security(connection, logins)
            await _plant_reference_data(side, SystemClock().now())
            await store_mark(connection, code_mark())
    finally:
        await connection.close()


async def _run_piccolo(side: Side) -> None:
    os.environ.setdefault("PICCOLO_CONF", "app.piccolo_conf")
    from piccolo.apps.migrations.commands.forwards import run_forwards

    from app.piccolo_conf import APPS_OF

    printed = StringIO()
    with redirect_stdout(printed):
        for app_name in APPS_OF[side]:
            result = await run_forwards(app_name)
            if not result.success:
                raise RuntimeError(f"{app_name}: {result.message}\n{printed.getvalue()}")


async def _renew_security(connection: Any, logins: Logins) -> None:
    await connection.execute(login_sql.forget_security_sql())
    for statement in login_sql.revoke_sql(logins):
        await connection.execute(statement)
    for package, name in _FUNCTIONS[logins.side]:
        await connection.execute((files(package) / name).read_text())
    for statement in _security_statements(logins):
        await connection.execute(statement)
    await _write_permissions(connection)
    await connection.execute("SELECT set_config('waymark.act', 'migrate', true)")
    await connection.execute(
        "INSERT INTO auth.account (id, email, name, role, is_active, created_at, version) "
        "VALUES (gen_random_uuid(), $1, 'Operator', 'operator', true, now(), 1) "
        "ON CONFLICT (email) DO NOTHING",
        operator_email(logins.side),
    )


async def _plant_reference_data(side: Side, now: datetime) -> None:
    """Programmes, kinds of order, teams, questions: a fresh home has them, others keep theirs."""
    if side is Side.SURVIVOR:
        from outcomes.survivors.questionnaire_commands import plant_questionnaires

        await plant_questionnaires(now)
        return
    from outcomes.tasks.rule_commands import plant_rules
    from programmes.catalogue.commands import plant_catalogue
    from programmes.orders.kind_commands import plant_order_kinds
    from programmes.people.team_commands import plant_teams

    await plant_catalogue(now)
    await plant_order_kinds(now)
    await plant_teams(now)
    await plant_rules(now)


def _security_statements(logins: Logins) -> Iterable[str]:
    yield from security_sql(guarded_tables(logins.side), logins)
    if logins.side is Side.WORK:
        for machine in (*MACHINES, PLACE_MACHINE):
            yield from moves_sql(machine)
        yield erasure_sql(guarded_tables(logins.side))
    common = (files("programmes.common.security") / "common_grants.sql").read_text()
    yield common.format(
        side=logins.side,
        owner=logins.owner,
        web=logins.web,
        door=logins.door,
        backup=logins.backup,
    )


async def _write_permissions(connection: Any) -> None:
    rows = [
        (
            f"{role} {permission}",
            role,
            permission.resource,
            permission.verb,
            grant.scope,
            grant.needs_second,
        )
        for (role, permission), grant in GRANTS.items()
    ]
    await connection.execute("DELETE FROM auth.permission_grant")
    await connection.executemany(
        "INSERT INTO auth.permission_grant (id, role, resource, verb, scope, needs_second) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        rows,
    )
