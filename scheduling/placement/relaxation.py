"""The linear relaxation by HiGHS, and what can be certain of it in whole numbers.

A solver's prices are floating-point and only nearly right, but any prices give a true bound
(weak duality). They are therefore rounded to whole numbers and the bound is reckoned exactly.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from scheduling.placement.program import Program

_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Prices in whole numbers, `scale` to the point.

    `reduced_values` is what each variable is worth after the prices of all that it takes.
    """

    shares: list[float]
    reduced_values: list[int]
    scaled_bound: int
    scale: int

    @property
    def bound(self) -> int:
        return self.scaled_bound // self.scale

    def whole(self) -> list[int] | None:
        """The arrangement itself, where the relaxation happens to be one."""
        near = [round(share) for share in self.shares]
        far = max((abs(a - b) for a, b in zip(self.shares, near, strict=True)), default=0.0)
        return near if far < _NEARLY else None

    def fixed_for(self, at_least: int) -> Mapping[int, int]:
        """Variables that have this value in every arrangement worth `at_least` or more."""
        slack = self.scaled_bound - at_least * self.scale
        return {
            variable: int(value > 0)
            for variable, value in enumerate(self.reduced_values)
            if abs(value) > slack
        }

    def promising(self, keep: int) -> set[int]:
        """What the relaxation itself uses, and the `keep` variables that cost least to use."""
        order = sorted(
            range(len(self.reduced_values)), key=lambda variable: -self.reduced_values[variable]
        )
        used = (variable for variable, share in enumerate(self.shares) if share > 0)
        return {*order[:keep], *used}


def relax(program: Program, *, seconds: float) -> Relaxation | None:
    """None where the time was too short or the values too large to be certain."""
    if not program.rows:
        return None
    matrix, limits = _matrix(program)
    values = np.array(program.values, dtype=np.int64)
    found = linprog(
        -values.astype(float),
        A_ub=matrix.astype(float),
        b_ub=limits.astype(float),
        bounds=(0, 1),
        method="highs-ds",
        options={"time_limit": max(0.1, seconds)},
    )
    if found.status != 0:
        return None
    prices = np.maximum(0.0, -found.ineqlin.marginals)
    return _certified(found.x.tolist(), prices, values=values, matrix=matrix, limits=limits)


def _certified(
    shares: list[float], prices: Any, *, values: Any, matrix: Any, limits: Any
) -> Relaxation | None:
    largest = math.ceil(max(np.abs(values).max(), prices.max(), 1))
    factor = int(max(np.abs(limits).max(), np.abs(matrix.data).max()))
    scale = _scale(largest * factor * (len(values) + len(limits)))
    if scale is None:
        return None
    whole_prices = np.rint(prices * scale).astype(np.int64)
    reduced = values * scale - matrix.T @ whole_prices
    bound = int((whole_prices * limits).sum() + np.maximum(reduced, 0).sum())
    return Relaxation(shares, reduced.tolist(), bound, scale)


def _scale(largest_sum: int) -> int | None:
    """As fine as sums in 64 bits allow; None where they allow none."""
    fine_enough = (1 << power for power in range(12, -1, -1) if largest_sum << power < 2**62)
    return next(fine_enough, None)


def _matrix(program: Program) -> tuple[Any, Any]:
    terms = [
        (at, variable, weight)
        for at, row in enumerate(program.rows)
        for variable, weight in row.terms
    ]
    rows, columns, weights = (np.array(part, dtype=np.int64) for part in zip(*terms, strict=True))
    shape = (len(program.rows), len(program.values))
    matrix = csr_array((weights, (rows, columns)), shape=shape)
    return matrix, np.array([row.limit for row in program.rows], dtype=np.int64)
