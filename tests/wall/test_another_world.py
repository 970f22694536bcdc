"""Whether there are survivors changes not one byte of what the programme side is answered.

Runs before the crawl, which asks one world alone and so leaves its audit longer.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from programmes.common.db import Side
from tests.wall.asking import Asking
from tests.wall.pairs import asked_elsewhere, asked_in_pairs, browsers
from tests.wall.requests import Asked, asked_of_both, told_apart_by
from tests.wall.worlds import Worlds

IN_EVERY_RUN, SECONDS = 2_000, 25
IN_THE_LONG_FORM, LONG_SECONDS = 100_000, 19 * 60
GOES = 2
"""The second goes on with other scripts: 200,000 pairs together, and each within its time. A slow
machine asks as much as fits; how much that was is recorded."""
MOST_AT_ONCE = 8


async def test_the_same_requests_are_answered_alike_with_and_without_survivors(
    worlds: Worlds, record_property: Callable[[str, object], None]
) -> None:
    found = await asked_in_pairs(worlds, length=IN_EVERY_RUN, seconds=SECONDS, seed=1)
    statuses = found.statuses
    record_property("pairs of requests", len(statuses))
    assert found.different == []
    assert not [status for status in statuses if status >= 500]
    assert statuses.count(200) > len(statuses) / 10
    assert len(set(statuses)) >= 3


@pytest.mark.deep
@pytest.mark.parametrize("go", range(GOES))
async def test_they_are_answered_alike_however_long_one_asks(
    tmp_path_factory: pytest.TempPathFactory,
    record_property: Callable[[str, object], None],
    go: int,
) -> None:
    """Every core asks another script, in two worlds of its own."""
    cores = min(os.cpu_count() or 1, MOST_AT_ONCE)
    async with asyncio.TaskGroup() as group:
        asking = [
            group.create_task(
                asked_elsewhere(
                    tmp_path_factory.mktemp("worlds"),
                    length=IN_THE_LONG_FORM // cores,
                    seconds=LONG_SECONDS,
                    seed=seed,
                )
            )
            for seed in range(2 + go * cores, 2 + (go + 1) * cores)
        ]
    found = [one.result() for one in asking]
    statuses = [status for one in found for status in one.statuses]
    record_property("pairs of requests", len(statuses))
    assert [different for one in found for different in one.different] == []
    assert not [status for status in statuses if status >= 500]


async def test_the_comparison_notices_a_leak(worlds: Worlds) -> None:
    """One byte of one row of `work` that depends on a survivor, and the worlds differ."""
    manager = "manager@waymark.example"
    leaking = "UPDATE person SET first_name = first_name || '.' WHERE id = $1"
    healing = "UPDATE person SET first_name = left(first_name, -1) WHERE id = $1"
    first, second = await browsers(worlds.plain), await browsers(worlds.planted)
    async with worlds.planted.cast.owner(Side.WORK) as owner:
        person_id = await _still_there(second[manager], worlds.planted.ids_by_name["person_id"])
        one = Asked(manager, "GET", f"/people/{person_id}", {}, 1)
        await owner.execute("SELECT set_config('waymark.act', 'leak', false)")
        assert await _differ(first, second, one) is False
        await owner.execute(leaking, person_id)
        try:
            assert await _differ(first, second, one) is True
        finally:
            await owner.execute(healing, person_id)


async def _still_there(browser: Asking, ids: Sequence[UUID]) -> UUID:
    """The random requests before may have joined somebody with another record."""
    for one in ids:
        if (await browser.get(f"/people/{one}")).status == 200:
            return one
    raise AssertionError("nobody is left")


async def _differ(first: dict[str, Asking], second: dict[str, Asking], one: Asked) -> bool:
    answers = await asked_of_both(first[one.email], second[one.email], one)
    assert answers[0].status == 200, answers[0].content
    return told_apart_by(one, answers[0]) != told_apart_by(one, answers[1])
