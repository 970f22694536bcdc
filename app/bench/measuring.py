"""Measuring two ways of doing one job side by side, and how time grows with size."""

import gc
import math
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

Way = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Pair:
    """One job in one house: as the service does it, and as written by hand."""

    ours: Way
    limit: Way
    settle: Way


@dataclass(frozen=True)
class Taken:
    """Medians in milliseconds."""

    ours_ms: float
    limit_ms: float

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.limit_ms


async def side_by_side(pairs: Sequence[Pair], *, rounds: int, warm: int = 3) -> list[Taken]:
    """Every pair in turn, round after round, so that what disturbs one disturbs all.

    Which of a pair goes first changes with each round.
    """
    ours: list[list[float]] = [[] for _ in pairs]
    limits: list[list[float]] = [[] for _ in pairs]
    for number in range(-warm, rounds):
        for place, pair in enumerate(pairs):
            ways = [(pair.ours, ours[place]), (pair.limit, limits[place])]
            for way, times in ways if number % 2 else reversed(ways):
                milliseconds = await _milliseconds(way, pair.settle)
                if number >= 0:
                    times.append(milliseconds)
    return [
        Taken(statistics.median(mine), statistics.median(theirs))
        for mine, theirs in zip(ours, limits, strict=True)
    ]


async def _milliseconds(way: Way, settle: Way) -> float:
    """What a way leaves for later is done before the next one is timed."""
    gc.collect(0)
    started = time.perf_counter()
    await way()
    taken = time.perf_counter() - started
    await settle()
    return taken * 1000


def exponent(by_times: Mapping[int, float]) -> float | None:
    """The e of time ~ size^e, by least squares over the logarithms; None for one size alone."""
    if len(by_times) < 2:
        return None
    xs = [math.log(times) for times in by_times]
    ys = [math.log(milliseconds) for milliseconds in by_times.values()]
    mean_x, mean_y = statistics.fmean(xs), statistics.fmean(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - mean_x) ** 2 for x in xs)
