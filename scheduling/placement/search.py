"""Looks for the best arrangement within a time: size chooses the solver. In the worker alone.

Small: CP-SAT at once. Large, or small and stubborn: HiGHS solves the linear relaxation, whose
prices bound the whole and say which places matter; CP-SAT solves the core of those, then the
whole without what the bound rules out. The first limit of the small ones is in CP-SAT's
deterministic time, so that what is proven for them is the same on every machine.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from scheduling.placement import cp_sat
from scheduling.placement.program import Program, Reduced, reduced

if TYPE_CHECKING:
    from scheduling.placement.relaxation import Relaxation

SMALL = 20_000
_FIRST_EFFORT = 2.0
_CORE_EFFORT = 3.0
CORE_PER_PERSON = 3
_CORE_SHARE = 0.5


class Listener(Protocol):
    def found(self, chosen: Sequence[int]) -> None: ...

    def bounded(self, bound: int) -> None: ...


class Search:
    """The best so far of one program; tells each improvement to its listener."""

    def __init__(
        self, program: Program, start: Sequence[int], *, seconds: float, listener: Listener
    ) -> None:
        self.program, self.listener = program, listener
        self.best, self.worth = list(start), program.worth(start)
        self.bound = sum(max(0, value) for value in program.values)
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self.end - time.monotonic()

    @property
    def is_over(self) -> bool:
        return self.bound <= self.worth or self.left <= 0

    def offer(self, chosen: Sequence[int]) -> None:
        worth = self.program.worth(chosen)
        if worth > self.worth:
            self.best, self.worth = list(chosen), worth
            self.listener.found(chosen)

    def limit(self, bound: int) -> None:
        if self.worth <= bound < self.bound:
            self.bound = bound
            self.listener.bounded(self.bound)

    def run(self, *, small: int = SMALL, core: int) -> None:
        """Up to the size `small` CP-SAT goes first; a core keeps `core` variables."""
        whole = reduced(self.program, {})
        if len(self.program.values) <= small:
            self.solve(whole, seconds=self.left, effort=_FIRST_EFFORT)
        if self.is_over:
            return
        # Heavy, and what a page asks is solved without it.
        from scheduling.placement.relaxation import relax

        relaxation = relax(self.program, seconds=self.left)
        if relaxation is not None:
            self._use(relaxation, keep=core)
            whole = reduced(self.program, relaxation.fixed_for(self.worth))
        if not self.is_over:
            self.solve(whole, seconds=self.left)

    def _use(self, relaxation: "Relaxation", *, keep: int) -> None:
        self.limit(relaxation.bound)
        whole = relaxation.whole()
        if whole is not None and self.program.allows(whole):
            self.offer(whole)
        if not self.is_over:
            promising = relaxation.promising(keep)
            left_out = (v for v, one in enumerate(self.best) if not one and v not in promising)
            core = reduced(self.program, dict.fromkeys(left_out, 0))
            self.solve(core, seconds=self.left * _CORE_SHARE, effort=_CORE_EFFORT, is_part=True)

    def solve(
        self, part: Reduced, *, seconds: float, effort: float | None = None, is_part: bool = False
    ) -> None:
        """`is_part`: choices that might be best are left out, so its bound is not the whole's."""

        def bounded(bound: int) -> None:
            if not is_part:
                self.limit(bound + part.fixed_worth)

        found = cp_sat.solve(
            part.program,
            seconds=seconds,
            effort=effort,
            heard=lambda chosen: self.offer(part.in_whole(chosen)),
            bounded=bounded,
        )
        if found.chosen is not None:
            self.offer(part.in_whole(found.chosen))
        if found.proven and not is_part:
            self.limit(self.worth)
