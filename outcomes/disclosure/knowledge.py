"""What anybody can work out from published tables, written as bounds and sums of whole numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from outcomes.disclosure.periods import Period
from outcomes.disclosure.rules import LARGEST_HIDDEN, ROUNDED_TO
from outcomes.disclosure.words import (
    Cell,
    Key,
    Marker,
    Where,
)

# No service counts so many; it stands for "no upper limit known".
NO_LIMIT = 100_000


class Figure(NamedTuple):
    """One unknown true count: those of a population in a period to whom `where` applies."""

    population: str
    period: Period
    where: Where


class Place(NamedTuple):
    """Where a figure is printed."""

    code: str
    period: Period
    revision: int
    key: Key


@dataclass(frozen=True, slots=True)
class Relation:
    """`low <= Σ factor x figure <= high`."""

    terms: tuple[tuple[int, int], ...]
    low: float
    high: float


@dataclass
class Knowledge:
    """Unknown figures with their bounds, what relates them, and which must stay unknown."""

    figures: dict[Figure, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    across_periods: list[Relation] = field(default_factory=list)
    hidden_by_rule: list[Relation] = field(default_factory=list)
    guarded: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    published_exactly: set[int] = field(default_factory=set)

    def number(self, figure: Figure) -> int:
        """The figure's place in the lists; new figures may be anything from nought up."""
        if figure not in self.figures:
            self.figures[figure] = len(self.low)
            self.low.append(0)
            self.high.append(NO_LIMIT)
        return self.figures[figure]

    def switch(self) -> int:
        """An unknown that is on or off: one of the ways in which something can have come about."""
        self.low.append(0)
        self.high.append(1)
        return len(self.low) - 1

    def bound(self, figure: int, low: float, high: float) -> None:
        self.low[figure] = max(self.low[figure], low)
        self.high[figure] = min(self.high[figure], high)

    def is_sum(self, whole: int, parts: Sequence[int]) -> None:
        if tuple(parts) != (whole,):
            self.relations.append(Relation((*((p, 1) for p in parts), (whole, -1)), 0, 0))

    def at_most(self, smaller: int, larger: int) -> None:
        self.relations.append(Relation(((smaller, 1), (larger, -1)), -inf, 0))


def bounds(cell: Cell) -> tuple[int, int]:
    """The true counts that a released cell allows."""
    if cell.marker is Marker.NOT_APPLICABLE:
        return 0, 0
    if cell.value is None:
        return 0, LARGEST_HIDDEN
    if cell.exact:
        return cell.value, cell.value
    return max(LARGEST_HIDDEN + 1, cell.value - ROUNDED_TO // 2), cell.value + ROUNDED_TO // 2
