"""From counted records to a printed table: every rule but the audit (DESIGN.md §5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from outcomes.disclosure.rules import controlled, grouped, is_dominated, levels_for, where_of
from outcomes.disclosure.words import (
    CONFIDENTIAL,
    NOT_APPLICABLE,
    TOTAL,
    Cell,
    Key,
    Profile,
    RawTable,
    ReleasedTable,
    TableSpec,
    Variable,
    Where,
    rows_of,
)

Counts = Mapping[Key, int]
Counted = Callable[[str, Where, frozenset[str]], int]
FigureName = tuple[str, Where]


def exact_count(_population: str, _where: Where, records: frozenset[str]) -> int:
    """The count itself, for a profile without noise."""
    return len(records)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a profile prints: how it counts, and which figures it gives exactly."""

    profile: Profile
    counted: Counted = exact_count
    exactly: frozenset[FigureName] = frozenset()


def figures_given_exactly(
    catalogue: Sequence[TableSpec], profile: Profile
) -> frozenset[FigureName]:
    """The whole-service figures that this profile prints as they are, wherever they stand."""
    return frozenset(
        (line.population, tuple(sorted(line.where)))
        for spec in catalogue
        if spec.is_exact(profile)
        for line in spec.lines
    )


def printed_table(
    raw: RawTable, spec: TableSpec, *, manner: Manner, hidden: frozenset[Key] = frozenset()
) -> ReleasedTable:
    """The table as it would be printed; `hidden` is what the audit wants hidden as well."""
    variables = grouped(
        spec.variables, levels_for(spec.variables, printed_total(raw, spec, manner))
    )
    counts = _counts(raw, spec, variables=variables, manner=manner)
    cells = {
        key: _cell(spec, variables, key=key, manner=manner, count=n) for key, n in counts.items()
    }
    for key in hidden | _dominated(counts, variables):
        if cells[key] != NOT_APPLICABLE and not cells[key].exact:
            cells[key] = CONFIDENTIAL
    return ReleasedTable(
        code=spec.code,
        title=spec.title,
        unit=spec.unit,
        definition=spec.definition,
        version=spec.version,
        period=raw.period,
        revision=raw.revision,
        profile=manner.profile,
        population=spec.population,
        variables=variables,
        lines=spec.lines,
        cells=tuple(cells.items()),
    )


def printed_total(raw: RawTable, spec: TableSpec, manner: Manner) -> Cell:
    """The total as it will stand in the table, however coarse its cells are."""
    everybody = frozenset[str]().union(*raw.records.values())
    count = manner.counted(spec.population, (), everybody)
    return Cell(count) if (spec.population, ()) in manner.exactly else controlled(count)


def _counts(
    raw: RawTable, spec: TableSpec, *, variables: tuple[Variable, ...], manner: Manner
) -> dict[Key, int]:
    """Every cell and total of the table, each counted from its own records."""
    if spec.lines:
        found = {line.code: raw.records.get((line.code,), frozenset()) for line in spec.lines}
        return {(x.code,): manner.counted(x.population, x.where, found[x.code]) for x in spec.lines}
    keys = product(*(_codes(variable) for variable in variables))
    return {
        key: manner.counted(
            spec.population, where_of(variables, key), records_in(raw, variables, key)
        )
        for key in keys
    }


def _codes(variable: Variable) -> tuple[str, ...]:
    codes = tuple(category.code for category in variable.categories)
    return codes if variable.repeats else (*codes, TOTAL)


def records_in(raw: RawTable, variables: tuple[Variable, ...], key: Key) -> frozenset[str]:
    """The records behind a cell or a total of a split."""
    wanted = [_answers(variable, code) for variable, code in zip(variables, key, strict=True)]
    return frozenset[str]().union(*(raw.records.get(k, frozenset()) for k in product(*wanted)))


def _answers(variable: Variable, code: str) -> tuple[str, ...]:
    """The finest answers that a category, or the total, takes in."""
    if code == TOTAL:
        return tuple(answer for category in variable.categories for answer in category.base)
    return next(category.base for category in variable.categories if category.code == code)


def _cell(
    spec: TableSpec, variables: tuple[Variable, ...], *, key: Key, manner: Manner, count: int
) -> Cell:
    if _figure_name(spec, variables, key) in manner.exactly:
        return Cell(count, exact=True)
    return NOT_APPLICABLE if is_impossible(spec, variables, key) else controlled(count)


def _figure_name(spec: TableSpec, variables: tuple[Variable, ...], key: Key) -> FigureName:
    if not spec.lines:
        return spec.population, tuple(sorted(where_of(variables, key)))
    line = next(line for line in spec.lines if line.code == key[0])
    return line.population, tuple(sorted(line.where))


def is_impossible(spec: TableSpec, variables: tuple[Variable, ...], key: Key) -> bool:
    """Whether nobody can ever stand in this cell, which holds structural noughts alone."""
    if not spec.cannot_be or TOTAL in key:
        return False
    answers = product(*(_answers(v, code) for v, code in zip(variables, key, strict=True)))
    return set(answers) <= set(spec.cannot_be)


def _dominated(counts: Counts, variables: tuple[Variable, ...]) -> frozenset[Key]:
    """The cells of every row in which one category holds nine in ten or more."""
    return frozenset(
        key
        for total, keys in (rows_of(variables) if variables else ())
        if is_dominated([counts[k] for k in keys], counts[total])
        for key in keys
    )
