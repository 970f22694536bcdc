"""Whole numbers behind known sums: how many different values an unknown can have.

Branch and bound over the linear programme (SciPy's HiGHS), since a linear programme alone
also counts fractions that no service can have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from random import Random
from typing import TYPE_CHECKING

from outcomes.disclosure.knowledge import Relation
from outcomes.disclosure.quiet import off_standard_output
from programmes.common.errors import Refused

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

ENOUGH_VALUES = 4
SHARED_LOOKS = 8
INFEASIBLE = 2


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Unknowns that hang together, as plain numbers so that a like puzzle is solved once."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    relations: tuple[Relation, ...]
    guarded: tuple[int, ...]


class Contradiction(Exception):
    """No true counts fit the tables: noise, a correction since, or a mistake."""


@lru_cache(maxsize=4096)
def narrowed(puzzle: Puzzle) -> tuple[tuple[int, int], ...]:
    """The guarded unknowns with fewer than four possible values, and how many they have.

    Raises Contradiction where nothing fits.
    """
    search = _Search(puzzle)
    with off_standard_output():
        search.look_everywhere()
    return tuple(
        (unknown, len(values))
        for unknown, values in search.seen.items()
        if len(values) < ENOUGH_VALUES
    )


class _Search:
    """Looks for solutions and remembers every value that a guarded unknown took in one."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        self.seen: dict[int, set[int]] = {unknown: set() for unknown in puzzle.guarded}
        self.random = Random(0)  # noqa: S311 - the same puzzle goes the same way everywhere

    def look_everywhere(self) -> None:
        """Finds four values of each guarded unknown, or all that it has."""
        if not self._solve({}):
            raise Contradiction
        for _look in range(SHARED_LOOKS):
            if unsettled := self._unsettled():
                self._look_near({unknown: self._wish(unknown) for unknown in unsettled})
        for unknown in self._unsettled():
            self._look_at(unknown)

    def _unsettled(self) -> list[int]:
        return [unknown for unknown, values in self.seen.items() if len(values) < ENOUGH_VALUES]

    def _wish(self, unknown: int) -> int:
        """A small value that was not seen yet."""
        low = int(self.puzzle.low[unknown])
        high = int(min(self.puzzle.high[unknown], low + 2 * ENOUGH_VALUES - 1))
        unseen = [v for v in range(low, high + 1) if v not in self.seen[unknown]]
        return self.random.choice(unseen or [low])

    def _look_near(self, wishes: Mapping[int, int]) -> None:
        """The solution nearest to these wishes, each unknown's distance counted alike."""
        distance = {unknown: len(self.puzzle.low) + i for i, unknown in enumerate(wishes)}
        above = [Relation(((u, 1), (distance[u], -1)), -inf, wish) for u, wish in wishes.items()]
        below = [Relation(((u, 1), (distance[u], 1)), wish, inf) for u, wish in wishes.items()]
        self._solve(dict.fromkeys(distance.values(), 1), further=(*above, *below))

    def _look_at(self, unknown: int) -> None:
        """Its least and its greatest value, then those between, until there are enough."""
        for direction in (1, -1):
            if len(self.seen[unknown]) < ENOUGH_VALUES:
                self._solve({unknown: direction})
        between = range(min(self.seen[unknown]) + 1, max(self.seen[unknown]))
        for value in between[: 2 * ENOUGH_VALUES]:
            if len(self.seen[unknown]) < ENOUGH_VALUES and value not in self.seen[unknown]:
                self._solve({}, further=(Relation(((unknown, 1),), value, value),))

    def _solve(self, objective: Mapping[int, int], further: Sequence[Relation] = ()) -> bool:
        """Whether anything fits; the solution that makes the objective small is remembered."""
        from scipy.optimize import Bounds, milp

        unknowns = max(len(self.puzzle.low), *(u + 1 for u in objective), 0)
        more = unknowns - len(self.puzzle.low)
        low, high = (*self.puzzle.low, *[0.0] * more), (*self.puzzle.high, *[inf] * more)
        if any(least > most for least, most in zip(low, high, strict=True)):
            return False
        found = milp(
            [objective.get(unknown, 0) for unknown in range(unknowns)],
            integrality=[1] * unknowns,
            bounds=Bounds(low, high),
            constraints=_constraints((*self.puzzle.relations, *further), unknowns),
            options={"mip_rel_gap": 0.5 if more else 0},
        )
        if found.x is None and found.status != INFEASIBLE:
            raise Refused(f"The audit could not be finished: {found.message}")
        if found.x is None:
            return False
        for unknown, values in self.seen.items():
            values.add(round(found.x[unknown]))
        return True


def _constraints(relations: Sequence[Relation], unknowns: int) -> "list[LinearConstraint]":
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    if not relations:
        return []
    places = [(i, u, factor) for i, r in enumerate(relations) for u, factor in r.terms]
    rows, columns, factors = zip(*places, strict=True)
    matrix = csr_array((factors, (rows, columns)), shape=(len(relations), unknowns))
    return [LinearConstraint(matrix, [r.low for r in relations], [r.high for r in relations])]
