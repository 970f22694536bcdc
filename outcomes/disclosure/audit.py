"""The audit gate: whether every hidden figure could still be four different numbers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from outcomes.disclosure.deductions import knowledge, latest
from outcomes.disclosure.knowledge import Knowledge, Place, Relation
from outcomes.disclosure.puzzles import Contradiction, Puzzle, is_narrow, narrowed
from outcomes.disclosure.words import Profile, ReleasedTable
from programmes.common.errors import Refused

Places = dict[int, list[Place]]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Exposure:
    """A hidden figure that can be narrowed to fewer than four numbers, and where it stands."""

    place: Place
    possible: int


def exposures(tables: Sequence[ReleasedTable]) -> tuple[Exposure, ...]:
    """The hidden figures that these tables, read together and at face value, give away.

    Hidden noughts are guarded like 1 to 7, so that the verdict depends on nothing but what is
    printed and tells no more than the print does. Where figures of different periods or
    revisions contradict each other (records were corrected in between) they are read apart.
    Noise may leave a contradiction in the end, from which nothing follows; without noise it
    raises Refused.
    """
    found: dict[Place, int] = {}
    for narrow, places in _looked_at(tables, narrowed):
        found |= {place: n for figure, n in narrow for place in places[figure]}
    return tuple(Exposure(place, possible) for place, possible in sorted(found.items()))


def gives_away(tables: Sequence[ReleasedTable]) -> bool:
    """Whether they give any hidden figure away: the same verdict as `exposures`, but sooner.

    Every puzzle has its look all the same, so that none hides a contradiction in another.
    """
    return True in {is_exposed for is_exposed, _places in _looked_at(tables, is_narrow)}


def _looked_at(
    tables: Sequence[ReleasedTable], look: Callable[[Puzzle], Found]
) -> Iterator[tuple[Found, Places]]:
    """What a look at each puzzle finds, under each reading until one has no contradiction."""
    for reading in _readings(tables):
        contradicted = False
        for puzzle, places in _puzzles(reading):
            try:
                yield look(puzzle), places
            except Contradiction:
                contradicted = True
        if not contradicted:
            return
    if any(table.profile is Profile.PARTNERSHIP for table in tables):
        raise Refused("The published figures contradict each other.")


def _readings(tables: Sequence[ReleasedTable]) -> Iterator[Knowledge]:
    """What an intruder may take to be true, the most trusting reading first.

    Each later reading is reached only where those before it contradict themselves. What stays
    hidden under a reading that fits stays hidden under every wider one.
    """
    newest = latest(tables)
    if len(newest) < len(tables):
        yield knowledge(tables)
    known = knowledge(newest)
    yield known
    yield replace(known, hidden_by_rule=[])
    yield replace(known, across_periods=[])
    yield replace(known, hidden_by_rule=[], across_periods=[])


def _puzzles(known: Knowledge) -> Iterator[tuple[Puzzle, Places]]:
    """The parts of what is known that have nothing to do with each other.

    A figure that is printed exactly joins nothing: it is put into the sums as a number.
    """
    settled = {figure for figure in range(len(known.low)) if _is_settled(known, figure)}
    every = dict.fromkeys(known.relations + known.across_periods + known.hidden_by_rule)
    relations = [r for r in (_with_numbers(r, known, settled) for r in every) if r.terms]
    leader = _leaders(len(known.low), relations)
    members: dict[int, list[int]] = defaultdict(list)
    for figure in range(len(known.low)):
        members[leader(figure)].append(figure)
    related: dict[int, list[Relation]] = defaultdict(list)
    for relation in relations:
        related[leader(relation.terms[0][0])].append(relation)
    for first, figures in members.items():
        if guarded := [f for f in figures if f in known.guarded and f not in settled]:
            yield _puzzle(known, figures, related=related[first], guarded=guarded)


def _is_settled(known: Knowledge, figure: int) -> bool:
    """Whether the figure has one value, and is meant to have one."""
    if figure in known.published_exactly:
        return True
    return known.low[figure] == known.high[figure] and figure not in known.guarded


def _with_numbers(relation: Relation, known: Knowledge, settled: set[int]) -> Relation:
    number = sum(factor * known.low[f] for f, factor in relation.terms if f in settled)
    terms = tuple((f, factor) for f, factor in relation.terms if f not in settled)
    return Relation(terms, relation.low - number, relation.high - number)


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
) -> tuple[Puzzle, Places]:
    at = {figure: position for position, figure in enumerate(figures)}
    moved = tuple(
        Relation(
            tuple((at[f], factor) for f, factor in relation.terms), relation.low, relation.high
        )
        for relation in related
    )
    puzzle = Puzzle(
        low=tuple(known.low[figure] for figure in figures),
        high=tuple(known.high[figure] for figure in figures),
        relations=moved,
        guarded=tuple(at[figure] for figure in guarded),
    )
    return puzzle, {at[figure]: known.guarded[figure] for figure in guarded}
