"""What one cell may hold: text, refs, dates, times, numbers and choices, and what each says."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from programmes.common.workbooks import parsers
from programmes.common.workbooks.parsers import CellProblem
from programmes.common.workbooks.text import (
    as_heading,
    looks_like_formula,
    one_line,
    several_lines,
    shown,
    what_may_not_stand_in,
)
from programmes.common.workbooks.words import Special, column_letter

COLOURS = {"dark red": 1, "light green": 2}


def problem(parse: Any, value: Any) -> str:
    with pytest.raises(CellProblem) as caught:
        parse(value)
    return caught.value.message


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Adam \t Example ", "Adam Example"),
        ("Rene\u0301e", "Renée"),
        ("Adam\u200b\ufeff", "Adam"),
        ("\u200fعمر\u200e", "عمر"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("O\u00a0Neill", "O Neill"),
        (1001, "1001"),
        (1001.0, "1001"),
        ("-", None),
        ("x" * 200, "x" * 200),
    ],
)
def test_text_is_kept_as_people_mean_it(written: Any, kept: str | None) -> None:
    if kept is None:
        assert "begins like a formula" in problem(parsers.text, written)
    else:
        assert parsers.text(written) == kept


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("a\u202eb", "hidden mark"),
        ("a\u2067b", "hidden mark"),
        ("a\x00b", "control character (U+0000)"),
        ("a\x85b", "control character"),
        ("a\ud800b", "control character"),
        ("a\U000f0000b", "control character"),
        ("=1+1", "begins like a formula"),
        ("\t@x", "begins like a formula"),
        ("x" * 201, "201 characters long; at most 200"),
        (True, "true or false"),
        (Special("date", "2018-01-01"), "a date, where text belongs"),
        (Special("duration", "2 days"), "a length of time"),
    ],
)
def test_text_that_is_refused_says_why(written: Any, why: str) -> None:
    assert why in problem(parsers.text, written)


def test_a_note_has_lines_and_may_begin_with_a_dash() -> None:
    assert parsers.note("- rang\r\n  came  late\n") == "- rang\ncame late"
    assert "begins like a formula" in problem(parsers.note, " =HYPERLINK(1)")
    assert "at most 4,000" in problem(parsers.note, "ab " * 2000)


def test_parts_stand_between_semicolons() -> None:
    assert parsers.parts_of("no contact;  stay away; ") == ("no contact", "stay away")


@pytest.mark.parametrize("ref", ["R0001", "a", "X-1/2018", "7", 7])
def test_a_ref_is_letters_digits_and_a_few_marks(ref: Any) -> None:
    assert parsers.reference(ref) == str(ref)


@pytest.mark.parametrize("ref", ["R 1", "", "é1", "R1;", "x" * 41, "-1", "_x"])
def test_what_is_not_a_ref_is_refused(ref: str) -> None:
    assert problem(parsers.reference, ref)


def test_a_full_postcode_is_refused() -> None:
    assert parsers.postcode_district(" ls8 ") == "LS8"
    assert "first half only" in problem(parsers.postcode_district, "LS8 4AB")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (Special("date", "2018-02-28"), date(2018, 2, 28)),
        ("2018-02-28", date(2018, 2, 28)),
        ("28/02/2018", date(2018, 2, 28)),
        (" 1/2/2018 ", date(2018, 2, 1)),
        ("29.02.2020", date(2020, 2, 29)),
    ],
)
def test_dates_are_real_or_written_in_one_of_two_ways(written: Any, meant: date) -> None:
    assert parsers.day(written) == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31/02/2018", "February 2018 has 28 days"),
        ("29/02/2019", "February 2019 has 28 days"),
        ("00/01/2018", "January 2018 has 31 days"),
        ("02/28/2018", "there is no month 28. The day comes first"),
        ("01/02/18", "Type it as"),
        ("0218-01-01", "between 1900 and 2100"),
        ("soon", "Type it as"),
        (43101, "Type it as"),
        (True, "Type it as"),
        ("١/٢/٢٠١٨", "Type it as"),
        (Special("moment", "2018-01-01T18:00:00"), "a time of day as well"),
        (Special("date", "1899-12-31"), "between 1900 and 2100"),
        (Special("time", "18:00:00"), "Type it as"),
    ],
)
def test_a_date_that_is_refused_says_why(written: Any, why: str) -> None:
    assert why in problem(parsers.day, written)


@pytest.mark.parametrize("written", ["18:00", "18.00", "18:00:00", Special("time", "18:00:00")])
def test_times_of_day(written: Any) -> None:
    assert parsers.time_of_day(written) == time(18)


@pytest.mark.parametrize("written", ["24:00", "18:60", "6 pm", 0.75, Special("date", "2018-01-01")])
def test_what_is_not_a_time_of_day_is_refused(written: Any) -> None:
    assert "Type it as 18:00" in problem(parsers.time_of_day, written)


@pytest.mark.parametrize("written", [3, 3.0, "3", " 3 "])
def test_whole_numbers(written: Any) -> None:
    assert parsers.whole_number(1, 5)(written) == 3


@pytest.mark.parametrize("written", [0, 6, 2.5, "three", "9" * 4000, True, None, "٣"])
def test_what_is_not_such_a_number_is_refused(written: Any) -> None:
    assert "a whole number from 1 to 5" in problem(parsers.whole_number(1, 5), written)


def test_yes_and_no() -> None:
    assert [parsers.yes_no(value) for value in ("Yes", " no ", True, False)] == [
        True,
        False,
        True,
        False,
    ]
    assert "Use one of: “yes”, “no”" in problem(parsers.yes_no, "perhaps")


def test_a_choice_ignores_case_and_blanks_and_suggests_the_nearest() -> None:
    choose = parsers.choice(COLOURS)

    assert choose(" Dark  RED ") == 1
    assert "Did you mean “light green”?" in problem(choose, "light grene")
    assert "Did you mean" not in problem(choose, "purple")
    assert "Use one of: “dark red”, “light green”." in problem(choose, 5)


def test_headings_agree_whatever_dash_or_apostrophe_was_typed() -> None:
    assert as_heading("Feels  SAFE (1–5)") == as_heading("Feels safe (1-5)")
    assert as_heading("Children’s") == "children's"


def test_columns_are_lettered_as_the_spreadsheet_letters_them() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


@given(some.text())
def test_cleaned_text_stays_clean(text: str) -> None:
    cleaned = one_line(text)

    assert one_line(cleaned) == cleaned
    assert several_lines(several_lines(text)) == several_lines(text)


@given(some.text())
def test_what_is_shown_is_short_and_printable(text: str) -> None:
    assert shown(text)[1:-1].isprintable()
    assert len(shown(text)) <= 43


@given(some.text(alphabet=some.characters(categories=["Cc", "Cf", "Co", "Cs"]), min_size=1))
def test_nothing_hidden_gets_through(text: str) -> None:
    """Whatever is not refused is taken out, but for joiners, which spell words."""
    if what_may_not_stand_in(text) is None:
        assert set(one_line(text)) <= set("\u200c\u200d")


@pytest.mark.parametrize("text", ["=1", " +1", "-1", "@a", "\n=1", "\uff1d1"])
def test_what_a_spreadsheet_might_run_is_seen(text: str) -> None:
    assert looks_like_formula(text)
