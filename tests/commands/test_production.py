"""An outside PostgreSQL: logins made by one command, each opening its own database alone."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from app.databases import open_databases
from app.embedded import Address, EmbeddedServer
from app.migration import create_roles, migrate
from app.operator import as_operator
from app.settings import Environment, Settings, settings_from_environment
from programmes.common.clock import SystemClock
from programmes.common.db import Side, fetch_value
from programmes.common.errors import Refused
from programmes.common.security.policies import Logins


def test_production_without_databases_is_refused() -> None:
    with pytest.raises(Refused, match="DATABASE_WORK_WEB"):
        settings_from_environment({"APP_ENV": "production"})


def _addresses(server: Address) -> dict[str, str]:
    return {
        login: server.dsn(login, f"pass word/{login}", login.split("_")[0])
        for side in Side
        for login in Logins(side).all_logins
    }


async def test_roles_are_made_and_each_login_opens_only_its_own(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "outside") as outside:
        server = await asyncio.to_thread(outside.start)
        settings = Settings(
            environment=Environment.PRODUCTION,
            home=tmp_path / "home",
            database_addresses=_addresses(server),
        )
        superuser = server.dsn(server.superuser, server.superuser_password, "postgres")
        await create_roles(settings, superuser)
        await migrate(settings, None)
        async with open_databases(settings, None) as databases:
            now = SystemClock().now()
            async with as_operator(databases, Side.WORK, act="look", now=now):
                assert await fetch_value("SELECT count(*) FROM programme") >= 3
        wrong = server.dsn("work_web", "pass word/work_web", "survivor")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(wrong)
