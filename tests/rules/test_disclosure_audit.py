"""The audit gate on small tables whose answer is known by hand."""

import subprocess
import sys
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.disclosure.audit import exposures, gives_away
from outcomes.disclosure.periods import Period
from outcomes.disclosure.printing import Manner, figures_given_exactly, printed_table
from outcomes.disclosure.words import Cell, Key, Profile, RawTable, ReleasedTable, TableSpec
from programmes.common.errors import Refused
from tests.rules.disclosure_cases import (
    COLOUR,
    COLOURS,
    KINDS,
    MARBLES,
    QUARTER,
    all_of,
    colours,
    records,
    released,
    spec_of,
    texts,
)

CASES = (MARBLES, COLOURS, KINDS)
EXACT_LINES = Manner(Profile.PARTNERSHIP, exactly=figures_given_exactly(CASES, Profile.PARTNERSHIP))
ROUNDED = Manner(Profile.PARTNERSHIP)


def printed(raw: RawTable, spec: TableSpec = COLOURS, *, manner: Manner = ROUNDED) -> ReleasedTable:
    """The table without the gate."""
    return printed_table(raw, spec, manner=manner)


def narrow(*tables: ReleasedTable) -> dict[tuple[str, Key], int]:
    """What the audit finds, and that the quicker verdict of the gate is the same."""
    found = {(e.place.period.code, e.place.key): e.possible for e in exposures(tables)}
    assert gives_away(tables) == bool(found)
    return found


def test_one_hidden_figure_beside_a_rounded_total_keeps_its_four_values() -> None:
    """30 stands for 28 to 32, 15 for 13 to 17 twice: the third may be 0 to 6."""
    assert narrow(printed(colours(15, 15, 3))) == {}


def test_a_hidden_figure_squeezed_by_rounding_is_found() -> None:
    """18 to 22 twice within 33 to 37: the third can only be 0 or 1."""
    table = printed(colours(18, 18, 1))
    assert [cell.text for _key, cell in table.cells] == ["20", "20", "[c]", "35"]
    assert narrow(table) == {("2026Q1", ("grey",)): 2}


def test_a_squeezed_split_is_published_as_its_total() -> None:
    (table,) = released(colours(18, 18, 1), catalogue=[COLOURS]).tables
    assert set(texts(table).values()) == {"[c]", "35"}


def test_an_exact_total_gives_a_hidden_figure_away() -> None:
    """22 less 13 to 17: the other is 5 to 9, and hidden, so 5 to 7; 20 leaves 1 to 7."""
    raw = colours(15, 7, 0)
    spec = replace(COLOURS, variables=(replace(COLOUR, categories=COLOUR.categories[:2]),))
    raw = RawTable("colours", QUARTER, {k: v for k, v in raw.records.items() if k != ("grey",)})
    rounded = printed(raw, spec)
    exact = printed(raw, spec, manner=EXACT_LINES)
    assert (narrow(rounded), narrow(exact)) == ({}, {("2026Q1", ("blue",)): 3})


def test_the_rule_of_nine_in_ten_is_part_of_what_is_known() -> None:
    """Of 16, 13 to 17 leave 0 to 3; a split that is shown rules out 0 and 1."""
    spec = replace(COLOURS, variables=(replace(COLOUR, categories=COLOUR.categories[:2]),))
    raw = RawTable("colours", QUARTER, records({("red",): 13, ("blue",): 3}))
    table = printed(raw, spec, manner=EXACT_LINES)
    assert narrow(table) == {("2026Q1", ("blue",)): 2}


def test_a_year_gives_away_a_quarter() -> None:
    """Three exact quarters and an exact year leave one value for the fourth."""
    full = [colours(10, 10, 9, period=Period(2026, quarter)) for quarter in (1, 2, 3)]
    hidden = printed(RawTable("colours", Period(2026, 4), records({("red",): 7})))
    exact = [printed(all_of(raw), MARBLES, manner=EXACT_LINES) for raw in full]
    marbles = {("marbles",): frozenset(f"m{number}" for number in range(3 * 29 + 7))}
    year = printed(RawTable("marbles", Period(2026), marbles), MARBLES, manner=EXACT_LINES)
    assert narrow(hidden, *exact) == {}
    assert narrow(hidden, year) == {}
    assert narrow(hidden, year, *exact)["2026Q4", ("total",)] == 1


