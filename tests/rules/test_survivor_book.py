"""The survivor book: its rows, what it refuses, and that the programme side knows its words."""

from datetime import date
from typing import Any

import pytest

from outcomes.survivors.workbook import (
    CHECK_INS,
    SURVIVORS,
    Frequency,
    PoliceCalled,
    SurvivorBook,
    Timepoint,
    survivor_book_in,
)
from programmes.common.workbooks.words import BookRefused
from scheduling.workbooks.reading import programme_book_in
from scheduling.workbooks.survivor_side import SURVIVOR_HEADINGS, SURVIVOR_SHEETS
from tests.made_workbooks import Sheets, as_raw, sound_book, sound_survivor_book


def read(book: Sheets) -> SurvivorBook:
    return survivor_book_in(as_raw(book))


def put(sheet: str, heading: str, value: Any) -> Sheets:
    book = sound_survivor_book()
    rows = book[sheet]
    rows[1][rows[0].index(heading)] = value
    return book


def only_refusal(book: Sheets) -> tuple[str | None, int | None, str | None, str]:
    with pytest.raises(BookRefused) as caught:
        read(book)
    (error,) = caught.value.errors
    return error.sheet, error.row, error.column, error.message


def test_a_sound_book_is_typed() -> None:
    book = read(sound_survivor_book())
    (check_in,) = book.check_ins

    assert book.warnings == ()
    assert book.survivors[0].consents_to_contact is True
    assert (check_in.timepoint, check_in.feels_safe) == (Timepoint.START, 2)
    assert check_in.respectful_communication is None
    assert check_in.controlling_behaviour is Frequency.OFTEN
    assert check_in.police_called is PoliceCalled.NOT_STATED


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "says"),
    [
        ("Check-ins", "Feels safe (1-5)", 6, "a whole number from 1 to 5"),
        ("Check-ins", "Physical abuse", "daily", "Use one of: “never”"),
        ("Check-ins", "Timepoint", "strat", "Did you mean “start”?"),
        ("Check-ins", "Survivor ref", "S9", "not in the sheet Survivors"),
        ("Survivors", "Consents to contact", None, "This cell is empty"),
        ("Survivors", "Linked on", "31/02/2018", "February 2018 has 28 days"),
    ],
)
def test_an_error_says_where_it_stands_and_not_what(
    sheet: str, heading: str, value: Any, says: str
) -> None:
    *where, message = only_refusal(put(sheet, heading, value))

    assert where == [sheet, 2, heading]
    assert says in message
    assert f"“{value}”" not in message


@pytest.mark.parametrize("sheet", ["Survivors", "Check-ins"])
def test_no_row_stands_twice(sheet: str) -> None:
    book = sound_survivor_book()
    book[sheet].append(book[sheet][1])

    assert only_refusal(book)[3].startswith("Row 2 has the same Survivor ref")


@pytest.mark.parametrize(
    ("book", "says"),
    [
        (put("Survivors", "Safe contact", None), "no safe way to reach them"),
        (put("Survivors", "Consents to contact", "no"), "do not consent to contact"),
        (put("Survivors", "Linked on", date(2018, 2, 1)), "asked before they were linked"),
    ],
)
def test_what_breaks_a_rule_of_today_is_kept_with_a_warning(book: Sheets, says: str) -> None:
    (warning,) = read(book).warnings

    assert says in warning.message


def test_the_programme_side_knows_every_word_of_the_survivor_book() -> None:
    shared = {"Person ref"}
    headings = {column.heading for sheet in (SURVIVORS, CHECK_INS) for column in sheet.columns}

    assert set(SURVIVOR_SHEETS) == {SURVIVORS.name, CHECK_INS.name}
    assert set(SURVIVOR_HEADINGS) == headings - shared


@pytest.mark.parametrize("heading", SURVIVOR_HEADINGS)
def test_each_of_its_headings_is_refused_in_a_programme_book(heading: str) -> None:
    book = sound_book()
    for row, added in zip(book["Orders"], (heading.upper(), "x"), strict=True):
        row.append(added)

    with pytest.raises(BookRefused) as caught:
        programme_book_in(as_raw(book))

    assert [(e.sheet, e.cell, e.column) for e in caught.value.errors] == [("Orders", "K1", heading)]


def test_no_heading_of_the_programme_book_is_taken_for_hers() -> None:
    assert programme_book_in(as_raw(sound_book()))
