"""Everything that the programme side can open, opened: none of what was planted is in it."""

import random
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from litestar.routes import HTTPRoute

from programmes.common.db import Side
from tests.wall.planted import Planted, forms
from tests.wall.worlds import PROGRAMME_SIDE, World, Worlds

LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
ADDRESS_IN_JSON = re.compile(r'"(/[a-z][^"\s]*)"')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
ONE_OF_A_KIND = 3
PAGES_IN_EVERY_RUN = 70
ASKED_WITH = 2
"""Planted ids that the crawl itself puts into addresses."""


class Crawl:
    """Follows every link, and tries every GET route with ids that were seen on the way."""

    def __init__(self, world: World, secrets: Planted, *, of_a_kind: int, most: int) -> None:
        self.world = world
        self.secrets = secrets
        self.of_a_kind = of_a_kind
        self.most = most
        self.opened: dict[tuple[str, str], int] = {}
        self.leaks: list[str] = []

    async def as_(self, email: str) -> None:
        kinds: dict[str, int] = {}
        seen: set[str] = set()
        waiting = ["/", *self._plain_routes()]
        guessed = self._routes_with(_known_ids(self))
        async with await self.world.cast.as_(email) as browser:
            while len(seen) < self.most and (path := _next(waiting, guessed)):
                kind = ID.sub("-", path)
                if path in seen or kinds.get(kind, 0) >= self.of_a_kind:
                    continue
                seen.add(path)
                kinds[kind] = kinds.get(kind, 0) + 1
                waiting += self._look(email, path, await browser.get(path))

    def _look(self, email: str, path: str, answer: httpx.Response) -> Iterator[str]:
        assert answer.status_code < 500, (email, path, answer.text)
        self.opened[email, path] = answer.status_code
        everything = b"\n".join(b"%s: %s" % header for header in answer.headers.raw)
        found = self.secrets.found_in(everything + b"\n" + unescape(answer.text).encode())
        found += self.secrets.found_in(answer.content)
        found += [str(one) for one in self._ids_hidden_on(path) if str(one) in answer.text]
        self.leaks += [f"{email} {path}: {one}" for one in found]
        yield from _links(path, answer)

    def _ids_hidden_on(self, path: str) -> list[UUID]:
        """The audit says what address was asked for, and the crawl asks with some of the ids."""
        is_audit = path.removeprefix("/api/v1").startswith("/audit")
        return self.secrets.ids[ASKED_WITH:] if is_audit else self.secrets.ids

    def _plain_routes(self) -> list[str]:
        return [path for path in self._get_routes() if "{" not in path]

    def _routes_with(self, ids: list[str]) -> list[str]:
        """Every route with every id: what nobody links to, and ids of the wrong noun."""
        paths = [path for path in self._get_routes() if ":uuid}" in path]
        found = [re.sub(r"\{\w+:\w+\}", one, path) for one in ids for path in paths]
        random.Random(3).shuffle(found)
        return found

    def _get_routes(self) -> list[str]:
        routes = (one for one in self.world.cast.app.routes if isinstance(one, HTTPRoute))
        return sorted({one.path for one in routes if _is_get(one) and "sign-out" not in one.path})


def _next(waiting: list[str], guessed: list[str]) -> str:
    """What was linked to comes before what is guessed; empty where nothing is left."""
    return waiting.pop(0) if waiting else guessed.pop() if guessed else ""


def _is_get(route: HTTPRoute) -> bool:
    return any("GET" in handler.http_methods for handler in route.route_handlers)


def _known_ids(crawl: Crawl) -> list[str]:
    return [str(one) for one in (*crawl.secrets.ids[:ASKED_WITH], *crawl.world.sample_ids)]


def _links(path: str, answer: httpx.Response) -> Iterator[str]:
    kind = answer.headers.get("content-type", "")
    if "location" in answer.headers:
        yield answer.headers["location"]
    pattern = LINK if "html" in kind else ADDRESS_IN_JSON if "json" in kind else None
    for target in pattern.findall(answer.text) if pattern else ():
        parts = urlsplit(unescape(target))
        if not parts.netloc and "sign-out" not in parts.path and "/assets/" not in parts.path:
            joined = parts.path if parts.path.startswith("/") else urlsplit(path).path
            yield joined + (f"?{parts.query}" if parts.query else "")


async def _crawled(worlds: Worlds, *, of_a_kind: int, most: int) -> Crawl:
    crawl = Crawl(worlds.planted, worlds.secrets, of_a_kind=of_a_kind, most=most)
    for email in PROGRAMME_SIDE:
        await crawl.as_(email)
    return crawl


async def test_no_programme_role_finds_what_was_planted(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    assert len(worlds.secrets.tokens) >= 200
    crawl = await _crawled(worlds, of_a_kind=1, most=PAGES_IN_EVERY_RUN)
    assert len([status for status in crawl.opened.values() if status == 200]) > 50
    assert crawl.leaks == []
    record_property("planted tokens", len(worlds.secrets.tokens))
    record_property("addresses opened", len(crawl.opened))


@pytest.mark.deep
async def test_no_programme_role_finds_it_however_long_it_looks(worlds: Worlds) -> None:
    crawl = await _crawled(worlds, of_a_kind=40, most=3_000)
    assert crawl.leaks == []


async def test_the_crawl_does_find_what_the_survivor_side_shows(worlds: Worlds) -> None:
    """The hunt can succeed: the worker's own pages hold the names."""
    crawl = Crawl(worlds.planted, worlds.secrets, of_a_kind=ONE_OF_A_KIND, most=20)
    await crawl.as_("survivor.worker@waymark.example")
    assert crawl.leaks


async def test_every_form_of_a_token_is_recognised(worlds: Worlds) -> None:
    secret = worlds.secrets.sealed[0]
    for form in forms(secret):
        assert secret in worlds.secrets.found_in(b"before " + form.swapcase() + b" after")
    assert not worlds.secrets.found_in(b"nothing of the kind")


async def test_the_whole_work_database_holds_none_of_it(worlds: Worlds) -> None:
    connection = await worlds.planted.superuser(Side.WORK)
    tables = await connection.fetch(
        "SELECT c.oid::regclass::text FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth', 'audit')"
    )
    for (table,) in tables:
        # A refusal keeps the address that was asked for, whoever typed it.
        which = "WHERE operation <> 'refuse'" if table == "audit.entry" else ""
        rows = await connection.fetchval(
            f"SELECT string_agg(t::text, E'\\n') FROM {table} t {which}"
        )
        content = (rows or "").encode()
        assert worlds.secrets.found_in(content) == [], table
        assert not [one for one in worlds.secrets.ids if str(one).encode() in content], table
    await connection.close()


async def test_no_file_on_disk_holds_what_is_sealed(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    """Data files, write-ahead log, server log, keys and outbox, after a checkpoint."""
    for side in Side:
        connection = await worlds.planted.superuser(side)
        await connection.execute("CHECKPOINT")
        await connection.close()
    looked_at = 0
    for path in worlds.planted.home.rglob("*"):
        if path.is_file() and not path.is_symlink():
            looked_at += 1
            assert worlds.secrets.sealed_found_in(_content(path)) == [], path
    assert looked_at > 500
    record_property("files of the database and its log", looked_at)


def _content(path: Path) -> bytes:
    """Empty for a file that the server took away meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
