"""Each side served alone: with its own logins it starts; with one of the other's it does not."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.databases import Databases, side_that_keeps
from app.embedded import Address, EmbeddedServer
from app.main import create_app
from app.migration import create_roles, migrate
from app.running.apart import logins_of_others, refuse_what_opens_too_much
from app.settings import Environment, Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.security.policies import Logins
from tests.own_home import ROOT

EVERY = tuple(login for side in Side for login in Logins(side).all_logins)


def addresses(server: Address, passwords: dict[str, str]) -> dict[str, str]:
    return {one: server.dsn(one, passwords[one], one.split("_")[0]) for one in EVERY}


@pytest.fixture(scope="module")
async def outside(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Address]:
    """A PostgreSQL elsewhere, made and migrated with a password for each login."""
    home = tmp_path_factory.mktemp("outside")
    with EmbeddedServer(home) as embedded:
        server = await asyncio.to_thread(embedded.start)
        settings = production(home / "all", addresses(server, {one: one for one in EVERY}))
        superuser = server.dsn(server.superuser, server.superuser_password, "postgres")
        await create_roles(settings, superuser)
        await migrate(settings, None)
        yield server


def production(home: Path, held: dict[str, str]) -> Settings:
    return Settings(environment=Environment.PRODUCTION, home=home, database_addresses=held)


def of_side(server: Address, side: Side) -> dict[str, str]:
    every = addresses(server, {one: one for one in EVERY})
    return {login: where for login, where in every.items() if side_that_keeps(login) is side}


@pytest.mark.parametrize("side", Side)
async def test_with_its_own_logins_alone_a_side_is_served(
    outside: Address, tmp_path: Path, side: Side
) -> None:
    settings = production(tmp_path, of_side(outside, side))
    await refuse_what_opens_too_much(settings, None, side)
    databases = Databases(settings, None, (side,))
    await databases.open()
    app = create_app(settings, SystemClock(), databases)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://waymark") as browser:
        assert (await browser.get("/health")).status_code == 200
        paths = {route.path for route in app.routes}
    await databases.close()
    assert ("/survivors" in paths) is (side is Side.SURVIVOR)
    assert ("/people" in paths) is (side is Side.WORK)


@pytest.mark.parametrize("side", Side)
async def test_each_address_of_the_other_side_is_refused_by_name(
    outside: Address, tmp_path: Path, side: Side
) -> None:
    every = addresses(outside, {one: one for one in EVERY})
    for login in logins_of_others(side):
        held = {**of_side(outside, side), login: every[login]}
        with pytest.raises(Refused, match=f"DATABASE_{login.upper()}"):
            await refuse_what_opens_too_much(production(tmp_path, held), None, side)


@pytest.mark.parametrize("side", Side)
async def test_a_password_that_opens_the_other_side_is_refused(
    outside: Address, tmp_path: Path, side: Side
) -> None:
    """As if web and the other side's backup had been given one password."""
    held = of_side(outside, side)
    stranger = logins_of_others(side)[-1]
    web = Logins(side).web
    held[web] = outside.dsn(web, stranger, str(side))
    with pytest.raises(Refused, match=stranger):
        await refuse_what_opens_too_much(production(tmp_path, held), None, side)


@pytest.mark.parametrize("side", Side)
async def test_a_readable_secret_of_the_other_side_is_refused(
    outside: Address, tmp_path: Path, side: Side
) -> None:
    other = next(one for one in Side if one is not side)
    secret = tmp_path / "secrets" / other / Logins(other).web
    secret.parent.mkdir(parents=True)
    secret.write_text("x")
    settings = production(tmp_path, of_side(outside, side))
    with pytest.raises(Refused, match=f"the password of {secret.name}"):
        await refuse_what_opens_too_much(settings, None, side)


def test_the_command_itself_ends_with_the_reason(outside: Address, tmp_path: Path) -> None:
    held = of_side(outside, Side.WORK) | {"survivor_web": "postgresql://survivor_web@/survivor"}
    surroundings = {f"DATABASE_{login.upper()}": where for login, where in held.items()}
    done = subprocess.run(
        [sys.executable, "-m", "app", "serve", "--side", "work"],
        cwd=ROOT,
        env={
            **os.environ,
            **surroundings,
            "APP_ENV": "production",
            "APP_HOME": str(tmp_path),
            "PORT": "18731",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "DATABASE_SURVIVOR_WEB" in done.stderr
