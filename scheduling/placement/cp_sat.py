"""Hands a program to OR-Tools CP-SAT. Imported in the worker process alone.

By the solver's own message and not by the layer above it, `cp_model`, which loads pandas: that took
longer than most programmes take to be solved.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model_helper as cp_sat

from scheduling.placement.program import Program, Row

Heard = Callable[[list[int]], None]
Bounded = Callable[[int], None]
_LEAST = -(1 << 63)


@dataclass(frozen=True, slots=True)
class Found:
    """`chosen` is None where nothing was found in the time."""

    chosen: list[int] | None
    proven: bool


def solve(
    program: Program,
    *,
    seconds: float,
    effort: float | None = None,
    heard: Heard = lambda chosen: None,
    bounded: Bounded = lambda bound: None,
) -> Found:
    """`effort` is CP-SAT's own deterministic time: a limit that is the same on every machine.

    One worker, without presolve and without a hint, proved what presolve, hints or more workers
    did not: see docs/performance-placement.md.
    """
    solver: Any = cp_sat.SolveWrapper()
    solver.set_parameters(_parameters(seconds, effort))
    listener = _Listener(len(program.values), heard)
    solver.add_solution_callback(listener)
    # The response's own bound is not to be used: it says 0 where none was proven.
    solver.add_best_bound_callback(lambda bound: bounded(_whole_bound(bound)))
    answer = solver.solve(_model(program))
    solver.clear_solution_callback(listener)
    solved = answer.status in (cp_sat.OPTIMAL, cp_sat.FEASIBLE)
    return Found(list(answer.solution) if solved else None, proven=answer.status == cp_sat.OPTIMAL)


def _parameters(seconds: float, effort: float | None) -> Any:
    parameters = cp_sat.SatParameters()
    parameters.num_workers = 1
    parameters.random_seed = 1
    parameters.linearization_level = 2
    parameters.cp_model_presolve = False
    parameters.max_time_in_seconds = max(0.01, seconds)
    if effort is not None:
        parameters.max_deterministic_time = effort
    return parameters


def _whole_bound(bound: float) -> int:
    """A whole number in floating point; rounded up, so that it stays a bound."""
    return math.ceil(bound - 1e-6)


class _Listener(cp_sat.SolutionCallback):
    """Passes on each better arrangement at once, so that none is lost with the process."""

    def __init__(self, variables: int, heard: Heard) -> None:
        super().__init__()
        self.variables, self.heard = variables, heard

    def OnSolutionCallback(self) -> None:
        self.heard([self.SolutionIntegerValue(at) for at in range(self.variables)])


def _model(program: Program) -> Any:
    model = cp_sat.CpModelProto()
    for _ in program.values:
        model.variables.add().domain.extend((0, 1))
    for row in program.rows:
        _add(model.constraints.add(), row)
    # It looks for the least: the most of what is worth, turned round.
    model.objective.scaling_factor = -1.0
    model.objective.vars.extend(range(len(program.values)))
    model.objective.coeffs.extend(-value for value in program.values)
    return model


def _add(constraint: Any, row: Row) -> None:
    """CP-SAT reasons better over "at most one" than over the same sum."""
    negative = sum(weight < 0 for _, weight in row.terms)
    if row.limit + negative == 1 and all(abs(weight) == 1 for _, weight in row.terms):
        constraint.at_most_one.literals.extend(v if weight == 1 else ~v for v, weight in row.terms)
        return
    constraint.linear.vars.extend(variable for variable, _ in row.terms)
    constraint.linear.coeffs.extend(weight for _, weight in row.terms)
    constraint.linear.domain.extend((_LEAST, row.limit))
