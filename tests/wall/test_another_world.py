"""Whether there are survivors changes not one byte of what the programme side is answered.

Runs before the crawl, which asks one world alone and so leaves its audit longer.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from uuid import UUID

import httpx
import pytest

from programmes.common.db import Side
from tests.wall.requests import Asked, asked_of_both, script, told_apart_by
from tests.wall.worlds import PROGRAMME_SIDE, World, Worlds

IN_EVERY_RUN, SECONDS = 2_000, 25
IN_THE_LONG_FORM, LONG_SECONDS = 200_000, 20 * 60
AT_LEAST = 150
"""A slow machine asks as much as fits the time; how much that was is recorded."""


async def _browsers(stack: AsyncExitStack, world: World) -> dict[str, httpx.AsyncClient]:
    return {
        email: await stack.enter_async_context(await world.cast.as_(email))
        for email in PROGRAMME_SIDE
    }


async def _differences(
    worlds: Worlds, *, length: int, seconds: float, seed: int
) -> tuple[list[str], list[int]]:
    """The requests that were answered differently, and every status that came back."""
    different: list[str] = []
    statuses: list[int] = []
    until = time.monotonic() + seconds
    async with AsyncExitStack() as stack:
        first = await _browsers(stack, worlds.plain)
        second = await _browsers(stack, worlds.planted)
        for one in script(worlds.plain, PROGRAMME_SIDE, length=length, seed=seed):
            if time.monotonic() > until:
                break
            answers = await asked_of_both(first[one.email], second[one.email], one)
            statuses.append(answers[0].status_code)
            told = [repr(told_apart_by(one, answer)) for answer in answers]
            if told[0] != told[1]:
                different.append(f"{one.email} {one.method} {one.path}: {_where_apart(*told)}")
    return different, statuses


def _where_apart(first: str, second: str) -> str:
    at = next((n for n, one in enumerate(first) if second[n : n + 1] != one), len(first))
    return f"{first[max(at - 120, 0) : at + 120]!r} against {second[max(at - 120, 0) : at + 120]!r}"


async def test_the_same_requests_are_answered_alike_with_and_without_survivors(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    different, statuses = await _differences(worlds, length=IN_EVERY_RUN, seconds=SECONDS, seed=1)
    record_property("pairs of requests", len(statuses))
    assert different == []
    assert not [status for status in statuses if status >= 500]
    assert len(statuses) >= AT_LEAST
    assert statuses.count(200) > len(statuses) / 10
    assert len(set(statuses)) >= 3


@pytest.mark.deep
async def test_they_are_answered_alike_however_long_one_asks(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    different, statuses = await _differences(
        worlds, length=IN_THE_LONG_FORM, seconds=LONG_SECONDS, seed=2
    )
    record_property("pairs of requests, long form", len(statuses))
    assert different == []


async def test_the_comparison_notices_a_leak(worlds: Worlds) -> None:
    """One byte of one row of `work` that depends on a survivor, and the worlds differ."""
    manager = "manager@waymark.example"
    leaking = "UPDATE person SET first_name = first_name || '.' WHERE id = $1"
    healing = "UPDATE person SET first_name = left(first_name, -1) WHERE id = $1"
    async with AsyncExitStack() as stack:
        first = await _browsers(stack, worlds.plain)
        second = await _browsers(stack, worlds.planted)
        owner = await stack.enter_async_context(worlds.planted.cast.owner(Side.WORK))
        person_id = await _still_there(second[manager], worlds.planted.ids_by_name["person_id"])
        one = Asked(manager, "GET", f"/people/{person_id}", {}, 1)
        await owner.execute("SELECT set_config('waymark.act', 'leak', false)")
        assert await _differ(first, second, one) is False
        await owner.execute(leaking, person_id)
        try:
            assert await _differ(first, second, one) is True
        finally:
            await owner.execute(healing, person_id)


async def _still_there(browser: httpx.AsyncClient, ids: Sequence[UUID]) -> UUID:
    """The random requests before may have joined somebody with another record."""
    for one in ids:
        if (await browser.get(f"/people/{one}")).status_code == 200:
            return one
    raise AssertionError("nobody is left")


async def _differ(
    first: dict[str, httpx.AsyncClient], second: dict[str, httpx.AsyncClient], one: Asked
) -> bool:
    answers = await asked_of_both(first[one.email], second[one.email], one)
    assert answers[0].status_code == 200, answers[0].text
    return told_apart_by(one, answers[0]) != told_apart_by(one, answers[1])
