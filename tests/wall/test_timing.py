"""What is hidden takes as long to be refused as what is not there."""

import asyncio
import math
import random
import time
from bisect import bisect
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple
from uuid import UUID

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from programmes.common.db import Side, fetch
from programmes.common.ids import new_id
from tests.cast import BASE
from tests.wall.worlds import Worlds

ASKING = "probation@waymark.example"
ADDRESSES = ("/people/{}", "/api/v1/people/{}", "/orders/{}", "/people?q={}")
"""What people guess at: his record, its twin for programs, an order, a reference."""
BINS = 16
PAIRS_IN_EVERY_RUN, PAIRS_IN_THE_LONG_FORM = 30, 2_000
BY_CHANCE = 1e-6
STRICT = 0.55


class Pair(NamedTuple):
    """Seconds until the refusal of something hidden, and of nothing at all, in a random order."""

    hidden: float
    absent: float


@asynccontextmanager
async def _as_in_service(worlds: Worlds) -> AsyncIterator[httpx.AsyncClient]:
    """With the refusals' beat, which the cast's own service does without."""
    cast = worlds.planted.cast
    settings = Settings(home=cast.databases.settings.home)
    transport = httpx.ASGITransport(create_app(settings, cast.clock, cast.databases))
    async with await cast.as_(ASKING) as signed_in:
        cookies = signed_in.cookies
        async with httpx.AsyncClient(transport=transport, base_url=BASE, cookies=cookies) as one:
            yield one


async def _hidden(worlds: Worlds, address: str) -> list[UUID | str]:
    """In the world where they could have a survivor: records that this officer cannot see."""
    table = "protective_order" if "orders" in address else "person"
    names = f"SELECT {'reference' if 'q=' in address else 'id'} AS name FROM {table} ORDER BY id"
    async with worlds.planted.cast.acting(ASKING):
        seen = {row["name"] for row in await fetch(names)}
    async with worlds.planted.cast.owner(Side.WORK) as owner:
        return [row["name"] for row in await owner.fetch(names) if row["name"] not in seen]


def _like(hidden: UUID | str, worlds: Worlds, source: random.Random) -> UUID | str:
    """Something of the same make that is not there."""
    if isinstance(hidden, UUID):
        return new_id(worlds.clock.now())
    return f"{hidden[:1]}{source.randrange(5_000, 10_000)}"


async def _pairs(
    browser: httpx.AsyncClient, address: str, hidden: list[UUID | str], worlds: Worlds, count: int
) -> list[Pair]:
    """Whatever else the machine does meanwhile hits both of a pair alike."""
    source = random.Random(count)
    found = []
    for _ in range(count + 3):
        there = source.choice(hidden)
        both = [(there, True), (_like(there, worlds, source), False)]
        source.shuffle(both)
        took = {}
        for one, is_hidden in both:
            began = time.perf_counter()
            answer = await browser.get(address.format(one))
            took[is_hidden] = time.perf_counter() - began
            assert answer.status_code == 404 or "Nobody you work with is found" in answer.text, (
                address,
                one,
            )
        found.append(Pair(took[True], took[False]))
    return found[3:]


async def _asked(worlds: Worlds, count: int) -> list[list[Pair]]:
    """Every address at once: most of the time is waiting for the beat."""
    hidden = {address: await _hidden(worlds, address) for address in ADDRESSES}
    assert all(len(ids) > 10 for ids in hidden.values())
    async with _as_in_service(worlds) as browser:
        return await asyncio.gather(
            *(_pairs(browser, address, ids, worlds, count) for address, ids in hidden.items())
        )


def told_apart(pairs: Sequence[Pair]) -> float:
    """How often a classifier is right that learnt on one half of the times and guesses the other.

    It sorts times into bins of equal size, and guesses what the bin held more of.
    """
    learnt, asked = _times(pairs[::2]), _times(pairs[1::2])
    edges = quantiles([seconds for seconds, _ in learnt], n=BINS)
    leaning = [0] * BINS
    for seconds, is_hidden in learnt:
        leaning[bisect(edges, seconds)] += 1 if is_hidden else -1
    right = [(leaning[bisect(edges, seconds)] > 0) == is_hidden for seconds, is_hidden in asked]
    return sum(right) / len(right)


def _times(pairs: Sequence[Pair]) -> list[tuple[float, bool]]:
    return [
        (seconds, is_hidden)
        for pair in pairs
        for seconds, is_hidden in zip(pair, (True, False), strict=True)
    ]


def most_by_chance(pairs: int) -> int:
    """The most pairs that lean one way more seldom than once in a million runs, were there no
    lean: of a fair coin's throws, counted exactly, both ways together."""
    tail, heads = 0.0, pairs
    while heads > pairs / 2 and 2 * (tail := tail + math.comb(pairs, heads) / 2**pairs) < BY_CHANCE:
        heads -= 1
    return heads


async def test_hidden_and_absent_are_as_often_the_slower_of_a_pair(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    pairs = [pair for of_one in await _asked(worlds, PAIRS_IN_EVERY_RUN) for pair in of_one]
    slower = sum(pair.hidden > pair.absent for pair in pairs)
    record_property(f"pairs of {len(pairs)} in which what is hidden took longer", slower)
    assert min(map(min, pairs)) > 0.9 * Settings(home=Path()).refusals_on_beat
    assert max(slower, len(pairs) - slower) <= most_by_chance(len(pairs))


@pytest.mark.deep
async def test_no_classifier_tells_hidden_from_absent_by_time(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    worst = max(map(told_apart, await _asked(worlds, PAIRS_IN_THE_LONG_FORM)))
    record_property(f"guessed right of {PAIRS_IN_THE_LONG_FORM} hidden and as many", f"{worst:.3f}")
    assert worst <= STRICT


def test_the_classifier_finds_a_slower_answer() -> None:
    """A quarter more time for what is hidden is found out, and no difference is not."""
    source = random.Random(5)
    alike = [Pair(source.gauss(0.008, 0.001), source.gauss(0.008, 0.001)) for _ in range(2_000)]
    slower = [Pair(1.25 * pair.hidden, pair.absent) for pair in alike]
    assert told_apart(slower) > 0.8
    assert 0.45 < told_apart(alike) < STRICT


def test_chance_is_bounded_by_how_often_a_coin_falls() -> None:
    """Three in four of 120 pairs, as before refusals had a beat, are no chance; 3 in 5 may be."""
    assert 0.6 * 120 < most_by_chance(120) < 0.75 * 120
    assert most_by_chance(10) == 10
