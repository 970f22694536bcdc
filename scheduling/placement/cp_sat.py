"""Hands a program to OR-Tools CP-SAT. Imported in the worker process alone: it is heavy."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduling.placement.program import Program, Row

Heard = Callable[[list[int]], None]
Bounded = Callable[[int], None]


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
    model, variables = _model(program)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_presolve = False
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    # The response's own bound is not to be used: it says 0 where none was proven.
    solver.best_bound_callback = lambda bound: bounded(_whole_bound(bound))
    status = solver.solve(model, _Listener(variables, heard))
    solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    chosen = [solver.value(variable) for variable in variables] if solved else None
    return Found(chosen, proven=status == cp_model.OPTIMAL)


def _whole_bound(bound: float) -> int:
    """A whole number in floating point; rounded up, so that it stays a bound."""
    return math.ceil(bound - 1e-6)


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes on each better arrangement at once, so that none is lost with the process."""

    def __init__(self, variables: Sequence[cp_model.IntVar], heard: Heard) -> None:
        super().__init__()
        self.variables, self.heard = variables, heard

    def on_solution_callback(self) -> None:
        self.heard([self.value(variable) for variable in self.variables])


def _model(program: Program) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    variables = [model.new_bool_var("") for _ in program.values]
    for row in program.rows:
        _add(model, row, variables)
    model.maximize(cp_model.LinearExpr.weighted_sum(variables, program.values))
    return model, variables


def _add(model: cp_model.CpModel, row: Row, variables: list[cp_model.IntVar]) -> None:
    """CP-SAT reasons better over "at most one" than over the same sum."""
    negative = sum(weight < 0 for _, weight in row.terms)
    if row.limit + negative == 1 and all(abs(weight) == 1 for _, weight in row.terms):
        model.add_at_most_one(
            variables[v] if weight == 1 else ~variables[v] for v, weight in row.terms
        )
        return
    chosen = [variables[variable] for variable, _ in row.terms]
    weights = [weight for _, weight in row.terms]
    model.add(cp_model.LinearExpr.weighted_sum(chosen, weights) <= row.limit)
