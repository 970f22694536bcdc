"""Keyed noise of the public profile: the same records always give the same value."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from math import exp

from outcomes.disclosure.words import Where

EPSILON = 1.0
# The odds of one more step, e^-ε, of 2^64: whole numbers, so that every machine draws the same.
STEP_ODDS = int(exp(-EPSILON) * 2**64)


@dataclass(frozen=True, slots=True)
class Noise:
    """Two-sided geometric noise with ε = 1, seeded by the secret and by what is counted.

    The seed names the population, the categories and the records, not the table or period, so
    that a figure which appears twice cannot be averaged, and agrees with itself.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < 32:
            raise ValueError("The noise secret needs at least 32 bytes")

    def of(self, population: str, where: Where, records: Iterable[str]) -> int:
        """A whole number around 0: |noise| is 0 in 46%, at most 3 in 97% of cells."""
        seed = _seed(self.secret, population, where, sorted(records))
        draws = _draws(seed)
        return _steps(draws) - _steps(draws)

    def counted(self, population: str, where: Where, records: frozenset[str]) -> int:
        """The count as the public profile sees it, before rounding; it may fall below nought."""
        return len(records) + self.of(population, where, records)


def _seed(secret: bytes, population: str, where: Where, records: list[str]) -> bytes:
    named = json.dumps([population, sorted(where), records], separators=(",", ":"))
    return hmac.digest(secret, named.encode(), hashlib.sha256)


def _draws(seed: bytes) -> Iterator[int]:
    """An endless stream of 64-bit numbers from the seed."""
    for block in count():
        digest = hmac.digest(seed, block.to_bytes(8), hashlib.sha256)
        yield from (int.from_bytes(digest[at : at + 8]) for at in range(0, 32, 8))


def _steps(draws: Iterator[int]) -> int:
    """How often in a row the next step was taken: a geometric number from 0 up."""
    return next(taken for taken in count() if next(draws) >= STEP_ODDS)
