"""Serving one side alone: a process that could open the other side's database does not start."""

import os
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import asyncpg

from app.databases import database_of, login_address, side_that_keeps
from app.embedded import Address
from app.running.check_databases import logins_of
from app.settings import Settings
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.security.policies import Logins

_HOW = "Run each side as a user of its own, with a home and addresses of its own."


def logins_of_others(side: Side) -> tuple[str, ...]:
    """Every login that a process of this side must not open.

    The two bridges lead into `work`, and belong to the survivor side.
    """
    every = [login for one in Side for login in Logins(one).all_logins]
    return tuple(login for login in every if side_that_keeps(login) is not side)


async def refuse_what_opens_too_much(
    settings: Settings, server: Address | None, side: Side
) -> None:
    """Raises Refused where this process holds, or guesses, a password of the other side."""
    others = logins_of_others(side)
    held = [*_addresses_held(settings, others), *_files_held(settings, others, side)]
    if held:
        raise Refused(
            f"This process serves the {side} side, and its surroundings hold "
            f"{', '.join(held)}. {_HOW}"
        )
    own = list(_own_addresses(settings, server, side))
    opened = await _opened(own, others)
    if opened:
        raise Refused(
            f"A password of the {side} side opens the database as {', '.join(opened)}. Give every "
            "login a password of its own: python3 run.py migrate --create-roles ADDRESS"
        )


def _addresses_held(settings: Settings, others: Iterable[str]) -> Iterator[str]:
    for login in others:
        if login in settings.database_addresses:
            yield f"DATABASE_{login.upper()}"


def _files_held(settings: Settings, others: Iterable[str], side: Side) -> Iterator[str]:
    """Passwords and keys in the home that this process can read."""
    secrets = settings.home / "secrets"
    for login in others:
        if os.access(secrets / side_that_keeps(login) / login, os.R_OK):
            yield f"the password of {login}"
    if side is Side.WORK:
        for path in sorted((secrets / Side.SURVIVOR).glob("*.key")):
            if os.access(path, os.R_OK):
                yield f"the key {path.stem}"


def _own_addresses(settings: Settings, server: Address | None, side: Side) -> Iterator[str]:
    for login in logins_of((side,)):
        if server is not None or login in settings.database_addresses:
            yield login_address(settings, server, login)


async def _opened(own: list[str], others: Iterable[str]) -> list[str]:
    """Which of the others' logins any of our passwords opens, tried on every server we know."""
    passwords = {unquote(urlsplit(one).password or "") for one in own}
    servers = {_server(one): one for one in own}
    found = []
    for login in others:
        tries = (_as_other(one, login, secret) for one in servers.values() for secret in passwords)
        if await _opens_one(tries):
            found.append(login)
    return found


async def _opens_one(tries: Iterable[str]) -> bool:
    for address in tries:
        if await _opens(address):
            return True
    return False


def _server(address: str) -> tuple[str, str]:
    """Host and port: what differs is another server."""
    parts = urlsplit(address)
    return parts.netloc.rpartition("@")[2], parts.query


def _as_other(address: str, login: str, password: str) -> str:
    parts = urlsplit(address)
    who = quote(login, safe="") + (f":{quote(password, safe='')}" if password else "")
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{who}@{where}", path=f"/{database_of(login)}"))


async def _opens(address: str) -> bool:
    try:
        connection = await asyncpg.connect(address, timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    await connection.close(timeout=5)
    return True
