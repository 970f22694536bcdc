"""What published tables say together: their bounds, their sums, and the rules they obey."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import inf

from outcomes.disclosure.knowledge import Figure, Knowledge, Place, Relation, bounds
from outcomes.disclosure.periods import QUARTERS_IN, Period
from outcomes.disclosure.rules import LARGEST_HIDDEN, where_of
from outcomes.disclosure.words import TOTAL, Key, Marker, ReleasedTable, Variable, Where


def knowledge(tables: Iterable[ReleasedTable]) -> Knowledge:
    """Everything the tables say together, including the rules by which they were made.

    A split that is hidden as a whole holds small figures only, or one answer dominates it
    (`hidden_by_rule`), or the audit hid it, and then it may be anything. Revisions are read as
    of the same truth, as an intruder would; `latest` leaves out those that were replaced.
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
    """The newest revision of each period: it replaces every table, so an older one beside it
    tells of records as they were before they were put right."""
    known = list(tables)
    newest: dict[Period, int] = {}
    for table in known:
        newest[table.period] = max(table.revision, newest.get(table.period, 0))
    return [table for table in known if table.revision == newest[table.period]]


def _add_lines(known: Knowledge, table: ReleasedTable) -> None:
    for line in table.lines:
        figure = Figure(line.population, table.period, tuple(sorted(line.where)))
        _add_cell(known, known.number(figure), table=table, key=(line.code,))


def _add_cell(known: Knowledge, number: int, *, table: ReleasedTable, key: Key) -> None:
    cell = table.cell(*key)
    known.bound(number, *bounds(cell))
    if cell.marker is Marker.CONFIDENTIAL:
        known.guarded[number].append(Place(table.code, table.period, table.revision, key))
    elif cell.exact:
        known.published_exactly.add(number)


def _add_split(known: Knowledge, table: ReleasedTable) -> None:
    for key, cell in table.cells:
        number = _printed_figure(known, table, key)
        if not _may_be_anything(table, key):
            _add_cell(known, number, table=table, key=key)
        elif cell.marker is Marker.CONFIDENTIAL:
            known.guarded[number].append(Place(table.code, table.period, table.revision, key))
    _add_rules_of_rows(known, table)
    _add_sums(known, table)


def _add_rules_of_rows(known: Knowledge, table: ReleasedTable) -> None:
    for total, keys in table.rows:
        row = {key: _printed_figure(known, table, key) for key in keys}
        own = [row[key] for key in _in_fives(table, keys)]
        if _is_hidden(table, keys) and table.cell(*total).value is not None:
            whole = _printed_figure(known, table, total)
            _add_small_or_dominated(known, [*row.values()], whole, own=own)
        elif own and not _is_hidden(table, keys):
            _add_no_domination(known, [*row.values()])
    if _is_hidden_margin(table):
        whole = _printed_figure(known, table, (TOTAL, TOTAL))
        margin = [_printed_figure(known, table, k) for k in _in_fives(table, _margin(table))]
        _add_small(known, margin, whole, switch=_always(known))


def _in_fives(table: ReleasedTable, keys: Sequence[Key]) -> list[Key]:
    """The cells of a row that the rules decide on, leaving out exact whole-service figures."""
    return [key for key in keys if not table.cell(*key).exact]


def _is_hidden(table: ReleasedTable, keys: Sequence[Key]) -> bool:
    """Whether no cell of a row shows a number, save exact ones."""
    own = _in_fives(table, keys)
    return bool(own) and all(table.cell(*key).value is None for key in own)


def _may_be_anything(table: ReleasedTable, key: Key) -> bool:
    """Whether a hidden cell need not be small: nothing but a total is shown of its row."""
    if table.cell(*key).marker is Marker.NOT_APPLICABLE:
        return False
    if key[-1] == TOTAL:
        return key[0] != TOTAL and _is_hidden_margin(table)
    total = (*key[:-1], TOTAL)
    row = [(*key[:-1], category.code) for category in table.variables[-1].categories]
    known_total = table.cell(*total).value is not None
    return _is_hidden(table, row) and (known_total or _may_be_anything(table, total))


def _margin(table: ReleasedTable) -> list[Key]:
    """The row totals of a table in which they add up."""
    two_ways = len(table.variables) == 2 and not table.variables[0].repeats
    return [(c.code, TOTAL) for c in table.variables[0].categories] if two_ways else []


def _is_hidden_margin(table: ReleasedTable) -> bool:
    margin = _margin(table)
    if not margin or not _is_hidden(table, margin):
        return False
    return table.cell(TOTAL, TOTAL).value is not None


def _add_no_domination(known: Knowledge, row: Sequence[int]) -> None:
    """A split that is shown holds no category of nine in ten or more: 10 x part < 9 x whole."""
    for part in row:
        terms = tuple((other, 1 if other == part else -9) for other in row)
        known.relations.append(Relation(terms, -inf, -1))


def _add_small_or_dominated(
    known: Knowledge, row: Sequence[int], total: int, *, own: Sequence[int]
) -> None:
    """A hidden split: each of its own parts is at most 7, or one is nine in ten of the whole."""
    most, ways = int(known.high[total]), []
    if len(own) < len(row) or LARGEST_HIDDEN * len(own) >= known.low[total]:
        ways.append(known.switch())
        _add_small(known, own, total, switch=ways[0])
    for part in row:
        ways.append(known.switch())
        terms = tuple((other, -1 if other == part else 9) for other in row)
        known.hidden_by_rule.append(Relation((*terms, (ways[-1], 9 * most)), -inf, 9 * most))
    known.hidden_by_rule.append(Relation(tuple((way, 1) for way in ways), 1, inf))


def _add_small(known: Knowledge, row: Sequence[int], total: int, *, switch: int) -> None:
    """While the switch is on, every part is at most 7; else at most the whole."""
    most = int(known.high[total])
    for part in row:
        terms = ((part, 1), (switch, max(0, most - LARGEST_HIDDEN)))
        known.hidden_by_rule.append(Relation(terms, -inf, max(most, LARGEST_HIDDEN)))


def _always(known: Knowledge) -> int:
    switch = known.switch()
    known.low[switch] = 1
    return switch


def _printed_figure(known: Knowledge, table: ReleasedTable, key: Key) -> int:
    """The figure behind a printed cell, named by its finest answers where it is not coarsened."""
    return known.number(_figure(table, where_of(table.variables, key)))


def _figure(table: ReleasedTable, where: Where) -> Figure:
    return Figure(table.population, table.period, tuple(sorted(where)))


def _add_sums(known: Knowledge, table: ReleasedTable) -> None:
    """Every printed figure is the sum of the finest cells that it takes in."""
    finest = [_base_answers(variable) for variable in table.variables]
    for key, _cell in table.cells:
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
    periods = {figure.period for figure in known.figures}
    inside = {p: {other for other in periods if p.contains(other)} for p in periods}
    for (population, _where), figures in same.items():
        for whole in figures:
            by_length: dict[int, list[Figure]] = defaultdict(list)
            for part in figures if inside[whole.period] else ():
                if part.period in inside[whole.period]:
                    by_length[QUARTERS_IN[part.period.span]].append(part)
            for parts in by_length.values():
                _relate(known, whole, parts, adds_up=adds_up.get(population, True))


def _relate(known: Knowledge, whole: Figure, parts: Sequence[Figure], *, adds_up: bool) -> None:
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
