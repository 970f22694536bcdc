"""What anybody can work out from published tables, written as bounds and sums of whole numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import inf
from typing import NamedTuple

from outcomes.disclosure.periods import Period
from outcomes.disclosure.rules import LARGEST_HIDDEN, ROUNDED_TO, where_of
from outcomes.disclosure.words import (
    TOTAL,
    Cell,
    Key,
    Marker,
    ReleasedTable,
    Variable,
    Where,
)

# No service counts so many; it stands for "no upper limit known".
NO_LIMIT = 100_000


class Figure(NamedTuple):
    """One unknown true count: those of a population in a period to whom `where` applies."""

    population: str
    period: Period
    where: Where


class Place(NamedTuple):
    """Where a figure is printed."""

    code: str
    period: Period
    revision: int
    key: Key


@dataclass(frozen=True, slots=True)
class Relation:
    """`low <= Σ factor x figure <= high`."""

    terms: tuple[tuple[int, int], ...]
    low: float
    high: float


@dataclass
class Knowledge:
    """Unknown figures with their bounds, what relates them, and which must stay unknown."""

    figures: dict[Figure, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    across_periods: list[Relation] = field(default_factory=list)
    guarded: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    published_exactly: set[int] = field(default_factory=set)

    def number(self, figure: Figure) -> int:
        """The figure's place in the lists; new figures may be anything from nought up."""
        if figure not in self.figures:
            self.figures[figure] = len(self.low)
            self.low.append(0)
            self.high.append(NO_LIMIT)
        return self.figures[figure]

    def bound(self, figure: int, low: float, high: float) -> None:
        self.low[figure] = max(self.low[figure], low)
        self.high[figure] = min(self.high[figure], high)

    def is_sum(self, whole: int, parts: Sequence[int]) -> None:
        if tuple(parts) != (whole,):
            self.relations.append(Relation((*((p, 1) for p in parts), (whole, -1)), 0, 0))

    def at_most(self, smaller: int, larger: int) -> None:
        self.relations.append(Relation(((smaller, 1), (larger, -1)), -inf, 0))


def knowledge(tables: Iterable[ReleasedTable]) -> Knowledge:
    """Everything the tables say together, including the rules by which they were made.

    A split that is hidden as a whole tells no bound of its parts: nobody outside can tell a
    row of small figures from one that a single answer dominates. Revisions are read as of the
    same truth, as an intruder would; `latest` leaves out those that have been replaced.
    """
    known, adds_up = Knowledge(), dict[str, bool]()
    for table in tables:
        if table.lines:
            _add_lines(known, table)
            adds_up |= {line.population: line.adds_up for line in table.lines}
        else:
            _add_split(known, table)
    _relate_parts(known)
    _relate_periods(known, adds_up)
    return known


def latest(tables: Iterable[ReleasedTable]) -> list[ReleasedTable]:
    """The newest revision of each table."""
    newest: dict[tuple[str, Period], ReleasedTable] = {}
    for table in tables:
        place = (table.code, table.period)
        if place not in newest or newest[place].revision < table.revision:
            newest[place] = table
    return list(newest.values())


def _add_lines(known: Knowledge, table: ReleasedTable) -> None:
    for line in table.lines:
        figure = Figure(line.population, table.period, tuple(sorted(line.where)))
        _add_cell(known, known.number(figure), table=table, key=(line.code,))


def _add_cell(known: Knowledge, number: int, *, table: ReleasedTable, key: Key) -> None:
    cell = table.cell(*key)
    known.bound(number, *bounds(cell, exact=table.exact))
    if cell.marker is Marker.CONFIDENTIAL:
        known.guarded[number].append(Place(table.code, table.period, table.revision, key))
    elif table.exact:
        known.published_exactly.add(number)


