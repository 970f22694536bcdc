"""A PostgreSQL elsewhere: over TCP, with TLS that is checked and a password per login."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from app.databases import direct_address, open_databases
from app.embedded import Address, EmbeddedServer
from app.jobs import Clockwork
from app.migration import create_roles, migrate
from app.operator import as_operator
from app.running.check_databases import check_addresses, check_logins
from app.running.findings import Level
from app.settings import Environment, Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side, fetch_value
from programmes.common.security.policies import Logins
from tests.tls_front import tls_front, write_certificate


@dataclass
class Outside:
    server: Address
    port: int
    certificate: Path
    home: Path

    def address(self, login: str, password: str, database: str, *, ca: Path | None = None) -> str:
        return (
            f"postgresql://{login}:{password}@127.0.0.1:{self.port}/{database}"
            f"?sslmode=verify-full&sslrootcert={ca or self.certificate}"
        )

    @property
    def superuser(self) -> str:
        return self.address(self.server.superuser, self.server.superuser_password, "postgres")

    @property
    def settings(self) -> Settings:
        addresses = {
            login: self.address(login, f"{login}-secret", login.split("_")[0])
            for side in Side
            for login in Logins(side).all_logins
        }
        return Settings(
            environment=Environment.PRODUCTION, home=self.home, database_addresses=addresses
        )


@pytest.fixture(params=["18", "16"])
def outside(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Outside]:
    monkeypatch.setenv("WAYMARK_PG", request.param)
    certificate, key = write_certificate(tmp_path, "db")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with EmbeddedServer(tmp_path / "elsewhere") as embedded:
        server = embedded.start()
        behind = server.socket_directory / f".s.PGSQL.{server.port}"
        with tls_front(behind, certificate, key) as port:
            yield Outside(server, port, certificate, home)


async def test_everything_works_over_tls_and_nothing_without(
    outside: Outside, tmp_path: Path
) -> None:
    settings, now = outside.settings, SystemClock().now()
    await create_roles(settings, outside.superuser)
    await migrate(settings, None)
    async with open_databases(settings, None) as databases:
        async with as_operator(databases, Side.WORK, act="look", now=now):
            assert await fetch_value("SELECT count(*) FROM programme") >= 3
        clockwork = Clockwork(databases, SystemClock(), ())
        await clockwork.start()
        try:
            async with asyncio.timeout(10):
                while not all(clockwork.leads(side) for side in Side):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        finally:
            await clockwork.stop()
    assert list(check_addresses(settings, tuple(Side))) == []
    found = [one async for one in check_logins(settings, None, tuple(Side), clock=SystemClock())]
    wrong = [one for one in found if one.level is not Level.GOOD and one.about != "accounts"]
    assert wrong == []

    with pytest.raises(asyncpg.InsufficientPrivilegeError):  # closed: the server is ours alone
        await asyncpg.connect(outside.address("work_web", "work_web-secret", "postgres"))
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(outside.address("work_web", "wrong", "work"))
    other, _ = write_certificate(tmp_path, "somebody-else")
    with pytest.raises(OSError):  # noqa: PT011 - a certificate that was not signed by ours
        await asyncpg.connect(outside.address("work_web", "work_web-secret", "work", ca=other))


def test_what_must_keep_its_connection_goes_past_the_pooler() -> None:
    settings = Settings(
        home=Path("/nowhere"),
        database_addresses={"work_web": "pooled", "work_web_direct": "direct", "work_door": "x"},
    )
    assert direct_address(settings, None, "work_web") == "direct"
    assert direct_address(settings, None, "work_door") == "x"
