"""What a report is made of: rates, changes between two of them, and curves over time."""

from dataclasses import dataclass
from enum import StrEnum

NOT_A_CAUSE = "The two groups differ in other ways, so a difference does not show what caused it."


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` of `total` with the limits of its 95% interval; no share where nobody is counted."""

    count: int
    total: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        return self.count / self.total if self.total else None


class Direction(StrEnum):
    """What may be said of two figures side by side."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_CLEAR = "not clear"
    NOTHING_TO_COMPARE = "nothing to compare"


@dataclass(frozen=True, slots=True)
class Change:
    """`after` less `before`, with its interval; the direction is called only where that allows."""

    before: Rate
    after: Rate
    difference: float | None
    low: float | None
    high: float | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class CountChange:
    """Two counts over periods of equal length, and what may be said of them."""

    before: int
    after: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """`share` still without the event just after `at`; `at_risk` were watched until just before."""

    at: int
    at_risk: int
    events: int
    censored: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan–Meier curve: of `people`, `events` had the event, the rest were censored."""

    people: int
    events: int
    median: int | None
    points: tuple[CurvePoint, ...]
