"""Whole numbers behind known sums: how many different values an unknown can have.

Branch and bound over the linear programme (SciPy's HiGHS), since a linear programme alone
also counts fractions that no service can have.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from outcomes.disclosure.knowledge import Relation
from outcomes.disclosure.quiet import off_standard_output
from outcomes.disclosure.witnesses import Walk, tightened
from programmes.common.errors import Refused

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

ENOUGH_VALUES = 4
LOOKS_IN_PASSING = 8
STEPS_IN_PASSING = 3
MOST_SHAVED = 4 * ENOUGH_VALUES
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
    with off_standard_output():
        return tuple(_Search(puzzle).narrow())


@lru_cache(maxsize=4096)
def is_narrow(puzzle: Puzzle) -> bool:
    """Whether any guarded unknown has fewer than four; the others are then not looked at."""
    with off_standard_output():
        return any(True for _found in _Search(puzzle).narrow())


class _Search:
    """Looks for solutions and remembers every value that a guarded unknown took in one.

    Most values turn up in a walk from one solution to the next; what the walk leaves open is
    searched for, and only that search, or the limits, may say that there are no more.
    """

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        self.low, self.high = list(puzzle.low), list(puzzle.high)
        self.seen: dict[int, set[int]] = {unknown: set() for unknown in puzzle.guarded}

    def narrow(self) -> Iterator[tuple[int, int]]:
        """Four values of each guarded unknown are looked for; those that have fewer."""
        self._begin()
        home = self.walk.found[:]
        for _look in range(LOOKS_IN_PASSING):
            self._look_in_passing()
            self.walk.stand_at(home)
        for unknown, values in self.seen.items():
            if not self._is_settled(unknown):
                self._look_at(unknown)
            if len(values) < ENOUGH_VALUES:
                yield unknown, len(values)

    def _begin(self) -> None:
        """At any solution. Raises Contradiction where there is none."""
        if not tightened(self.low, self.high, self.puzzle.relations):
            raise Contradiction
        self.walk = Walk(self.low, self.high, self.puzzle.relations)
        if self.walk.start():
            self._remember(self.walk.found)
        elif not self._solve({}):
            raise Contradiction

    def _look_in_passing(self) -> None:
        for unknown in self.seen:
            for value in self._unseen(unknown)[:STEPS_IN_PASSING]:
                if not self._is_settled(unknown) and self.walk.step(unknown, value):
                    self._remember(self.walk.found)

    def _is_settled(self, unknown: int) -> bool:
        return len(self.seen[unknown]) >= min(ENOUGH_VALUES, self._width(unknown))

    def _width(self, unknown: int) -> float:
        return self.high[unknown] - self.low[unknown] + 1

    def _remember(self, found: Sequence[int]) -> None:
        for unknown, values in self.seen.items():
            values.add(found[unknown])

    def _unseen(self, unknown: int) -> list[int]:
        """The possible values that were not seen yet, those near at hand first."""
        now = self.walk.found[unknown]
        low = int(max(self.low[unknown], now - 2 * ENOUGH_VALUES))
        high = int(min(self.high[unknown], now + 2 * ENOUGH_VALUES))
        unseen = [value for value in range(low, high + 1) if value not in self.seen[unknown]]
        return sorted(unseen, key=lambda value: abs(value - now))

    def _look_at(self, unknown: int) -> None:
        """Its ends first where many values are possible, then one after the other."""
        self._shave(unknown)
        for limits, direction in ((self.low, 1), (self.high, -1)):
            if not self._is_settled(unknown) and self._width(unknown) > 2 * ENOUGH_VALUES:
                self._solve({unknown: direction})
                limits[unknown] = self.walk.found[unknown]
        for value in self._unseen(unknown):
            if self._is_settled(unknown):
                break
            if value not in self.seen[unknown] and self._may_be(unknown, value):
                self._search_for(unknown, value)

    def _search_for(self, unknown: int, value: int) -> None:
        if self._solve({}, further=(Relation(((unknown, 1),), value, value),)):
            self._look_in_passing()

    def _shave(self, unknown: int) -> None:
        """Leaves out values at either end that the sums rule out one after the other."""
        for limits, inward in ((self.low, 1), (self.high, -1)):
            for _value in range(MOST_SHAVED):
                end = limits[unknown]
                if end in self.seen[unknown] or self._may_be(unknown, end):
                    break
                limits[unknown] += inward

    def _may_be(self, unknown: int, value: float) -> bool:
        low, high = self.low[:], self.high[:]
        low[unknown] = high[unknown] = value
        return tightened(low, high, self.puzzle.relations)

    def _solve(self, objective: Mapping[int, int], further: Sequence[Relation] = ()) -> bool:
        """Whether anything fits; the solution that makes the objective small is remembered."""
        from scipy.optimize import Bounds, milp

        unknowns = len(self.low)
        found = milp(
            [objective.get(unknown, 0) for unknown in range(unknowns)],
            integrality=[1] * unknowns,
            bounds=Bounds(self.low, self.high),
            constraints=_constraints((*self.puzzle.relations, *further), unknowns),
            options={"mip_rel_gap": 0},
        )
        if found.x is None and found.status != INFEASIBLE:
            raise Refused(f"The audit could not be finished: {found.message}")
        if found.x is None:
            return False
        self.walk.stand_at([round(value) for value in found.x])
        self._remember(self.walk.found)
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
