"""What must agree within a programme book, and what is kept with a warning."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from programmes.common.workbooks.words import BookRefused, Special
from scheduling.workbooks.contract import SHEETS
from scheduling.workbooks.reading import programme_book_in
from scheduling.workbooks.words import (
    AS_DELIVERED,
    BookMark,
    ProgrammeBook,
    ProgrammeShape,
    Vocabulary,
)
from tests.made_workbooks import Sheets, as_raw, changed, sound_book

Where = tuple[str | None, int | None, str | None]


def read(book: Sheets, vocabulary: Vocabulary = AS_DELIVERED) -> ProgrammeBook:
    return programme_book_in(as_raw(book), vocabulary)


def refusals(book: Sheets) -> list[tuple[Where, str]]:
    with pytest.raises(BookRefused) as caught:
        read(book)
    return [((e.sheet, e.row, e.column), e.message) for e in caught.value.errors]


def only_refusal(book: Sheets) -> tuple[Where, str]:
    (one,) = refusals(book)
    return one


def warnings(book: Sheets) -> list[tuple[Where, str]]:
    return [((w.sheet, w.row, w.column), w.message) for w in read(book).warnings]


def with_row(sheet: str, *values: Any) -> Sheets:
    book = sound_book()
    book[sheet].append(list(values))
    return book


def test_a_sound_book_has_no_error_and_no_warning() -> None:
    book = read(sound_book())

    assert book.warnings == ()
    assert book.referrals[1].decided_on is None
    assert book.attendance[1].note == "bus"
    assert book.orders[0].conditions == ("no contact", "not to enter named premises")
    assert (book.orders[0].kind, book.referrals[0].programme) == ("dvpo", "caring-dads")


def test_columns_may_stand_in_any_order() -> None:
    book = sound_book()
    for row in book["Attendance"]:
        row.reverse()

    assert read(book).attendance == read(sound_book()).attendance


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "says"),
    [
        ("Cohorts", "Weekday", "Friday", "is a Tuesday, but the weekday is Friday"),
        ("Referrals", "Date of birth", date(2019, 1, 1), "not before the referral"),
        ("Referrals", "Decided on", date(2018, 1, 2), "before the referral was received"),
        ("Referrals", "Decided on", None, "“accepted” has no date of decision"),
        ("Orders", "Ends on", date(2018, 2, 1), "ends before it was made"),
        ("Orders", "Date of birth", date(2018, 4, 1), "not before the order"),
        ("Breaches", "Order ref", "O9", "O9 is not in the sheet Orders"),
        ("Breaches", "Occurred on", date(2018, 2, 1), "is before O1 was made, 2018-03-01"),
        ("Breaches", "Reported on", date(2018, 3, 4), "Reported before it occurred"),
        ("Attendance", "Cohort ref", "C9", "C9 is not in the sheet Cohorts"),
        ("Attendance", "Referral ref", "R9", "R9 is not in the sheet Referrals"),
        ("Attendance", "Held on", date(2018, 1, 1), "is before R1 was received"),
        ("Children", "Person ref", "P9", "P9 is in neither Referrals nor Orders"),
    ],
)
def test_a_contradiction_is_refused_where_it_stands(
    sheet: str, heading: str, value: Any, says: str
) -> None:
    found = refusals(changed(sheet, heading, value))

    assert any(where == (sheet, 2, heading) and says in message for where, message in found)


@pytest.mark.parametrize(("session", "says"), [(18, "it has 1 to 17"), (0, "from 1 to 999")])
def test_a_session_that_the_programme_does_not_have(session: int, says: str) -> None:
    where, message = only_refusal(changed("Attendance", "Session", session, row=4))

    assert where == ("Attendance", 4, "Session")
    assert says in message


def test_the_programmes_and_their_marks_are_given_as_data() -> None:
    shape = ProgrammeShape(
        code="new", name="New Start", sessions=3, marks=frozenset(BookMark), joins_until=None
    )
    book = sound_book()
    for sheet in ("Referrals", "Cohorts"):
        column = book[sheet][0].index("Programme")
        for row in book[sheet][1:]:
            row[column] = "New Start"
    book["Attendance"][1][4] = "late, not admitted"

    opened = Vocabulary(programmes={"new": shape}, order_kinds=AS_DELIVERED.order_kinds)

    assert {cohort.programme for cohort in read(book, opened).cohorts} == {"new"}
    assert "Use one of: “Caring Dads”, “CARA”, “DVPP”" in refusals(book)[0][1]


def test_a_referral_to_one_programme_in_a_cohort_of_another() -> None:
    found = refusals(changed("Referrals", "Programme", "CARA"))

    assert found[0][0] == ("Attendance", 2, "Referral ref")
    assert "R1 was referred to CARA, but C1 is a cohort of Caring Dads" in found[0][1]


@pytest.mark.parametrize(
    ("heading", "value", "differ"),
    [
        ("First name", "Alan", "first names differ"),
        ("Last name", "Other", "last names differ"),
        ("Date of birth", date(1981, 1, 2), "dates of birth differ"),
    ],
)
def test_a_person_ref_stands_for_one_person(heading: str, value: Any, differ: str) -> None:
    where, message = only_refusal(changed("Orders", heading, value))

    assert where == ("Orders", 2, "Person ref")
    assert f"P1 stands for two people: {differ} from Referrals row 2" in message


def test_the_case_of_a_name_makes_no_other_person() -> None:
    assert read(changed("Orders", "Last name", "EXAMPLE"))


def test_a_child_has_one_year_of_birth() -> None:
    where, message = only_refusal(changed("Children", "Year of birth", 2013, row=3))

    assert where == ("Children", 3, "Year of birth")
    assert "K1 has another year of birth" in message


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("Referrals", "Row 2 has the same Referral ref already"),
        ("Orders", "Row 2 has the same Order ref already"),
        ("Children", "Row 2 has the same Child ref and Person ref already"),
        ("Attendance", "Row 2 has the same Cohort ref, Session and Referral ref already"),
    ],
)
def test_no_row_stands_twice(sheet: str, says: str) -> None:
    twice = sound_book()
    twice[sheet].append(twice[sheet][1])

    assert says in only_refusal(twice)[1]


def test_a_session_was_held_on_one_date_and_the_fewer_rows_are_wrong() -> None:
    book = sound_book()
    column = book["Referrals"][0].index("Decision")
    book["Referrals"][2][column : column + 2] = ["accepted", date(2018, 1, 11)]
    book["Referrals"].append(["R3", "P3", *book["Referrals"][2][2:]])
    book["Referrals"][3][3] = "Third"
    book["Attendance"].append(["C1", 1, date(2018, 1, 16), "R2", "attended", None])
    book["Attendance"].append(["C1", 1, date(2018, 1, 17), "R3", "attended", None])

    where, message = only_refusal(book)

    assert where == ("Attendance", 6, "Held on")
    assert "was held on 2018-01-16" in message


def test_a_refusal_needs_a_reason_and_waiting_no_date() -> None:
    refused = changed("Referrals", "Decision", "not suitable", row=3)
    dated = changed("Referrals", "Decided on", date(2018, 1, 9), row=3)

    assert {where[2] for where, _ in refusals(refused)} == {"Decided on", "Reason"}
    assert only_refusal(dated)[0] == ("Referrals", 3, "Decision")


def test_somebody_is_in_one_closed_group_at_a_time() -> None:
    where, message = only_refusal(
        with_row("Attendance", "C2", 1, date(2018, 1, 18), "R1", "attended", None)
    )

    assert where == ("Attendance", 5, "Referral ref")
    assert "marks in C2 and C1 over the same weeks" in message


def test_one_bad_cell_does_not_make_its_ref_unknown() -> None:
    """The referral's own error is told, and not one for each of its marks besides."""
    found = refusals(changed("Referrals", "Received on", "soon"))

    assert [where for where, _ in found] == [("Referrals", 2, "Received on")]


