"""What the attacks are made on: the tests' own service, or for the long forms a whole home."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from app.databases import open_databases
from app.demo.accounts import CAST, create_demo_accounts
from app.demo.loading import load_demo
from app.embedded import EmbeddedServer
from app.migration import migrate
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.staff import Actor
from tests.attacks.forgetful import forgetful
from tests.attacks.known import everybody_signed_in, known_values
from tests.attendance_case import make_group
from tests.cast import Cast
from tests.order_cases import a_dvpo, a_person, entered
from tests.survivor_case import survivor


@dataclass
class Target:
    """`cast` forgets whatever is done to it."""

    cast: Cast
    actors: dict[str, Actor]
    known: dict[str, list[str]]
    source: random.Random


async def _target(cast: Cast) -> Target:
    await everybody_signed_in(cast)
    actors = {}
    for person in CAST:
        async with cast.acting(person.email) as actor:
            actors[person.email] = actor
    return Target(forgetful(cast), actors, await known_values(cast), random.Random(11))


@pytest.fixture(scope="package")
async def target(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Target]:
    """A home of its own, so that whatever ran before changes nothing: a group, an order and a
    survivor to be found."""
    settings = Settings(home=tmp_path_factory.mktemp("attacked in short"))
    clock = SystemClock()
    with EmbeddedServer(settings.home) as embedded:
        server = embedded.start()
        await migrate(settings, server)
        async with open_databases(settings, server) as databases:
            await create_demo_accounts(databases, now=clock.now(), cast=CAST)
            async with Cast(databases, clock) as cast:
                await make_group(cast)
                await entered(cast, a_dvpo(await a_person(cast), cast))
                await survivor(cast)
                yield await _target(cast)


@pytest.fixture(scope="package")
async def lasting(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cast]:
    """The demonstration, in a home of its own: what is done to it stays."""
    settings = Settings(home=tmp_path_factory.mktemp("attacked"))
    clock = SystemClock()
    with EmbeddedServer(settings.home) as embedded:
        server = embedded.start()
        await migrate(settings, server)
        async with open_databases(settings, server) as databases:
            await load_demo(databases, now=clock.now())
            async with Cast(databases, clock) as cast:
                yield cast


@pytest.fixture(scope="package")
async def whole_target(lasting: Cast) -> Target:
    """The demonstration, which forgets."""
    return await _target(lasting)
