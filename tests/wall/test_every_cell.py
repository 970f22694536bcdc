"""Every role at every route with a record that it may see, one that it may not, and none at all.

The long form of tests/wall/test_roles_and_routes.py, in a world that holds records of every noun.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from litestar.routes import HTTPRoute

from app.demo.accounts import CAST
from programmes.common.db import fetch
from programmes.common.staff import Actor
from tests.wall.asking import Answer, Asking
from tests.wall.pairs import browsers
from tests.wall.test_roles_and_routes import NOBODY, _is_allowed
from tests.wall.worlds import NAMED_IN_ADDRESSES, World, Worlds

RANDOM_PROBES = 20_000
ALIKE = 3
NOUNS = {"person_id": "person", **NAMED_IN_ADDRESSES}
LEFT_OUT = re.compile(r"sign|assets|\{rest|schema")
PARAMETER = re.compile(r"\{(\w+):(\w+)\}")


@dataclass
class Found:
    asked: int = 0
    wrong: list[str] = field(default_factory=list)

    async def ask(self, browser: Asking, cell: "Cell") -> None:
        """A leak is an answer about a record that the database hides, other than about none at
        all; a wrong denial, a page that the table gives to this role and that is refused."""
        answer = await _ask(browser, cell.method, cell.path)
        if cell.is_hidden and cell.method == "GET" and answer.status == 200:
            of_none = await _ask(browser, "GET", cell.path_of_none)
            if _said(answer, cell.path) != _said(of_none, cell.path_of_none):
                self.wrong.append(f"{cell.email} {cell.path}: shows a record that is hidden")
        self._note(cell, answer)

    def _note(self, cell: "Cell", answer: Answer) -> None:
        self.asked += 1
        status, said = answer.status, f"{cell.email} {cell.method} {cell.path}"
        if status >= 500:
            self.wrong.append(f"{said}: {status}")
        elif not cell.is_allowed and status != 404:
            self.wrong.append(f"{said}: {status} though the table does not give it")
        elif cell.is_plain and cell.is_allowed and status in (401, 403):
            self.wrong.append(f"{said}: {status} though the table gives it")


@dataclass(frozen=True)
class Cell:
    email: str
    method: str
    path: str
    path_of_none: str
    is_allowed: bool
    is_hidden: bool
    is_plain: bool


class House:
    """The routes of one world, and which records everybody sees by the database's own word."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.routes = [
            (route.path, method, handler)
            for route in world.cast.app.routes
            if isinstance(route, HTTPRoute) and not LEFT_OUT.search(route.path)
            for handler in route.route_handlers
            for method in sorted(handler.http_methods & {"GET", "POST", "PUT"})
        ]
        self.actors: dict[str, Actor] = {}
        self.seen: dict[tuple[str, str], set[UUID]] = {}

    async def look(self) -> None:
        for person in CAST:
            async with self.world.cast.acting(person.email) as actor:
                self.actors[person.email] = actor
            for name, table in NOUNS.items():
                self.seen[person.email, name] = await self._ids(person.email, table)

    async def _ids(self, email: str, table: str) -> set[UUID]:
        try:
            async with self.world.cast.acting(email):
                return {row["id"] for row in await fetch(f"SELECT id FROM {table}")}
        except asyncpg.PostgresError:
            return set()

    def cell(
        self, email: str, route: tuple[str, str, Any], source: random.Random, kind: str
    ) -> Cell:
        path, method, handler = route
        named = [name for name, made_of in PARAMETER.findall(path) if made_of == "uuid"]
        chosen = {name: self._record(email, name, source, kind) for name in named}
        filled = PARAMETER.sub(lambda m: str(chosen.get(m[1], "nothing")), path)
        hidden = any(
            name in NOUNS and one not in self.seen[email, name] for name, one in chosen.items()
        )
        allowed = _is_allowed(handler, self.actors[email])
        of_none = PARAMETER.sub(lambda m: str(NOBODY) if m[1] in chosen else "nothing", path)
        return Cell(email, method, filled, of_none, allowed, hidden, not named)

    def _record(self, email: str, name: str, source: random.Random, kind: str) -> UUID:
        known = self.world.ids_by_name.get(name, self.world.sample_ids)
        seen = self.seen.get((email, name), set())
        among = [one for one in known if (one in seen) is (kind == "seen")]
        return source.choice(among) if among and kind != "absent" else NOBODY

    def every(self, email: str, source: random.Random) -> Iterator[Cell]:
        for route in self.routes:
            for kind in ("absent", "hidden", "seen"):
                for _ in range(ALIKE):
                    yield self.cell(email, route, source, kind)


async def _ask(browser: Asking, method: str, path: str) -> Answer:
    if method == "GET":
        return await browser.get(path)
    return await browser.send(method, path, {}, as_json=True)


def _said(answer: Answer, path: str) -> tuple[int, str]:
    """Without the address itself, and the numbers that every form has of its own."""
    said = (
        answer.content.decode(errors="replace")
        .replace(path, "")
        .replace(path.rpartition("/")[0], "")
    )
    return answer.status, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", said)


@pytest.mark.deep
async def test_every_cell_of_the_table_answers_as_the_table_says(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    house, found, source = House(worlds.planted), Found(), random.Random(11)
    await house.look()
    for email, browser in (await browsers(worlds.planted, tuple(house.actors))).items():
        for cell in house.every(email, source):
            await found.ask(browser, cell)
    record_property("cells asked, each route with a record seen, hidden and absent", found.asked)
    assert found.wrong == []


@pytest.mark.deep
async def test_random_probes_find_no_leak_and_no_wrong_denial(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    house, found, source = House(worlds.planted), Found(), random.Random(12)
    await house.look()
    asking = await browsers(worlds.planted, tuple(house.actors))
    for _ in range(RANDOM_PROBES):
        email = source.choice(list(asking))
        kind = source.choice(("absent", "hidden", "seen"))
        cell = house.cell(email, source.choice(house.routes), source, kind)
        await found.ask(asking[email], cell)
    record_property("random probes", found.asked)
    assert found.wrong == []