def test_a_missing_sheet_does_not_make_every_ref_unknown() -> None:
    book = sound_book()
    del book["Referrals"], book["Orders"]

    assert {where[0] for where, _ in refusals(book)} == {"Referrals", "Orders"}


def test_errors_without_end_are_cut_with_their_number() -> None:
    book = sound_book()
    book["Attendance"] += [["C1", 1, "x", f"R{n}", "y", None] for n in range(2000)]

    found = refusals(book)

    assert len(found) == 1001
    assert found[-1] == ((None, None, None), "There are 3,000 more like these.")


@pytest.mark.parametrize(
    ("book", "where", "says"),
    [
        (
            changed("Cohorts", "First session on", date(2018, 1, 9)),
            ("Attendance", 2, "Held on"),
            "Session 1 was to be on 2018-01-09",
        ),
        (
            changed("Attendance", "Held on", date(2018, 1, 24), row=3),
            ("Attendance", 3, "Held on"),
            "was not on a Tuesday",
        ),
        (
            changed("Attendance", "Held on", date(2018, 1, 16), row=3),
            ("Attendance", 3, "Held on"),
            "was not after session 1",
        ),
        (
            changed("Attendance", "Session", 5, row=4),
            ("Attendance", 4, "Session"),
            "no mark for session 3, 4 of C1",
        ),
        (
            changed("Referrals", "Decided on", date(2018, 1, 20)),
            ("Attendance", 2, "Held on"),
            "came before being accepted",
        ),
        (
            changed("Breaches", "Occurred on", date(2018, 3, 29)),
            ("Breaches", 2, "Occurred on"),
            "after O1 ended",
        ),
        (
            changed("Breaches", "Condition broken", "curfew"),
            ("Breaches", 2, "Condition broken"),
            "not among the conditions of O1",
        ),
        (
            changed("Orders", "Person ref", "P8"),
            ("Orders", 2, "Person ref"),
            "P8 has the name and date of birth of P1",
        ),
    ],
)
def test_what_breaks_a_rule_of_today_is_kept_with_a_warning(
    book: Sheets, where: Where, says: str
) -> None:
    if says.startswith("after O1"):
        book["Breaches"][1][3] = date(2018, 3, 30)

    (found,) = warnings(book)

    assert found[0] == where
    assert says in found[1]


