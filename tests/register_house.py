"""The databases on a loop of their own, for a machine of steps that is not asynchronous."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.databases import Databases
from app.operator import as_operator
from programmes.common.db import Side, fetch
from programmes.common.staff import AccountId, Actor, Role


@dataclass
class House:
    """The databases on a loop of their own, for a machine that is not asynchronous."""

    runner: asyncio.Runner
    databases: Databases
    now: datetime
    facilitator: Actor
    manager: Actor

    def run(self, do: Callable[[], Awaitable[Any]]) -> Any:
        """Signed in now; whatever is done is done at the machine's own time."""

        async def inside() -> Any:
            async with as_operator(self.databases, Side.WORK, act="machine", now=self.now):
                return await do()

        return self.runner.run(inside())


async def open_house(runner: asyncio.Runner, settings: Any, server: Any, now: datetime) -> House:
    databases = Databases(settings, server)
    await databases.open()
    async with as_operator(databases, Side.WORK, act="machine", now=now):
        rows = await fetch("SELECT id, email, name FROM auth.account")
    ids = {row["email"]: AccountId(row["id"]) for row in rows}

    def actor(name: str, role: Role) -> Actor:
        return Actor(ids[f"{name}@waymark.example"], name, role, Side.WORK)

    return House(
        runner,
        databases,
        now,
        actor("facilitator", Role.OPERATOR),
        actor("manager", Role.OPERATOR),
    )
