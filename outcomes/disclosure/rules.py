"""The rules about one number, one row and one grouping (DESIGN.md §5, rules 3 to 5)."""

from collections.abc import Iterable, Sequence
from itertools import product
from math import floor, prod

from outcomes.disclosure.words import (
    CONFIDENTIAL,
    TOTAL,
    Cell,
    Key,
    Share,
    Variable,
    Where,
)
from outcomes.reports.rates import wilson

LARGEST_HIDDEN = 7
ROUNDED_TO = 5
SMALLEST_DENOMINATOR = 20
SMALLEST_AVERAGE = 8


def controlled(count: int) -> Cell:
    """0 to 7 are hidden, nought too; anything else goes to the nearest five."""
    return CONFIDENTIAL if count <= LARGEST_HIDDEN else Cell(nearest_five(count))


def nearest_five(count: int) -> int:
    return ROUNDED_TO * ((count + ROUNDED_TO // 2) // ROUNDED_TO)


def is_dominated(parts: Sequence[int], total: int) -> bool:
    """Whether nine in ten or more fall in one category: the split would tell of everybody."""
    return total > 0 and 10 * max(parts, default=0) >= 9 * total


def share(part: Cell, whole: Cell) -> Share | None:
    """A whole per cent of released values with Wilson's interval.

    None under a denominator of 20, and where noise has put the part above the whole.
    """
    if part.value is None or whole.value is None or whole.value < SMALLEST_DENOMINATOR:
        return None
    if part.value > whole.value:
        return None
    limits = (part.value / whole.value, *wilson(part.value, whole.value))
    return Share(*(floor(100 * limit + 0.5) for limit in limits))


def grouped(variables: tuple[Variable, ...], levels: tuple[int, ...]) -> tuple[Variable, ...]:
    """The variables at these levels of detail; 0 is the finest."""
    return tuple(
        variable if level == 0 else _coarsened(variable, level)
        for variable, level in zip(variables, levels, strict=True)
    )


def _coarsened(variable: Variable, level: int) -> Variable:
    categories = variable.coarser[level - 1]
    return Variable(variable.code, variable.label, categories, (), variable.repeats)


def levels_for(variables: tuple[Variable, ...], printed_total: Cell) -> tuple[int, ...]:
    """How coarse a table is, by nothing but its printed total.

    The finest grouping that leaves eight people to a cell on average, or else the coarsest. The
    counts themselves have no say: a table that turns coarser because of what stands in it would
    tell what stands in it (docs/decisions/disclosure-audit.md).
    """
    total = printed_total.value or 0
    fine_first = sorted(_all_levels(variables), key=lambda x: (-_cells_in(variables, x), x))
    enough = (x for x in fine_first if total >= SMALLEST_AVERAGE * _cells_in(variables, x))
    return next(enough, fine_first[-1])


def _all_levels(variables: tuple[Variable, ...]) -> Iterable[tuple[int, ...]]:
    return product(*(range(len(variable.coarser) + 1) for variable in variables))


def _cells_in(variables: tuple[Variable, ...], levels: tuple[int, ...]) -> int:
    """Into how many cells one person can fall."""
    return prod(len(v.categories) for v in grouped(variables, levels) if not v.repeats)


def where_of(variables: tuple[Variable, ...], key: Key) -> Where:
    """What a cell's key says, leaving out the totals.

    Everybody is asked under each category of a variable that repeats, so its row totals all
    count the same people and are one figure.
    """
    said = [(v, code) for v, code in zip(variables, key, strict=True) if code != TOTAL]
    if all(variable.repeats for variable, _code in said):
        return ()
    return tuple((variable.code, code) for variable, code in said)
