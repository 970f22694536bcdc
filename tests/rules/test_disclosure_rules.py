"""The rules of a release one by one: what is hidden, rounded, and never said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.checks import (
    reasons_not_to_revise,
    tables_due,
)
from outcomes.disclosure.periods import Period, Span, is_closed, period
from outcomes.disclosure.rules import controlled, is_dominated, levels_for, nearest_five, share
from outcomes.disclosure.variables import ETHNICITY_OF_PERSON, ROUTE, SAFETY
from outcomes.disclosure.words import Category, Cell, Profile, RawTable, TableSpec, Variable
from programmes.common.errors import Refused
from tests.rules.catalogue_checks import reasons_catalogue_refused
from tests.rules.disclosure_cases import (
    COLOUR,
    COLOURS,
    KINDS,
    MARBLES,
    QUARTER,
    SHAPE,
    colours,
    records,
    released,
    texts,
)


@pytest.mark.parametrize(
    ("count", "printed"),
    [(0, "[c]"), (1, "[c]"), (7, "[c]"), (8, "10"), (12, "10"), (13, "15"), (1003, "1,005")],
)
def test_nought_to_seven_are_hidden_and_the_rest_go_to_the_nearest_five(
    count: int, printed: str
) -> None:
    assert controlled(count).text == printed


@given(st.integers(8, 10_000))
def test_rounding_never_moves_a_figure_by_more_than_two(count: int) -> None:
    assert nearest_five(count) % 5 == 0
    assert abs(nearest_five(count) - count) <= 2


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (Cell(10), Cell(20), (50, 30, 70)),
        (Cell(10), Cell(15), None),
        (Cell(39, exact=True), Cell(68, exact=True), (57, 46, 68)),
        (Cell(25), Cell(20), None),
        (controlled(3), Cell(40), None),
    ],
)
def test_per_cents_are_whole_and_need_a_denominator_of_twenty(
    part: Cell, whole: Cell, said: tuple[int, int, int] | None
) -> None:
    found = share(part, whole)
    assert (found and (found.percent, found.low, found.high)) == said


def test_nine_in_ten_is_domination() -> None:
    assert is_dominated([18, 2], 20)
    assert not is_dominated([17, 2], 19)
    assert not is_dominated([], 0)


def test_a_dominated_split_shows_its_total_alone() -> None:
    (table,) = released(colours(45, 3, 2)).tables
    assert texts(table) == {
        ("red",): "[c]",
        ("blue",): "[c]",
        ("grey",): "[c]",
        ("total",): "50",
    }


def test_totals_are_rounded_on_their_own() -> None:
    (table,) = released(colours(12, 12, 12), catalogue=[COLOURS]).tables
    assert [cell.text for _key, cell in table.cells] == ["10", "10", "10", "35"]


def test_what_cannot_be_is_marked_apart_from_what_is_hidden() -> None:
    spec = replace(KINDS, cannot_be=(("grey", "round"),))
    cells = {
        ("red", "round"): 20,
        ("red", "square"): 11,
        ("blue", "round"): 30,
        ("grey", "square"): 9,
    }
    raw = RawTable("kinds", Period(2026), records(cells))
    (table,) = released(raw, catalogue=[spec]).tables
    assert table.cell("grey", "round").text == "[z]"
    assert table.cell("blue", "square").text == "[c]"


def test_a_record_where_nobody_can_be_is_refused() -> None:
    spec = replace(KINDS, cannot_be=(("grey", "round"),))
    raw = RawTable("kinds", Period(2026), records({("grey", "round"): 1}))
    with pytest.raises(Refused, match="where there is no cell"):
        released(raw, catalogue=[spec])


def test_a_table_turns_coarser_by_its_printed_total_alone() -> None:
    assert levels_for((ROUTE,), Cell(60)) == (0,)
    assert levels_for((ROUTE,), Cell(55)) == (1,)
    assert levels_for((ROUTE,), controlled(2)) == (1,)
    assert levels_for((ETHNICITY_OF_PERSON,), Cell(20)) == (2,)
    assert levels_for((SAFETY,), Cell(25)) == (1,)


def test_the_catalogue_keeps_its_own_rules() -> None:
    assert reasons_catalogue_refused(CATALOGUE) == ()
    assert len(CATALOGUE) == 12


def by(variable: Variable, span: Span, *more: Variable) -> TableSpec:
    return replace(COLOURS, code=f"by_{span.name}", spans=(span,), variables=(variable, *more))


@pytest.mark.parametrize(
    ("catalogue", "reason"),
    [
        ([by(COLOUR, Span.QUARTER), by(COLOUR, Span.YEAR, SHAPE)], "could be subtracted"),
        ([by(replace(COLOUR, code="ward"), Span.QUARTER)], "too local"),
        ([by(COLOUR, Span.QUARTER, SHAPE)], "more than its period allows"),
        ([replace(COLOURS, spans=(Span.QUARTER, Span.YEAR))], "exactly one length of period"),
        ([replace(COLOURS, exact_for_partners=True)], "cannot be exact"),
        ([by(COLOUR, Span.THREE_YEARS)], "only the partnership"),
        ([replace(COLOURS, code=f"t{n}") for n in range(13)], "At most 12"),
        ([COLOURS, COLOURS], "Two tables are called colours"),
        (
            [
                by(
                    replace(COLOUR, coarser=((Category("all", "All", ("red", "blue")),),)),
                    Span.QUARTER,
                )
            ],
            "every answer exactly once",
        ),
    ],
)
def test_a_catalogue_that_could_be_solved_is_refused(
    catalogue: list[TableSpec], reason: str
) -> None:
    assert any(reason in said for said in reasons_catalogue_refused(catalogue))


def test_a_year_to_date_table_is_refused() -> None:
    yearly = replace(COLOURS, spans=(Span.QUARTER, Span.YEAR))
    first = released(colours(20, 20, 20), catalogue=[COLOURS]).tables
    with pytest.raises(Refused, match="overlaps this period"):
        released(colours(30, 30, 30, period=Period(2026)), catalogue=[yearly], earlier=first)


def test_a_record_counted_twice_is_refused() -> None:
    twice = RawTable("colours", QUARTER, {("red",): frozenset({"a"}), ("blue",): frozenset({"a"})})
    with pytest.raises(Refused, match="counts a record in two cells"):
        released(twice)


def test_tables_that_disagree_about_the_same_people_are_refused() -> None:
    some = colours(20, 20, 20)
    fewer = RawTable("marbles", QUARTER, {("marbles",): frozenset({"m1"})})
    with pytest.raises(Refused, match="marbles and colours disagree about marbles"):
        released(fewer, some)


def test_every_reason_is_given_at_once() -> None:
    wrong = [colours(1, 2, 3, period=Period(2026)), RawTable("unknown", Period(2026), {})]
    with pytest.raises(Refused) as refused:
        released(*wrong)
    assert len(refused.value.reasons) == 2


def test_a_period_comes_out_once_and_then_as_a_whole_revision() -> None:
    first = released(colours(20, 20, 20)).tables
    with pytest.raises(Refused, match="the next revision is 1"):
        released(colours(20, 20, 21), earlier=first)
    revised = replace(colours(20, 20, 30), revision=1)
    assert released(revised, earlier=first).tables[0].revision == 1


def test_a_revision_leaves_no_table_of_its_period_behind() -> None:
    raw = colours(20, 20, 20)
    first = released(raw, all_lines(raw)).tables
    with pytest.raises(Refused, match=r"missing: \['marbles'\]"):
        released(replace(colours(20, 20, 30), revision=1), earlier=first)


def all_lines(raw: RawTable) -> RawTable:
    return RawTable("marbles", raw.period, {("marbles",): frozenset().union(*raw.records.values())})


def test_revisions_are_made_once_a_year() -> None:
    assert reasons_not_to_revise([date(2025, 11, 3)], date(2026, 2, 1)) == ()
    assert reasons_not_to_revise([date(2026, 1, 9)], date(2026, 11, 1)) != ()


def test_a_year_of_a_table_whose_quarters_are_out_is_not_due_to_the_public() -> None:
    raw = colours(20, 20, 20)
    for profile, expected in (
        (Profile.PARTNERSHIP, ["marbles", "kinds"]),
        (Profile.PUBLIC, ["kinds"]),
    ):
        out = released(all_lines(raw), profile=profile).tables
        due = tables_due(
            [MARBLES, COLOURS, KINDS], period=Period(2026), profile=profile, earlier=out
        )
        assert [spec.code for spec in due] == expected


@pytest.mark.parametrize(
    ("code", "label", "first", "until"),
    [
        ("2026Q3", "July to September 2026", date(2026, 7, 1), date(2026, 10, 1)),
        ("2026Q4", "October to December 2026", date(2026, 10, 1), date(2027, 1, 1)),
        ("2018", "2018", date(2018, 1, 1), date(2019, 1, 1)),
        ("2024-2026", "2024 to 2026", date(2024, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_knows_its_days(code: str, label: str, first: date, until: date) -> None:
    found = period(code)
    assert (found.code, found.label, found.first_on, found.until) == (code, label, first, until)
    assert not is_closed(found, date.fromordinal(until.toordinal() - 1))
    assert is_closed(found, until)


@pytest.mark.parametrize("code", ["2026Q5", "2026-2027", "26", "2026Q3-Q4", ""])
def test_no_other_period_can_be_named(code: str) -> None:
    with pytest.raises(ValueError, match="not a quarter"):
        period(code)
