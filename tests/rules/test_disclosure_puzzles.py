"""The search behind the audit against trying every number there is."""

from functools import cache
from itertools import product
from math import inf
from random import Random

import pytest

from outcomes.disclosure.knowledge import Relation
from outcomes.disclosure.puzzles import Contradiction, Puzzle, is_narrow, narrowed
from outcomes.disclosure.witnesses import Walk, tightened

LARGEST = 6
SEEDS = range(40)


def invented_puzzle(random: Random) -> Puzzle:
    """Five unknowns of 0 to 6 in up to five sums; some fit nothing, some one thing, some much."""
    relations = []
    for _relation in range(random.randrange(2, 6)):
        unknowns = random.sample(range(5), random.randrange(2, 5))
        terms = tuple((unknown, random.choice((1, 1, 1, -1, 2, -9))) for unknown in unknowns)
        middle = sum(factor * random.randrange(LARGEST + 1) for _unknown, factor in terms)
        low = random.choice((middle, middle - 2, -inf))
        relations.append(Relation(terms, low, middle))
    return Puzzle((0,) * 5, (LARGEST,) * 5, tuple(relations), (0, 1, 2))


@cache
def solutions(puzzle: Puzzle) -> list[tuple[int, ...]]:
    return [
        found
        for found in product(range(LARGEST + 1), repeat=5)
        if all(r.low <= sum(f * found[u] for u, f in r.terms) <= r.high for r in puzzle.relations)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_counts_what_trying_everything_counts(seed: int) -> None:
    puzzle = invented_puzzle(Random(seed))
    worlds = solutions(puzzle)
    if not worlds:
        for look in (narrowed, is_narrow):
            with pytest.raises(Contradiction):
                look(puzzle)
        return
    values = {unknown: len({world[unknown] for world in worlds}) for unknown in puzzle.guarded}
    expected = {unknown: count for unknown, count in values.items() if count < 4}
    assert dict(narrowed(puzzle)) == expected
    assert is_narrow(puzzle) == bool(expected)


def test_the_invented_puzzles_are_of_every_kind() -> None:
    """Or the test above would prove less than it says."""
    counts = [len(solutions(invented_puzzle(Random(seed)))) for seed in SEEDS]
    assert {min(count, 2) for count in counts} == {0, 1, 2}


@pytest.mark.parametrize("seed", SEEDS)
def test_limits_leave_out_no_solution_and_every_step_leads_to_one(seed: int) -> None:
    puzzle = invented_puzzle(Random(seed))
    worlds = set(solutions(puzzle))
    low, high = list(puzzle.low), list(puzzle.high)
    if not tightened(low, high, puzzle.relations):
        assert not worlds
        return
    assert all(low[u] <= world[u] <= high[u] for world in worlds for u in range(5))
    walk = Walk(low, high, puzzle.relations)
    if walk.start():
        assert tuple(walk.found) in worlds
        for unknown, value in product(range(5), range(LARGEST + 1)):
            if low[unknown] <= value <= high[unknown]:
                before, arrived = walk.found[:], walk.step(unknown, value)
                assert tuple(walk.found) in worlds
                assert walk.found[unknown] == value if arrived else walk.found == before
