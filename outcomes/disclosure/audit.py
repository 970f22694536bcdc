"""The audit gate: whether every hidden figure could still be four different numbers.

Works with whole numbers throughout (branch and bound over the linear programme), since a
linear programme alone also counts fractions that no service can have.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from outcomes.disclosure.knowledge import Knowledge, Place, Relation, knowledge, latest
from outcomes.disclosure.words import ReleasedTable
from programmes.common.errors import Refused

if TYPE_CHECKING:
    from scipy.optimize import Bounds, LinearConstraint

ENOUGH_VALUES = 4
INFEASIBLE = 2


@dataclass(frozen=True, slots=True)
class Exposure:
    """A hidden figure that can be narrowed to fewer than four numbers, and where it stands."""

    place: Place
    possible: int


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Figures that hang together, as plain numbers so that a like puzzle is solved once."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    relations: tuple[Relation, ...]
    guarded: tuple[int, ...]


class Contradiction(Exception):
    """No true counts fit the tables: noise, a correction since, or a mistake."""


def exposures(tables: Sequence[ReleasedTable]) -> tuple[Exposure, ...]:
    """The hidden figures that these tables, read together and at face value, give away.

    Hidden noughts are guarded like 1 to 7, so that the verdict depends on nothing but what is
    printed and tells no more than the print does. Where figures of different periods or
    revisions contradict each other (records were corrected in between) they are read apart.
    Raises Refused where one period contradicts itself.
    """
    found: dict[Place, int] = {}
    for reading in _readings(tables):
        contradicted = False
        for puzzle, places in _puzzles(reading):
            try:
                narrow = narrowed(puzzle)
            except Contradiction:
                contradicted = True
                continue
            found |= {place: n for figure, n in narrow for place in places[figure]}
        if not contradicted:
            return tuple(Exposure(place, possible) for place, possible in sorted(found.items()))
    raise Refused("The published figures contradict each other.")


def _readings(tables: Sequence[ReleasedTable]) -> Iterator[Knowledge]:
    """What an intruder may take to be true, the most trusting reading first."""
    newest = latest(tables)
    if len(newest) < len(tables):
        yield knowledge(tables)
    yield knowledge(newest)
    apart = knowledge(newest)
    apart.across_periods.clear()
    yield apart


def _puzzles(known: Knowledge) -> Iterator[tuple[Puzzle, dict[int, list[Place]]]]:
    """The parts of what is known that have nothing to do with each other."""
    relations = known.relations + known.across_periods
    leader = _leaders(len(known.low), relations)
    members: dict[int, list[int]] = defaultdict(list)
    for figure in range(len(known.low)):
        members[leader(figure)].append(figure)
    related: dict[int, list[Relation]] = defaultdict(list)
    for relation in relations:
        related[leader(relation.terms[0][0])].append(relation)
    for first, figures in members.items():
        if guarded := [f for f in figures if f in known.guarded and not _is_open(known, f)]:
            yield _puzzle(known, figures, related=related[first], guarded=guarded)


def _is_open(known: Knowledge, figure: int) -> bool:
    return figure in known.published_exactly


class _Leaders:
    """Which figures hang together, by union and find."""

    def __init__(self, figures: int) -> None:
        self.above = list(range(figures))

    def __call__(self, figure: int) -> int:
        while self.above[figure] != figure:
            self.above[figure] = self.above[self.above[figure]]
            figure = self.above[figure]
        return figure


def _leaders(figures: int, relations: Iterable[Relation]) -> _Leaders:
    leader = _Leaders(figures)
    for relation in relations:
        first = leader(relation.terms[0][0])
        for figure, _factor in relation.terms[1:]:
            leader.above[leader(figure)] = first
    return leader


def _puzzle(
    known: Knowledge, figures: list[int], *, related: list[Relation], guarded: list[int]
) -> tuple[Puzzle, dict[int, list[Place]]]:
    at = {figure: position for position, figure in enumerate(figures)}
    moved = tuple(
        Relation(tuple((at[f], factor) for f, factor in relation.terms), relation.low, relation.high)
        for relation in related
    )
    puzzle = Puzzle(
        low=tuple(known.low[figure] for figure in figures),
        high=tuple(known.high[figure] for figure in figures),
        relations=moved,
        guarded=tuple(at[figure] for figure in guarded),
    )
    return puzzle, {at[figure]: known.guarded[figure] for figure in guarded}


@lru_cache(maxsize=4096)
def narrowed(puzzle: Puzzle) -> tuple[tuple[int, int], ...]:
    """The guarded figures with fewer than four possible values, and how many they have.

    Raises Contradiction where nothing fits.
    """
    search = _Search(puzzle)
    if not search.witness_all(puzzle.guarded):
        raise Contradiction
    return tuple(
        (figure, len(search.seen[figure]))
        for figure in puzzle.guarded
        if len(search.seen[figure]) < ENOUGH_VALUES
    )


class _Search:
    """Looks for whole-number solutions, remembering every value a guarded figure took in one."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        self.seen: dict[int, set[int]] = {figure: set() for figure in puzzle.guarded}
        self.constraints = _constraints(puzzle)

    def witness_all(self, figures: Sequence[int]) -> bool:
        """Four different values for each, or all that it has; False where nothing fits at all."""
        for figure in figures:
            if len(self.seen[figure]) >= ENOUGH_VALUES:
                continue
            low, high = self._extreme(figure, 1), self._extreme(figure, -1)
            if low is None or high is None:
                return False
            self._fill_between(figure, low, high)
        return True

    def _fill_between(self, figure: int, low: int, high: int) -> None:
        for value in range(low + 1, min(high, low + 2 * ENOUGH_VALUES)):
            if len(self.seen[figure]) >= ENOUGH_VALUES:
                return
            if value not in self.seen[figure]:
                self._solve(figure, direction=0, only=value)

    def _extreme(self, figure: int, direction: int) -> int | None:
        found = self._solve(figure, direction=direction)
        return None if found is None else found[figure]

    def _solve(
        self, figure: int, *, direction: int, only: int | None = None
    ) -> list[int] | None:
        from scipy.optimize import milp

        objective = [0] * len(self.puzzle.low)
        objective[figure] = direction
        bounds = _bounds(self.puzzle, figure, only)
        whole = [1] * len(objective)
        found = milp(objective, integrality=whole, bounds=bounds, constraints=self.constraints)
        if found.status == INFEASIBLE:
            return None
        if found.x is None:
            raise Refused(f"The audit could not be finished: {found.message}")
        solution = [round(value) for value in found.x]
        for guarded, values in self.seen.items():
            values.add(solution[guarded])
        return solution


def _bounds(puzzle: Puzzle, figure: int, only: int | None) -> "Bounds":
    from scipy.optimize import Bounds

    low, high = list(puzzle.low), list(puzzle.high)
    if only is not None:
        low[figure] = high[figure] = only
    return Bounds(low, high)


def _constraints(puzzle: Puzzle) -> "list[LinearConstraint]":
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    if not puzzle.relations:
        return []
    places = [(i, f, x) for i, r in enumerate(puzzle.relations) for f, x in r.terms]
    rows, columns, factors = zip(*places, strict=True)
    shape = (len(puzzle.relations), len(puzzle.low))
    matrix = csr_array((factors, (rows, columns)), shape=shape)
    low, high = [r.low for r in puzzle.relations], [r.high for r in puzzle.relations]
    return [LinearConstraint(matrix, low, high)]
