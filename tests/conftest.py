"""Real PostgreSQL for every test: one server a run, one migrated pair of databases, a cast."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from app.databases import Databases, open_databases
from app.demo.accounts import CAST, create_demo_accounts
from app.embedded import Address, EmbeddedServer
from app.settings import Settings
from programmes.common.clock import SystemClock
from tests.assurance_entries import commit_here
from tests.browser import skip_without_a_browser
from tests.cast import Cast, Company
from tests.idle_connections import kept_by_idle_connections
from tests.own_home import migrated_home

os.environ.setdefault("PICCOLO_CONF", "app.piccolo_conf")
# No deadline: what a drawn case takes says more of the machine than of the code. The same cases in
# every run, so that a run that was green stays so; the long form draws others.
hypothesis.settings.register_profile("each run", deadline=None, derandomize=True)
hypothesis.settings.register_profile("long form", deadline=None)


LONG_FORM = ("form", "long")
"""So that a junit record says which of its tests were a long form: tests/assurance.py reads it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="also the long forms")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("long form" if config.getoption("--deep") else "each run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    skip_without_a_browser(items)
    skip = pytest.mark.skip(reason="the long form: add --deep")
    for item in items:
        if "deep" not in item.keywords:
            continue
        if config.getoption("--deep"):
            item.user_properties.append(LONG_FORM)
        else:
            item.add_marker(skip)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.side_by_side import ByFile  # a machine without xdist runs them one after another

    return ByFile(config, log)


@pytest.fixture(scope="session", autouse=True)
def _commit_in_the_record(request: pytest.FixtureRequest) -> None:
    """A junit record says of which commit it is; side by side, tests/assurance.py must be told."""
    if request.config.getoption("xmlpath", None) and (commit := commit_here()):
        request.getfixturevalue("record_testsuite_property")("commit", commit)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrated_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    return Settings(home=home)


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[Address]:
    with EmbeddedServer(settings.home) as embedded:
        yield embedded.start()


@pytest.fixture(scope="session")
async def databases(settings: Settings, server: Address) -> AsyncIterator[Databases]:
    """Both migrated databases with the cast's accounts. Tests add rows and never count all.

    Whatever was asked of them, no connection keeps anything for the next one.
    """
    async with open_databases(settings, server) as opened:
        await create_demo_accounts(opened, now=datetime.now(UTC), cast=CAST)
        yield opened
        assert await kept_by_idle_connections(opened) == []


@pytest.fixture(scope="session")
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture(scope="session")
async def company(databases: Databases, clock: SystemClock) -> AsyncIterator[Company]:
    """The service itself, spoken to over ASGI, and a way to be anybody in it."""
    async with Cast(databases, clock) as cast:
        yield cast