def test_a_facilitator_in_two_places_is_a_warning() -> None:
    book = sound_book()
    book["Cohorts"][2][3] = "Tuesday"
    book["Cohorts"][2][4] = "19:30"
    book["Cohorts"][2][6] = date(2018, 1, 16)
    column = book["Referrals"][0].index("Decision")
    book["Referrals"][2][column : column + 2] = ["accepted", date(2018, 1, 11)]
    for session, held in ((1, date(2018, 1, 16)), (2, date(2018, 1, 23))):
        book["Attendance"].append(["C2", session, held, "R2", "attended", None])

    assert {message for _, message in warnings(book)} == {
        "F. One had C1 and C2 at the same time on 2018-01-16 and on 1 more days.",
        "M. Two had C1 and C2 at the same time on 2018-01-16 and on 1 more days.",
    }


def test_joining_late_is_a_warning_where_there_is_no_other_group() -> None:
    book = sound_book()
    for row, session in zip(book["Attendance"][1:], (4, 5, 6), strict=True):
        row[1] = session

    assert warnings(book)[0] == (("Attendance", 2, "Session"), "R1 joined C1 after session 3.")


_VALUES = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-(2**53), 2**53),
    some.floats(allow_nan=False, allow_infinity=False),
    some.text(max_size=20),
    some.sampled_from(["C1", "R1", "P1", "attended", "yes", "CARA", "Safe contact", "18:00"]),
    some.dates().map(lambda day: Special("date", day.isoformat())),
    some.sampled_from([Special("formula"), Special("error", "#REF!"), Special("long", "9999")]),
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(some.data())
def test_whatever_stands_in_the_cells_is_read_or_refused(data: some.DataObject) -> None:
    """A few cells of the sound book replaced by anything; nothing but a refusal may come of it."""
    book = sound_book()
    for _ in range(data.draw(some.integers(1, 4))):
        rows = book[data.draw(some.sampled_from(SHEETS))]
        row = data.draw(some.sampled_from(rows))
        row[data.draw(some.integers(0, len(row) - 1))] = data.draw(_VALUES)

    with suppress(BookRefused):
        assert read(book)
