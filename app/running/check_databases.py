"""Looks at the databases through each login: who it is there, what it may, how it got there."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from app.databases import login_address
from app.embedded import Address
from app.migration_mark import code_mark, stored_mark
from app.running.findings import Finding, advice, fault, good
from app.settings import Settings
from programmes.common.clock import Clock
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.security.policies import Logins

OLDEST_SERVER = 16_00_00
LARGEST_DRIFT_SECONDS = 2.0
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_FACTS = """
SELECT current_user AS login, current_setting('server_version_num')::int AS version,
       current_setting('server_version') AS version_name,
       r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
       current_setting('synchronous_commit') AS synchronous_commit,
       current_setting('fsync') AS fsync,
       current_setting('full_page_writes') AS full_page_writes,
       current_setting('log_parameter_max_length_on_error') AS parameters_on_error,
       current_setting('max_connections')::int AS max_connections,
       has_database_privilege('postgres', 'CONNECT') AS may_open_postgres,
       extract(epoch FROM clock_timestamp())::float AS clock
FROM pg_roles r WHERE r.rolname = current_user
"""
_HAS_NO_LEAD = "SELECT auth.somebody_has_no_lead()"


def logins_of(sides: tuple[Side, ...]) -> list[str]:
    """Every login that the processes and the operator of these sides use."""
    names: list[str] = []
    for side in sides:
        logins = Logins(side)
        names += [logins.web, logins.door, logins.backup, logins.migrator]
    if Side.SURVIVOR in sides:
        names += ["work_bridge_reader", "work_bridge_writer"]
    return names


def check_addresses(settings: Settings, sides: tuple[Side, ...]) -> Iterator[Finding]:
    """Of an outside database: that every login has an address, over TLS, with its own password."""
    if settings.is_embedded:
        return
    passwords: dict[str, str] = {}
    for login in logins_of(sides):
        try:
            address = login_address(settings, None, login)
        except Refused as missing:
            yield fault("addresses", f"There is no address for {login}.", missing.message)
            continue
        yield from _address(login, address, passwords)
    if sides == (Side.WORK,):
        yield from _strangers(settings)


def _address(login: str, address: str, passwords: dict[str, str]) -> Iterator[Finding]:
    parts = urlsplit(address)
    name = f"DATABASE_{login.upper()}"
    if parts.username != login:
        yield fault("addresses", f"{name} signs in as {parts.username}.", f"Use the login {login}.")
    if parts.password and parts.password in passwords:
        other = passwords[parts.password]
        yield fault(
            "addresses",
            f"{login} and {other} share a password, so that one opens what the other may.",
            "Give every login a password of its own, then run: migrate --create-roles",
        )
    if parts.password:
        passwords[parts.password] = login
    mode = parse_qs(parts.query).get("sslmode", [""])[0]
    is_near = not parts.hostname or parts.hostname in LOOPBACK
    if not is_near and mode not in ("verify-full", "verify-ca"):
        yield fault(
            "addresses",
            f"{name} goes over the network and does not check whom it talks to.",
            "Add sslmode=verify-full and sslrootcert=… to the address.",
        )


def _strangers(settings: Settings) -> Iterator[Finding]:
    hers = [
        name
        for name in settings.database_addresses
        if name.startswith(("survivor_", "work_bridge"))
    ]
    if hers:
        yield fault(
            "addresses",
            "The programme side's surroundings hold passwords of the survivor side: "
            + ", ".join(sorted(hers)),
            "Run each side as a user of its own, with only its own addresses.",
        )


async def check_logins(
    settings: Settings, server: Address | None, sides: tuple[Side, ...], *, clock: Clock
) -> AsyncIterator[Finding]:
    server_said = False
    for login in logins_of(sides):
        try:
            connection = await asyncpg.connect(login_address(settings, server, login), timeout=10)
        except Refused:
            continue  # said of the addresses already
        except (OSError, asyncpg.PostgresError, ValueError) as problem:
            yield _cannot_connect(login, problem)
            continue
        try:
            facts = await connection.fetchrow(_FACTS)
            for finding in _login(login, facts):
                yield finding
            if not server_said:
                server_said = True
                for finding in _server(facts, clock.now()):
                    yield finding
            if login.endswith("_door"):
                async for finding in _contents(connection, login):
                    yield finding
        finally:
            await connection.close(timeout=5)


def _cannot_connect(login: str, problem: Exception) -> Finding:
    kind = type(problem).__name__
    if isinstance(problem, asyncpg.InvalidPasswordError | asyncpg.InvalidCatalogNameError):
        return fault(
            "logins",
            f"{login} is not let in ({kind}).",
            "Run: python3 run.py migrate --create-roles ADDRESS_OF_A_SUPERUSER",
        )
    return fault(
        "logins",
        f"{login} cannot reach its database ({kind}).",
        "Look whether the server runs, and whether the host and port are right.",
    )


def _login(login: str, facts: Any) -> Iterator[Finding]:
    too_much = [name for name in ("rolsuper", "rolcreaterole", "rolcreatedb") if facts[name]]
    if facts["rolbypassrls"] and not login.endswith("_backup"):
        too_much.append("rolbypassrls")
    if facts["login"] != login:
        yield fault(
            "logins", f"{login} is {facts['login']} there.", "Use a direct address of the login."
        )
    elif too_much:
        yield fault(
            "logins",
            f"{login} may more than it should: {', '.join(too_much)}.",
            "Run: python3 run.py migrate --create-roles ADDRESS_OF_A_SUPERUSER",
        )
    else:
        yield good("logins", f"{login} has what it needs and no more.")


def _server(facts: Any, now: datetime) -> Iterator[Finding]:
    if facts["version"] < OLDEST_SERVER:
        yield fault("server", f"PostgreSQL is {facts['version_name']}.", "Use 16 or newer.")
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if facts[name] in ("off", "local"):
            yield fault(
                "server",
                f"{name} is off: a power cut would lose what people were told is saved.",
                f"Set {name} = on in postgresql.conf and reload.",
            )
    if facts["parameters_on_error"] != "0":
        yield fault(
            "server",
            "The server's log may hold people's names (log_parameter_max_length_on_error).",
            "Set it and log_parameter_max_length to 0, and log_error_verbosity to terse.",
        )
    if facts["may_open_postgres"]:
        yield advice(
            "server",
            "Our logins may open the database “postgres” of this server.",
            "Where the server is ours alone, migrate --create-roles closes it. On a shared one, "
            "reject our logins there in pg_hba.conf (docs/operations.md).",
        )
    drift = abs(facts["clock"] - now.timestamp())
    if drift > LARGEST_DRIFT_SECONDS:
        yield fault(
            "clock",
            f"The server's clock is {drift:.0f} s from this machine's.",
            "Keep both machines on network time: deadlines of the law depend on it.",
        )
    yield good("server", f"PostgreSQL {facts['version_name']} answers.")


async def _contents(connection: Any, login: str) -> AsyncIterator[Finding]:
    side = Side(login.removesuffix("_door"))
    if await stored_mark(connection) != code_mark():
        yield fault(
            "tables",
            f"The {side} database is not at this version.",
            "Run: python3 run.py migrate",
        )
        return
    yield good("tables", f"The {side} database is at this version.")
    wanted = ["administrator"] + (["survivor-lead"] if side is Side.SURVIVOR else [])
    for role in wanted:
        held = await connection.fetchval(
            "SELECT count(*) FROM auth.account WHERE role = $1 AND is_active", role
        )
        if not held:
            yield fault(
                "accounts",
                f"The {side} side has no {role} who may sign in.",
                f"Run: python3 run.py user create --side {side} --role {role} …",
            )
        elif held == 1 and role == "administrator":
            yield advice(
                "accounts",
                f"The {side} side has one administrator: nobody can reset their password.",
                "Make an account for a second one.",
            )
    if side is Side.SURVIVOR and await connection.fetchval(_HAS_NO_LEAD):
        yield fault(
            "accounts",
            "There is a survivor whose record every lead with an open account is kept out of: "
            "nobody could give her another worker.",
            "Make or open an account of a second lead: "
            "python3 run.py user create --side survivor --role survivor-lead …",
        )
