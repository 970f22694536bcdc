"""Every small table there is, through the whole release, against somebody who knows every rule.

True tables are grouped by what is printed. Whoever knows the rules can tell the group and no
more; so in each group every hidden figure of 1 to 7 must take at least four values.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from outcomes.disclosure.noise import Noise
from outcomes.disclosure.periods import Period, Span
from outcomes.disclosure.printing import records_in
from outcomes.disclosure.release import Release, release
from outcomes.disclosure.words import (
    Category,
    Key,
    Line,
    Profile,
    RawTable,
    TableSpec,
    Variable,
)

NAMES = [f"r{number:02}" for number in range(60)]
YEAR = Period(2026)
PEOPLE = TableSpec(
    "people",
    "People",
    "people",
    "Everybody.",
    spans=(Span.YEAR,),
    lines=(Line("all", "All", "people"),),
    exact_for_partners=True,
)


def answers(letters: str) -> tuple[Category, ...]:
    return tuple(Category(letter, letter) for letter in letters)


def split(*variables: Variable) -> TableSpec:
    return TableSpec(
        "split", "Split", "people", "All.", (Span.YEAR,), population="people", variables=variables
    )


def true_tables(keys: list[Key], most: int, least: int = 0) -> Iterator[RawTable]:
    """Every way to put between `least` and `most` people into the cells."""
    for total in range(least, most + 1):
        for counts in shared_out(total, len(keys)):
            records, used = {}, 0
            for key, count in zip(keys, counts, strict=True):
                records[key] = frozenset(NAMES[used : used + count])
                used += count
            yield RawTable("split", YEAR, records)


def shared_out(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to share out so many people."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in shared_out(total - first, cells - 1))


def published(raw: RawTable, catalogue: list[TableSpec]) -> Release:
    raws = [raw]
    if PEOPLE in catalogue:
        everybody = frozenset[str]().union(*raw.records.values())
        raws.append(RawTable("people", YEAR, {("all",): everybody}))
    return release(
        raws,
        profile=Profile.PARTNERSHIP,
        catalogue=catalogue,
        earlier=(),
        noise=Noise(bytes(32)),
    )


def told_too_much(spec: TableSpec, most: int, *, exact_total: bool, least: int = 0) -> list[str]:
    """The hidden cells that somebody who knows every rule can narrow to under four values."""
    catalogue = [PEOPLE, spec] if exact_total else [spec]
    keys = list(product(*([c.code for c in v.categories] for v in spec.variables)))
    groups: dict[Release, list[RawTable]] = defaultdict(list)
    for raw in true_tables(keys, most, least):
        groups[published(raw, catalogue)].append(raw)
    return [told for found, raws in groups.items() for told in narrow_cells(found, raws)]


def narrow_cells(found: Release, raws: list[RawTable]) -> Iterator[str]:
    for table in found.tables:
        for key, cell in table.cells:
            if cell.text == "[c]" and not table.lines:
                values = {len(records_in(raw, table.variables, key)) for raw in raws}
                if len(values) < 4 and values & set(range(1, 8)):
                    yield f"{dict(table.cells)}: {key} is one of {sorted(values)}"


TWO = split(Variable("v", "V", answers("ab")))
THREE = split(Variable("v", "V", answers("abc")))
COARSE = split(
    Variable("v", "V", answers("abc"), ((Category("ab", "ab", ("a", "b")), Category("c", "c")),))
)
SQUARE = split(Variable("v", "V", answers("ab")), Variable("w", "W", answers("xy")))

OBLONG = split(Variable("v", "V", answers("abc")), Variable("w", "W", answers("xy")))


@pytest.mark.slow
@pytest.mark.parametrize("exact_total", [False, True])
@pytest.mark.parametrize(("spec", "most"), [(TWO, 37), (THREE, 17), (COARSE, 17)])
def test_no_reader_of_the_rules_solves_a_small_table(
    spec: TableSpec, most: int, exact_total: bool
) -> None:
    assert told_too_much(spec, most, exact_total=exact_total) == []


@pytest.mark.slow
def test_no_reader_of_the_rules_solves_a_square_of_fifteen_people() -> None:
    assert told_too_much(SQUARE, 15, exact_total=True, least=15) == []


@pytest.mark.deep
@pytest.mark.parametrize("exact_total", [False, True])
@pytest.mark.parametrize(("spec", "most"), [(TWO, 52), (THREE, 32), (COARSE, 32), (SQUARE, 17)])
def test_no_reader_of_the_rules_solves_a_larger_table(
    spec: TableSpec, most: int, exact_total: bool
) -> None:
    assert told_too_much(spec, most, exact_total=exact_total) == []


@pytest.mark.deep
@pytest.mark.parametrize(("spec", "people"), [(SQUARE, 21), (SQUARE, 22), (OBLONG, 14)])
def test_no_reader_of_the_rules_solves_a_table_of_so_many_people(
    spec: TableSpec, people: int
) -> None:
    assert told_too_much(spec, people, exact_total=True, least=people) == []


def test_the_attack_itself_finds_a_gate_that_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcomes.disclosure.release.gives_away", lambda _tables: False)
    assert told_too_much(TWO, 20, exact_total=True)