def test_a_block_of_three_years_is_read_with_its_years() -> None:
    """Three hidden figures that make 18 to 22 together are 4 to 7 each; that make 21, 7 each."""
    safety, block = spec_of("partner_safety"), spec_of("partner_safety_3y")
    answers = [category.code for category in safety.variables[1].categories]
    sizes = {("completed", a): n for a, n in zip(answers, (30, 30, 7, 30), strict=True)}
    sizes |= {("not_completed", a): 30 for a in answers}
    years = [
        printed(RawTable(safety.code, Period(year), records(sizes)), safety)
        for year in (2024, 2025, 2026)
    ]
    assert narrow(*years) == {}
    whole = {key: 3 * size for key, size in sizes.items()}
    together = printed(RawTable(block.code, Period(2024, years=3), records(whole)), block)
    assert together.cell("completed", "same").text == "20"
    assert narrow(*years, together) == {}
    exact = replace(
        together,
        cells=tuple(
            (key, Cell(21, exact=True) if key == ("completed", "same") else cell)
            for key, cell in together.cells
        ),
    )
    same = ("completed", "same")
    assert narrow(*years, exact) == {(str(year), same): 1 for year in (2024, 2025, 2026)}


def test_six_themes_asked_of_the_same_people_share_their_total() -> None:
    """Every row has the same total, and each row narrows it for the others."""
    spec = spec_of("safety_themes")
    themes = [category.code for category in spec.variables[0].categories]
    records_of = {}
    everybody = [f"s{n}" for n in range(37)]
    for theme in themes:
        sizes = (9, 18, 10, 0) if theme != "parenting" else (18, 18, 1, 0)
        start = 0
        for change, size in zip(spec.variables[1].categories, sizes, strict=True):
            records_of[theme, change.code] = frozenset(everybody[start : start + size])
            start += size
    table = printed(RawTable(spec.code, Period(2026), records_of), spec)
    assert {key[0] for _period, key in narrow(table)} == {"parenting"}


def test_hidden_noughts_are_guarded_like_the_rest_so_that_the_verdict_tells_nothing() -> None:
    with_one, with_none = colours(18, 18, 1), colours(18, 18, 0)
    assert (
        printed(with_one).cells == replace(printed(with_none), cells=printed(with_one).cells).cells
    )
    assert narrow(printed(with_none)) == {("2026Q1", ("grey",)): 2}


def test_figures_that_cannot_both_be_true_are_refused_without_noise() -> None:
    table = printed(colours(20, 20, 3))
    cells = tuple((k, replace(c, value=90) if k == ("red",) else c) for k, c in table.cells)
    with pytest.raises(Refused, match="contradict"):
        exposures([replace(table, cells=cells)])
    assert exposures([replace(table, cells=cells, profile=Profile.PUBLIC)]) == ()


def test_a_correction_between_releases_does_not_stop_the_next_one() -> None:
    """A register was corrected after the quarters came out: the year no longer adds up."""
    quarters = [all_of(colours(20, 20, 20, period=Period(2026, q))) for q in range(1, 5)]
    earlier = [table for raw in quarters for table in released(raw).tables]
    kinds = {(c.code, shape): 30 for c in COLOUR.categories for shape in ("round", "square")}
    raw = RawTable("kinds", Period(2026), records(kinds))
    (table,) = released(raw, earlier=earlier).tables
    assert table.cell("total", "total").text == "180"


def test_what_the_solver_prints_stays_off_standard_output() -> None:
    """It runs in a process of its own, since the test runner holds the streams of this one."""
    code = (
        "import ctypes\n"
        "from outcomes.disclosure.quiet import off_standard_output\n"
        "with off_standard_output():\n"
        "    ctypes.CDLL(None).printf(b'a debugging line')\n"
        "print('{}')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (ran.stdout, ran.stderr) == (b"{}\n", b"a debugging line")


def consistent(table: ReleasedTable, total: int) -> set[tuple[int, ...]]:
    """Every split of at most `total` that is printed like this one, by trying them all."""
    found = set()
    for sizes in product(range(total + 1), repeat=3):
        if sum(sizes) <= total:
            same = printed(
                RawTable("colours", QUARTER, records(dict(zip(KEYS, sizes, strict=True))))
            )
            if same.cells == table.cells:
                found.add(sizes)
    return found


KEYS = [(category.code,) for category in COLOUR.categories]


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)))
def test_the_gate_counts_the_values_that_trying_everything_finds(sizes: tuple[int, ...]) -> None:
    table = printed(RawTable("colours", QUARTER, records(dict(zip(KEYS, sizes, strict=True)))))
    worlds = consistent(table, 29)
    for at, key in enumerate(KEYS):
        values = {world[at] for world in worlds}
        if table.cell(*key).text == "[c]":
            assert (len(values) < 4) == (("2026Q1", key) in narrow(table))


def test_a_revision_is_read_apart_from_what_stood_before_it_even_while_it_is_made() -> None:
    """Tables of the old revision contradict exact figures of the new one: neither is a lie."""
    old = [
        printed(all_of(colours(20, 20, 3)), MARBLES, manner=EXACT_LINES),
        printed(colours(20, 20, 3)),
    ]
    new = replace(printed(all_of(colours(20, 10, 3)), MARBLES, manner=EXACT_LINES), revision=1)
    assert narrow(*old, new) == narrow(*old)
