"""Quick looks at a puzzle: limits that follow from its sums, and solutions near a known one.

Both only save searching (puzzles.py): the limits hold in every solution, and every solution
found here fulfils every relation. What they leave open is searched for.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil, floor
from random import Random

from outcomes.disclosure.knowledge import Relation

ROUNDS = 12
MOST_CHANGES = 40
MOST_CHANGES_TO_START = 400
TRIES_TO_START = 6
TOUCHED_LATELY = 3
FALLS_SHORT = 2


def tightened(low: list[float], high: list[float], relations: Sequence[Relation]) -> bool:
    """Draws the limits in as far as each sum alone allows; False where they then cross."""
    for _round in range(ROUNDS):
        moved = [_drawn_in(relation, low, high) for relation in relations]
        if any(least > most for least, most in zip(low, high, strict=True)):
            return False
        if not any(moved):
            break
    return True


def _drawn_in(relation: Relation, low: list[float], high: list[float]) -> bool:
    """A term is at least what the sum lacks when all its others are as large as they can be."""
    ends = [
        (f * low[u], f * high[u]) if f > 0 else (f * high[u], f * low[u]) for u, f in relation.terms
    ]
    least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
    if least >= relation.low and most <= relation.high:
        return False
    moved = False
    for (unknown, factor), (smallest, largest) in zip(relation.terms, ends, strict=True):
        limits = (relation.low - most + largest, relation.high - least + smallest)
        lower, upper = sorted(limit / factor for limit in limits)
        if lower > low[unknown]:
            low[unknown], moved = ceil(lower), True
        if upper < high[unknown]:
            high[unknown], moved = floor(upper), True
    return moved


class Walk:
    """A solution of a puzzle, and steps from it to others near by.

    A step gives one unknown a value and mends the sums that this breaks, one change each,
    until all hold again; an unknown changes once in a step, so that every step ends.
    """

    def __init__(
        self, low: Sequence[float], high: Sequence[float], relations: Sequence[Relation]
    ) -> None:
        self.low, self.high, self.relations = low, high, relations
        self.of: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, relation in enumerate(relations):
            for unknown, factor in relation.terms:
                self.of[unknown].append((number, factor))
        self.random = Random(0)  # noqa: S311 - the same puzzle goes the same way everywhere
        self.stand_at([int(least) for least in low])

    def stand_at(self, found: Sequence[int]) -> None:
        self.found = list(found)
        self.sums = [sum(f * self.found[u] for u, f in r.terms) for r in self.relations]
        self.broken = {i: None for i in range(len(self.sums)) if self._lack(i)}

    def start(self) -> bool:
        """To any solution, if one is found quickly."""
        for _try in range(TRIES_TO_START):
            self.stand_at([int(least) for least in self.low])
            lately: list[int] = []
            for _change in range(MOST_CHANGES_TO_START):
                if not self.broken:
                    return True
                if (changed := self._mend(lately[-TOUCHED_LATELY:])) is None:
                    break
                lately.append(changed)
        return False

    def step(self, unknown: int, value: int) -> bool:
        """To a solution in which the unknown has this value, if one is found near by."""
        before = (self.found[:], self.sums[:])
        changed = [unknown]
        self._set(unknown, value)
        while self.broken and len(changed) < MOST_CHANGES:
            if (mended := self._mend(changed)) is None:
                break
            changed.append(mended)
        if not self.broken:
            return True
        (self.found, self.sums), self.broken = before, {}
        return False

    def _lack(self, number: int) -> float:
        """What a sum must gain to hold; nought where it holds."""
        relation, now = self.relations[number], self.sums[number]
        return max(relation.low - now, 0) + min(relation.high - now, 0)

    def _set(self, unknown: int, value: int) -> None:
        by = value - self.found[unknown]
        self.found[unknown] = value
        for number, factor in self.of[unknown]:
            self.sums[number] += factor * by
            if self._lack(number):
                self.broken[number] = None
            else:
                self.broken.pop(number, None)

    def _mend(self, settled: Sequence[int]) -> int | None:
        """Changes what mends the sum that broke first and breaks least; says which it was."""
        number = next(iter(self.broken))
        ways = [
            (self._harm(number, u, value - self.found[u]), self.random.random(), u, value)
            for u, value in self._changes(number)
            if u not in settled
        ]
        if not ways:
            return None
        _harm, _chance, unknown, value = min(ways)
        self._set(unknown, value)
        return unknown

    def _changes(self, number: int) -> Iterator[tuple[int, int]]:
        lack = self._lack(number)
        for unknown, factor in self.relations[number].terms:
            by = lack / factor
            wanted = self.found[unknown] + (ceil(by) if by > 0 else floor(by))
            value = int(min(max(wanted, self.low[unknown]), self.high[unknown]))
            if value != self.found[unknown]:
                yield unknown, value

    def _harm(self, number: int, unknown: int, by: int) -> int:
        """How many other sums the change breaks, less those that it mends."""
        harm = 0
        for other, factor in self.of[unknown]:
            relation, was = self.relations[other], self.sums[other]
            holds = relation.low <= was + factor * by <= relation.high
            if other == number:
                harm += 0 if holds else FALLS_SHORT
            else:
                harm += (relation.low <= was <= relation.high) - holds
        return harm
