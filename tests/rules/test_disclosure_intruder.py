"""Invented services over twelve quarters, attacked by somebody who has every release."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from outcomes.disclosure.audit import exposures
from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.leaks import cells_out_of_shape
from outcomes.disclosure.periods import Period, Span
from outcomes.disclosure.printing import (
    FigureName,
    Manner,
    figures_given_exactly,
    printed_table,
)
from outcomes.disclosure.rules import controlled
from outcomes.disclosure.words import Profile, ReleasedTable, TableSpec
from tests.rules.catalogue_checks import reasons_catalogue_refused
from tests.rules.intruder import Intruder
from tests.rules.invented_service import InventedService, invented_service
from tests.rules.simulation import (
    FIRST_YEAR,
    Found,
    attacked,
    hidden_cells,
    periods,
    summary,
    true_records,
)
from tests.rules.simulation_record import PAGE, RECORD, page, shape_of_catalogue
from tests.rules.told_numbers import numbers_not_released

EVERY_RUN = [1, 6, 7]
ALLOWED = figures_given_exactly(CATALOGUE, Profile.PARTNERSHIP)
SPLITS = [spec for spec in CATALOGUE if spec.variables]
QUARTERLY = [spec for spec in SPLITS if spec.spans == (Span.QUARTER,)]


def check(runs: list[Found]) -> None:
    for run in runs:
        assert (run.exact, run.under_four_values, run.certain) == (0, 0, 0)
    found = summary(runs)
    assert found["mean absolute error"] <= 3  # type: ignore[operator]
    assert found["mean advantage"] <= 0.20  # type: ignore[operator]
    assert found["largest advantage"] <= 0.50  # type: ignore[operator]


@pytest.mark.slow
def test_nobody_is_recovered_from_any_release() -> None:
    check([attacked(seed) for seed in EVERY_RUN])


@pytest.mark.deep
def test_nobody_is_recovered_from_any_release_of_fifty_services() -> None:
    check([attacked(seed) for seed in range(100, 150)])


def test_the_stored_record_is_of_this_catalogue_and_within_its_bounds() -> None:
    """Made anew by `python -m tests.rules.simulation_record 1000 1999` where tables change."""
    runs = json.loads(RECORD.read_text())
    none_of = ("exact recoveries", "under four values", "certain")
    for found in runs:
        assert found["shape of the catalogue"] == shape_of_catalogue()
        assert [found[what] for what in none_of] == [0, 0, 0]
        assert found["mean absolute error"] <= 3
        assert found["mean advantage"] <= 0.20
        assert found["largest advantage"] <= 0.50
    assert PAGE.read_text() == page(runs)


def test_the_stored_record_is_of_a_thousand_services_each_attacked_once() -> None:
    seeds = [one["seeds"] for one in json.loads(RECORD.read_text())]
    attacked_seeds = [seed for first, last in seeds for seed in range(first, last + 1)]
    assert len(set(attacked_seeds)) == len(attacked_seeds) == 1_000


def without_a_gate(
    service: InventedService, specs: list[TableSpec], exactly: frozenset[FigureName]
) -> list[ReleasedTable]:
    """What a careless publisher would print: every rule but the audit, and what is planted."""
    manner = Manner(Profile.PARTNERSHIP, exactly=exactly)
    return [
        printed_table(service.table(spec.code, period), spec, manner=manner)
        for period in periods()
        for spec in specs
        if period.span in spec.spans
    ]


def exact_totals(service: InventedService) -> bool:
    """Planted: the totals of controlled splits as they are."""
    totals = frozenset((spec.population, ()) for spec in SPLITS)
    tables = without_a_gate(service, SPLITS, totals)
    by_shape = any(cells_out_of_shape(table, ALLOWED) for table in tables)
    return by_shape and bool(exposures(tables)) and any_narrow(service, tables)


def year_to_date(service: InventedService) -> bool:
    """Planted: each quarter beside the year so far, from which it can be subtracted.

    The catalogue refuses it every time; where a quarter counts dozens, the intruder shows why.
    """
    planted = [replace(spec, spans=(Span.QUARTER, Span.YEAR)) for spec in QUARTERLY]
    refused = bool(reasons_catalogue_refused(planted))
    tables = without_a_gate(service, QUARTERLY, frozenset())
    intruder = Intruder(tables)
    for spec, year in product(QUARTERLY, range(FIRST_YEAR, FIRST_YEAR + 3)):
        quarters = [t for t in tables if t.code == spec.code and t.period.year == year]
        for last in (2, 3, 4):
            learn_year_so_far(intruder, service, quarters[:last])
    intruder.solve()
    narrow = any(len(intruder.values(t, k)) < 4 for t, k, _n in hidden_cells(service, tables))
    return refused and (narrow or service.people < 100)


def learn_year_so_far(
    intruder: Intruder, service: InventedService, quarters: list[ReleasedTable]
) -> None:
    """The figures from January, hidden and rounded by the same rules as the quarters."""
    raws = [service.table(table.code, table.period) for table in quarters]
    for key, _cell in quarters[0].cells:
        if all(table.has(*key) for table in quarters):
            pairs = zip(raws, quarters, strict=True)
            count = sum(len(true_records(raw, table, key)) for raw, table in pairs)
            intruder.learn([(table, key) for table in quarters], controlled(count))


def raw_tooltips(service: InventedService) -> bool:
    """Planted: the raw count in the title of each cell; only one that is released is harmless."""
    tables = without_a_gate(service, SPLITS, frozenset())
    for table in tables:
        raw = service.table(table.code, table.period)
        counts = [len(true_records(raw, table, key)) for key, _cell in table.cells]
        printed = {cell.value for _key, cell in table.cells}
        found = numbers_not_released(page_with_tooltips(table, counts), [table])
        if found != {str(count) for count in counts if count not in printed}:
            return False
    return True


def page_with_tooltips(table: ReleasedTable, counts: list[int]) -> str:
    pairs = zip(table.cells, counts, strict=True)
    cells = [f'<td title="{count}">{cell.text}</td>' for (_key, cell), count in pairs]
    return f"<table>{''.join(cells)}</table>"


def any_narrow(service: InventedService, tables: list[ReleasedTable]) -> bool:
    intruder = Intruder(tables)
    return any(len(intruder.values(t, k)) < 4 for t, k, _count in hidden_cells(service, tables))


@pytest.mark.slow
@pytest.mark.parametrize("planted", [exact_totals, year_to_date, raw_tooltips])
@pytest.mark.parametrize("seed", EVERY_RUN)
def test_a_planted_bad_rule_is_caught(
    planted: Callable[[InventedService], bool], seed: int
) -> None:
    assert planted(invented_service(seed))


def test_the_period_itself_cannot_say_year_to_date() -> None:
    assert {Period(2026, 2).span, Period(2026).span} == {Span.QUARTER, Span.YEAR}
    with pytest.raises(TypeError):
        Period(2026, quarters=2)  # type: ignore[call-arg]
