"""The last look: what a page, a picture or a tooltip tells must stand in a released table."""

from dataclasses import replace

import pytest

from outcomes.disclosure.describe import describe, notes
from outcomes.disclosure.leaks import cells_out_of_shape
from outcomes.disclosure.pictures import shares_picture
from outcomes.disclosure.words import Cell, Profile, ReleasedTable
from tests.rules.disclosure_cases import COLOURS, all_of, colours, released
from tests.rules.test_release import lines_of_2018
from tests.rules.told_numbers import numbers_not_released


@pytest.fixture
def table() -> ReleasedTable:
    (found,) = released(colours(31, 23, 3), catalogue=[COLOURS]).tables
    return found


def page(table: ReleasedTable, cell: str) -> str:
    rows = "".join(f"<tr><th>{key[0]}</th><td>{c.text}</td></tr>" for key, c in table.cells)
    told = "".join(f"<p>{note}</p>" for note in (describe(table), *notes(table)))
    return f"<h1>{table.title}, {table.period.label}</h1><table>{rows}{cell}</table>{told}"


def test_a_page_made_from_the_released_table_tells_nothing_else(table: ReleasedTable) -> None:
    assert numbers_not_released(page(table, ""), [table]) == frozenset()


@pytest.mark.parametrize(
    "cell",
    [
        '<td title="3">[c]</td>',
        '<td data-count="3">[c]</td>',
        '<td aria-label="three: 3 marbles">[c]</td>',
        "<td>[c]<!-- 3 --></td>",
        '<meta name="description" content="Grey 3">',
        "<td>3</td>",
        "<td>5% (3–7)</td>",
    ],
)
def test_a_raw_count_is_found_wherever_it_hides(table: ReleasedTable, cell: str) -> None:
    assert numbers_not_released(page(table, cell), [table])


def test_a_number_that_is_no_figure_is_named_by_the_page(table: ReleasedTable) -> None:
    footer = "<p>Published on 22 November 2026</p>"
    assert numbers_not_released(footer, [table]) == {"22", "2026"}
    assert not numbers_not_released(footer, [table], besides=["22 November 2026"])


def test_a_phrase_is_left_out_only_where_it_stands_by_itself(table: ReleasedTable) -> None:
    told = "<p>30 and 130, 305, 0</p>"
    assert numbers_not_released(told, [table], besides=["0"]) == {"130", "305"}


def test_a_picture_tells_no_more_than_its_table() -> None:
    table = lines_of_2018(Profile.PUBLIC).tables[0]
    picture = shares_picture(table)
    assert picture is not None
    for told in (*picture.words, picture.svg().decode()):
        assert numbers_not_released(told, [table]) == frozenset()


def test_a_figure_that_no_rule_allows_is_out_of_shape(table: ReleasedTable) -> None:
    assert cells_out_of_shape(table, frozenset()) == ()
    for wrong in (Cell(23), Cell(5), Cell(0), Cell(57, exact=True), Cell()):
        cells = (*table.cells[:-1], (("total",), wrong))
        assert cells_out_of_shape(replace(table, cells=cells), frozenset()) == (("total",),)


def test_whole_service_figures_of_the_partnership_may_be_exact(table: ReleasedTable) -> None:
    (lines,) = released(all_of(colours(31, 23, 3))).tables
    assert cells_out_of_shape(lines, frozenset({("marbles", ())})) == ()
    assert cells_out_of_shape(lines, frozenset()) == (("marbles",),)