def bounds(cell: Cell, *, exact: bool) -> tuple[int, int]:
    """The true counts that a released cell allows."""
    if cell.marker is Marker.NOT_APPLICABLE:
        return 0, 0
    if cell.value is None:
        return 0, LARGEST_HIDDEN
    if exact:
        return cell.value, cell.value
    return max(LARGEST_HIDDEN + 1, cell.value - ROUNDED_TO // 2), cell.value + ROUNDED_TO // 2


def _add_split(known: Knowledge, table: ReleasedTable) -> None:
    for key in _shown_keys(table.variables):
        number = _printed_figure(known, table, key)
        if key[-1] == TOTAL or not _is_hidden_split(table, key):
            _add_cell(known, number, table=table, key=key)
        else:
            known.guarded[number].append(Place(table.code, table.period, table.revision, key))
    for total, keys in table.rows:
        if not _is_hidden(table, keys):
            _add_no_domination(known, [_printed_figure(known, table, k) for k in keys])
    _add_sums(known, table)


def _shown_keys(variables: tuple[Variable, ...]) -> list[Key]:
    codes = [[c.code for c in v.categories] + ([] if v.repeats else [TOTAL]) for v in variables]
    return list(product(*codes))


def _is_hidden(table: ReleasedTable, keys: Sequence[Key]) -> bool:
    """Whether no cell of a row shows a number."""
    return all(table.cell(*key).value is None for key in keys)


def _is_hidden_split(table: ReleasedTable, key: Key) -> bool:
    """Whether the cell stands in a row of which only a total of 8 or more is shown."""
    row = [(*key[:-1], category.code) for category in table.variables[-1].categories]
    shown_total = table.cell(*key[:-1], TOTAL).value is not None
    possible = table.cell(*key).marker is not Marker.NOT_APPLICABLE
    return possible and shown_total and _is_hidden(table, row)


def _add_no_domination(known: Knowledge, row: Sequence[int]) -> None:
    """A split that is shown holds no category of nine in ten or more: 10 x part < 9 x whole."""
    for part in row:
        terms = tuple((other, 1 if other == part else -9) for other in row)
        known.relations.append(Relation(terms, -inf, -1))


def _printed_figure(known: Knowledge, table: ReleasedTable, key: Key) -> int:
    """The figure behind a printed cell, named by its finest answers where it is not coarsened."""
    return known.number(_figure(table, where_of(table.variables, key)))


def _figure(table: ReleasedTable, where: Where) -> Figure:
    return Figure(table.population, table.period, tuple(sorted(where)))


def _add_sums(known: Knowledge, table: ReleasedTable) -> None:
    """Every printed figure is the sum of the finest cells that it takes in."""
    finest = [_base_answers(variable) for variable in table.variables]
    for key in _shown_keys(table.variables):
        parts = product(*(_taken_in(v, c) for v, c in zip(table.variables, key, strict=True)))
        numbers = [known.number(_figure(table, _pairs(table.variables, part))) for part in parts]
        known.is_sum(_printed_figure(known, table, key), numbers)
    for where, parts_of in _margins(table.variables, finest).items():
        numbers = [known.number(_figure(table, part)) for part in parts_of]
        known.is_sum(known.number(_figure(table, where)), numbers)


def _pairs(variables: tuple[Variable, ...], answers: Sequence[str]) -> Where:
    return tuple((v.code, answer) for v, answer in zip(variables, answers, strict=True))


def _base_answers(variable: Variable) -> tuple[str, ...]:
    return tuple(answer for category in variable.categories for answer in category.base)


def _taken_in(variable: Variable, code: str) -> tuple[str, ...]:
    if code == TOTAL:
        return _base_answers(variable)
    return next(category.base for category in variable.categories if category.code == code)


def _margins(
    variables: tuple[Variable, ...], finest: Sequence[tuple[str, ...]]
) -> Mapping[Where, list[Where]]:
    """For each finest answer of one variable, the finest cells that have it."""
    margins: dict[Where, list[Where]] = {}
    if len(variables) < 2:
        return margins
    for cell in product(*finest):
        pairs = _pairs(variables, cell)
        for kept, dropped in ((0, 1), (1, 0)):
            if not variables[dropped].repeats and not variables[kept].repeats:
                margins.setdefault((pairs[kept],), []).append(pairs)
    return margins


def _relate_parts(known: Knowledge) -> None:
    """Those of a population to whom something applies are no more than the population."""
    for figure, number in list(known.figures.items()):
        whole = figure._replace(where=())
        if figure.where and whole in known.figures:
            known.at_most(number, known.figures[whole])


def _relate_periods(known: Knowledge, adds_up: Mapping[str, bool]) -> None:
    """A year against its quarters, three years against both, wherever both are printed."""
    same: dict[tuple[str, Where], list[Figure]] = defaultdict(list)
    for figure in known.figures:
        same[figure.population, figure.where].append(figure)
    for (population, _where), figures in same.items():
        for whole in figures:
            for length in {len(f.period.quarters) for f in figures}:
                parts = [f for f in figures if whole.period.contains(f.period)]
                parts = [f for f in parts if len(f.period.quarters) == length]
                if parts:
                    _relate(known, whole, parts, adds_up=adds_up.get(population, True))


def _relate(
    known: Knowledge, whole: Figure, parts: Sequence[Figure], *, adds_up: bool
) -> None:
    number, numbers = known.figures[whole], [known.figures[part] for part in parts]
    covered = sum(len(part.period.quarters) for part in parts)
    complete = covered == len(whole.period.quarters)
    sum_less_whole = (*((n, 1) for n in numbers), (number, -1))
    if adds_up:
        low = 0 if complete else -inf
        known.across_periods.append(Relation(sum_less_whole, low, 0))
        return
    if complete:
        known.across_periods.append(Relation(sum_less_whole, 0, inf))
    for part in numbers:
        known.across_periods.append(Relation(((part, 1), (number, -1)), -inf, 0))
