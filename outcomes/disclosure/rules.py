"""The rules that turn counts into a released table (DESIGN.md §5, rules 1 to 5 and 9)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import floor, prod

from outcomes.disclosure.words import (
    CONFIDENTIAL,
    NOT_APPLICABLE,
    TOTAL,
    Cell,
    Key,
    Profile,
    RawTable,
    ReleasedTable,
    Share,
    TableSpec,
    Variable,
    Where,
    rows_of,
)
from outcomes.reports.rates import wilson

LARGEST_HIDDEN = 7
ROUNDED_TO = 5
SMALLEST_DENOMINATOR = 20
SMALLEST_AVERAGE = 8

Counts = Mapping[Key, int]
Counted = Callable[[str, Where, frozenset[str]], int]


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
    tell what stands in it (docs/decisions/0052-coarsening.md).
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


def exact_count(_population: str, _where: Where, records: frozenset[str]) -> int:
    """The count itself, for a profile without noise."""
    return len(records)


def printed_total(raw: RawTable, spec: TableSpec, counted: Counted) -> Cell:
    """The total as it will stand in the table, however coarse its cells are."""
    everybody = frozenset().union(*raw.records.values())
    return controlled(counted(spec.population, (), everybody))


def counts_of(
    raw: RawTable, spec: TableSpec, *, variables: tuple[Variable, ...], counted: Counted
) -> dict[Key, int]:
    """Every cell and total of the table, each counted from its own records."""
    if spec.lines:
        found = {line.code: raw.records.get((line.code,), frozenset()) for line in spec.lines}
        return {(x.code,): counted(x.population, x.where, found[x.code]) for x in spec.lines}
    keys = product(*(_codes(variable) for variable in variables))
    return {
        key: counted(spec.population, where_of(variables, key), _records(raw, variables, key))
        for key in keys
    }


def _codes(variable: Variable) -> tuple[str, ...]:
    codes = tuple(category.code for category in variable.categories)
    return codes if variable.repeats else (*codes, TOTAL)


def where_of(variables: tuple[Variable, ...], key: Key) -> Where:
    """What a cell's key says, leaving out the totals.

    Everybody is asked under each category of a variable that repeats, so its row totals all
    count the same people and are one figure.
    """
    said = [(v, code) for v, code in zip(variables, key, strict=True) if code != TOTAL]
    if all(variable.repeats for variable, _code in said):
        return ()
    return tuple((variable.code, code) for variable, code in said)


def _records(raw: RawTable, variables: tuple[Variable, ...], key: Key) -> frozenset[str]:
    wanted = [_answers(variable, code) for variable, code in zip(variables, key, strict=True)]
    return frozenset().union(*(raw.records.get(k, frozenset()) for k in product(*wanted)))


def _answers(variable: Variable, code: str) -> tuple[str, ...]:
    """The finest answers that a category, or the total, takes in."""
    if code == TOTAL:
        return tuple(answer for category in variable.categories for answer in category.base)
    return next(category.base for category in variable.categories if category.code == code)


def released_table(
    raw: RawTable,
    spec: TableSpec,
    *,
    profile: Profile,
    levels: tuple[int, ...],
    counted: Counted = exact_count,
    without_split: frozenset[Key] = frozenset(),
) -> ReleasedTable:
    """The table with every rule but the audit applied.

    `levels` says how coarse each variable is; the rows whose total's key stands in
    `without_split` show their total only.
    """
    variables = grouped(spec.variables, levels)
    counts = counts_of(raw, spec, variables=variables, counted=counted)
    cells = _cells(counts, spec, variables=variables, profile=profile)
    hidden = without_split | (frozenset() if spec.lines else _dominated_rows(counts, variables))
    if not spec.lines:
        cells = _without(cells, variables, hidden)
    return ReleasedTable(
        code=spec.code,
        title=spec.title,
        unit=spec.unit,
        definition=spec.definition,
        version=spec.version,
        period=raw.period,
        revision=raw.revision,
        profile=profile,
        exact=spec.is_exact(profile),
        population=spec.population,
        variables=variables,
        lines=spec.lines,
        cells=tuple(cells.items()),
    )


def _cells(
    counts: Counts, spec: TableSpec, *, variables: tuple[Variable, ...], profile: Profile
) -> dict[Key, Cell]:
    if spec.is_exact(profile):
        return {key: Cell(count) for key, count in counts.items()}
    cells = {key: controlled(count) for key, count in counts.items()}
    impossible = [key for key in counts if is_impossible(spec, variables, key)]
    return cells | dict.fromkeys(impossible, NOT_APPLICABLE)


def is_impossible(spec: TableSpec, variables: tuple[Variable, ...], key: Key) -> bool:
    """Whether nobody can ever stand in this cell: every answer it takes in is a structural nought."""
    if not spec.cannot_be or TOTAL in key:
        return False
    answers = product(*(_answers(v, code) for v, code in zip(variables, key, strict=True)))
    return set(answers) <= set(spec.cannot_be)


def _dominated_rows(counts: Counts, variables: tuple[Variable, ...]) -> frozenset[Key]:
    rows = rows_of(variables)
    return frozenset(t for t, keys in rows if is_dominated([counts[k] for k in keys], counts[t]))


def _without(
    cells: dict[Key, Cell], variables: tuple[Variable, ...], hidden: frozenset[Key]
) -> dict[Key, Cell]:
    """The cells with the splits of these rows hidden; their totals stay."""
    covered = [key for total, keys in rows_of(variables) if total in hidden for key in keys]
    shown = [key for key in covered if cells[key] != NOT_APPLICABLE]
    return cells | dict.fromkeys(shown, CONFIDENTIAL)
