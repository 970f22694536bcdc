"""Random requests, the same for both worlds, and what may be told apart of their answers."""

import asyncio
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar.routes import HTTPRoute

from programmes.common.ids import ids
from tests.wall.asking import Answer, Asking
from tests.wall.worlds import World

CLOCK_OF_THE_DATABASE = re.compile(r"(/api/v1)?/(audit|account(/.*)?)")
"""The trail, and when one's own sign-ins were last used, which is noted once a minute."""
TIMES = re.compile(rb"\d{1,2}:\d\d(:\d\d)?(\.\d+)?|\d{4}-\d\d-\d\dT[0-9:.+Z]+")
MADE_BY_THE_DATABASE = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}")
SECRETS = re.compile(rb"/feedback/[\w-]{43}")
"""Where somebody without an account says how it was: drawn by chance, whoever asks for one."""
DESCRIPTIONS = re.compile(r"/api/v1/(openapi|schema).*")
"""The same for everybody, and slow: asked once in a while only."""
RIGHT_NOUN = 0.7
WORDS = ("", "1", "2018", "an", "x", "yes", "suitable", "2018-03-01", "9999-99-99", "'; --", "é")


@dataclass(frozen=True)
class Asked:
    email: str
    method: str
    path: str
    form: dict[str, str]
    seed: int


def script(world: World, emails: tuple[str, ...], *, length: int, seed: int) -> Iterator[Asked]:
    """Two in three are GETs; addresses hold real ids, of this noun or another, or nonsense."""
    source = random.Random(seed)
    routes = [route for route in world.cast.app.routes if isinstance(route, HTTPRoute)]
    gets = sorted(route.path for route in routes if _takes(route, "GET"))
    posts = sorted(route.path for route in routes if _takes(route, "POST"))
    for _ in range(length):
        method = source.choices(("GET", "POST"), (2, 1))[0]
        path = source.choice(gets if method == "GET" else posts)
        if DESCRIPTIONS.fullmatch(path) and source.random() < 0.99:
            path = "/"
        filled = re.sub(r"\{(\w+):(\w+)\}", lambda found: _id(world, source, found), path)
        query = f"?q={quote(source.choice(WORDS))}" if source.random() < 0.2 else ""
        yield Asked(
            source.choice(emails), method, filled + query, _form(source), source.getrandbits(64)
        )


def _takes(route: HTTPRoute, method: str) -> bool:
    is_door = any(word in route.path for word in ("sign", "assets", "{rest"))
    return not is_door and any(method in one.http_methods for one in route.route_handlers)


def _id(world: World, source: random.Random, found: re.Match[str]) -> str:
    """Mostly of the noun that the address names, else of any other, or of nothing at all."""
    if found[2] != "uuid":
        return source.choice(("2018", "attendance", "nothing", "missed", "dvpo"))
    if source.random() < 0.1:
        return str(world.sample_ids[0])[:-4] + "dead"
    if found[1] in world.ids_by_name and source.random() < RIGHT_NOUN:
        return str(source.choice(world.ids_by_name[found[1]]))
    return str(source.choice(world.sample_ids))


def _form(source: random.Random) -> dict[str, str]:
    names = (
        "outcome",
        "status",
        "reason",
        "note",
        "version",
        "code",
        "first_name",
        "kind",
        "after",
    )
    form = {name: source.choice(WORDS) for name in source.sample(names, 4)}
    form["submission"] = f"01890000-0000-7000-8000-{source.getrandbits(48):012x}"
    return form


_bits: ContextVar[Callable[[int], int]] = ContextVar("bits")


@contextmanager
def seeded_ids() -> Iterator[None]:
    """Each request has random bits of its own, so that two worlds can be asked at once."""
    before, ids.random_bits = ids.random_bits, lambda size: _bits.get(before)(size)
    try:
        yield
    finally:
        ids.random_bits = before


async def asked(browser: Asking, one: Asked) -> Answer:
    """Inside `seeded_ids`: with the same random bits for every id that the answer makes."""
    _bits.set(random.Random(one.seed).getrandbits)
    if one.method == "GET":
        return await browser.get(one.path)
    as_json = one.path.startswith("/api/")
    return await browser.send(one.method, one.path, one.form, as_json=as_json)


async def asked_of_both(first: Asking, second: Asking, one: Asked) -> tuple[Answer, Answer]:
    """At the same moment: while one database is at work, the other world's page is made."""
    with seeded_ids():
        return await asyncio.gather(asked(first, one), asked(second, one))


def told_apart_by(one: Asked, answer: Answer) -> tuple[Any, ...]:
    """Status, headers and body. Instants by the server's clock are the one thing that two worlds
    cannot share, and stand as they would in any other run."""
    body = SECRETS.sub(b"secret", answer.content)
    headers = [pair for pair in answer.headers if pair[0] != b"date"]
    if CLOCK_OF_THE_DATABASE.fullmatch(one.path.partition("?")[0]):
        body = MADE_BY_THE_DATABASE.sub(b"id", TIMES.sub(b"time", body))
        headers = [pair for pair in headers if pair[0] != b"content-length"]
    return answer.status, headers, body
