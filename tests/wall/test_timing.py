"""What is hidden takes as long to be refused as what is not there."""

import random
import time
from bisect import bisect
from collections.abc import Callable, Sequence
from statistics import quantiles
from uuid import UUID

import httpx
import pytest

from programmes.common.db import Side, fetch
from programmes.common.ids import new_id
from tests.wall.worlds import Worlds

ASKING = "probation@waymark.example"
ADDRESSES = ("/people/{}", "/api/v1/people/{}", "/orders/{}")
BINS = 16
IN_EVERY_RUN, LOOSE = 60, 0.8
IN_THE_LONG_FORM, STRICT = 2_000, 0.55


async def _hidden(worlds: Worlds, address: str) -> list[UUID]:
    """In the world where they could have a survivor: records that this officer cannot see."""
    ids = f"SELECT id FROM {'protective_order' if 'orders' in address else 'person'} ORDER BY id"
    async with worlds.planted.cast.acting(ASKING):
        seen = {row["id"] for row in await fetch(ids)}
    async with worlds.planted.cast.owner(Side.WORK) as owner:
        return [row["id"] for row in await owner.fetch(ids) if row["id"] not in seen]


async def _times(
    browser: httpx.AsyncClient, address: str, hidden: list[UUID], worlds: Worlds, each: int
) -> list[tuple[float, bool]]:
    """Seconds of each answer and whether something was there, in no order that could tell."""
    source = random.Random(each)
    asked = [(source.choice(hidden), True) for _ in range(each)]
    asked += [(new_id(worlds.clock.now()), False) for _ in range(each)]
    source.shuffle(asked)
    found = []
    for one, is_hidden in [*asked[:20], *asked]:
        began = time.perf_counter()
        answer = await browser.get(address.format(one))
        found.append((time.perf_counter() - began, is_hidden))
        assert answer.status_code == 404, (address, one)
    return found[20:]


def told_apart(times: Sequence[tuple[float, bool]]) -> float:
    """How often a classifier is right that learnt on one half of the times and guesses the other.

    It sorts times into bins of equal size, and guesses what the bin held more of.
    """
    learnt, asked = times[::2], times[1::2]
    edges = quantiles([seconds for seconds, _ in learnt], n=BINS)
    leaning = [0] * BINS
    for seconds, is_hidden in learnt:
        leaning[bisect(edges, seconds)] += 1 if is_hidden else -1
    right = [(leaning[bisect(edges, seconds)] > 0) == is_hidden for seconds, is_hidden in asked]
    return sum(right) / len(right)


async def _worst(worlds: Worlds, each: int) -> float:
    """Over every address that people guess at: his record, its twin for programs, an order."""
    worst = 0.0
    async with await worlds.planted.cast.as_(ASKING) as browser:
        for address in ADDRESSES:
            hidden = await _hidden(worlds, address)
            assert len(hidden) > 10, address
            worst = max(worst, told_apart(await _times(browser, address, hidden, worlds, each)))
    return worst


async def test_hidden_and_absent_take_about_as_long(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    """Few answers on a busy machine: only what anybody would notice with a watch fails here."""
    worst = await _worst(worlds, IN_EVERY_RUN)
    record_property(f"guessed right of {IN_EVERY_RUN} hidden and as many absent", f"{worst:.2f}")
    assert worst < LOOSE


@pytest.mark.deep
async def test_no_classifier_tells_hidden_from_absent_by_time(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    worst = await _worst(worlds, IN_THE_LONG_FORM)
    record_property(f"guessed right of {IN_THE_LONG_FORM} hidden and as many", f"{worst:.3f}")
    assert worst <= STRICT


def test_the_classifier_finds_a_slower_answer() -> None:
    """A quarter more time for what is hidden is found out, and no difference is not."""
    source = random.Random(5)
    alike = [(source.gauss(0.008, 0.001), source.random() < 0.5) for _ in range(4_000)]
    slower = [(seconds * (1.25 if is_hidden else 1), is_hidden) for seconds, is_hidden in alike]
    assert told_apart(slower) > LOOSE
    assert 0.45 < told_apart(alike) < STRICT
