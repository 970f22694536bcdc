"""The mistakes that people make with their books: each refused where it stands, in plain words."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outcomes.survivors.workbook import read_survivor_book
from programmes.common.workbooks.words import BookRefused, RowError
from scheduling.workbooks.reading import read_programme_book
from tests.hostile_sheets import BOOK
from tests.made_workbooks import (
    LEEDS,
    LEEDS_SURVIVORS,
    Rows,
    Sheets,
    Xml,
    archive,
    book_parts,
    changed,
    sound_book,
    sound_survivor_book,
    xlsx,
)

SURVIVORS = sound_survivor_book()["Survivors"]


def refused(folder: Path, book: Sheets) -> tuple[RowError, ...]:
    """Why a book of these sheets is refused."""
    path = folder / "book.xlsx"
    path.write_bytes(xlsx(book))
    with pytest.raises(BookRefused) as caught:
        read_programme_book(path)
    return caught.value.errors


def where(error: RowError) -> tuple[str | None, int | None, str | None]:
    return error.sheet, error.row, error.column


def renamed(sheet: str, new: str) -> Sheets:
    return {new if name == sheet else name: rows for name, rows in sound_book().items()}


def with_rows(sheet: str, *rows: list[Any]) -> Sheets:
    book = sound_book()
    book[sheet].extend(rows)
    return book


def test_a_missing_sheet(tmp_path: Path) -> None:
    book = sound_book()
    del book["Children"]

    (error,) = refused(tmp_path, book)

    assert where(error) == ("Children", None, None)
    assert "The sheet “Children” is missing" in error.message


def test_a_misspelt_sheet(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, renamed("Children", "Childern"))

    assert where(error) == ("Childern", None, None)
    assert "Did you mean “Children”?" in error.message


def test_a_misspelt_column(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, changed("Attendance", "Mark", "Marc", row=1))

    assert where(error) == ("Attendance", 1, "Marc")
    assert "Did you mean “Mark”?" in error.message
    assert error.cell == "E1"


def test_a_mark_that_does_not_exist(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, changed("Attendance", "Mark", "atended", row=3))

    assert where(error) == ("Attendance", 3, "Mark")
    assert "“atended” is not known here. Did you mean “attended”?" in error.message
    assert error.cell == "E3"


def test_a_mark_of_another_programme(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, changed("Attendance", "Mark", "late, not admitted", row=3))

    assert where(error) == ("Attendance", 3, "Mark")
    assert "is not a mark of Caring Dads" in error.message


def test_an_attendance_of_somebody_who_is_not_in_the_book(tmp_path: Path) -> None:
    added = ["C1", 1, date(2018, 1, 16), "R999", "attended"]

    (error,) = refused(tmp_path, with_rows("Attendance", added))

    assert where(error) == ("Attendance", 5, "Referral ref")
    assert "R999 is not in the sheet Referrals" in error.message


def test_an_attendance_of_somebody_who_was_not_accepted(tmp_path: Path) -> None:
    added = ["C1", 1, date(2018, 1, 16), "R2", "attended"]

    (error,) = refused(tmp_path, with_rows("Attendance", added))

    assert where(error) == ("Attendance", 5, "Referral ref")
    assert "R2 was not accepted: the decision is “waiting”" in error.message


@pytest.mark.slow
@pytest.mark.parametrize("session", [1, 5, 17])
def test_one_mark_under_another_cohort_is_noticed(tmp_path: Path, session: int) -> None:
    """Whichever session of the real book it is, the error names that row."""
    book = openpyxl.load_workbook(LEEDS)
    rows = [row for row in book["Attendance"].iter_rows(min_row=2) if row[3].value == "R0001"]
    moved = rows[session - 1]
    moved[0].value = "C02"
    book.save(tmp_path / "book.xlsx")

    with pytest.raises(BookRefused) as caught:
        read_programme_book(tmp_path / "book.xlsx")

    assert {error.row for error in caught.value.errors} == {moved[0].row}


@pytest.mark.slow
def test_a_mark_among_strangers_is_noticed(tmp_path: Path) -> None:
    """Marks that begin after session 3, of somebody in another group, stand under a wrong ref."""
    book = openpyxl.load_workbook(LEEDS)
    held = next(r[2] for r in book["Attendance"].values if r[:2] == ("C03", 9))
    book["Attendance"].append(["C03", 9, held, "R0001", "attended"])
    book.save(tmp_path / "book.xlsx")

    with pytest.raises(BookRefused) as caught:
        read_programme_book(tmp_path / "book.xlsx")

    (error,) = caught.value.errors
    assert where(error) == ("Attendance", 1253, "Referral ref")
    assert "R0001 is not in C03" in error.message


@pytest.mark.parametrize("written", ["31/02/2018", "2018-02-31", "31.2.2018", "31 February 2018"])
def test_the_31st_of_february(tmp_path: Path, written: str) -> None:
    (error,) = refused(tmp_path, changed("Attendance", "Held on", written, row=4))

    assert where(error) == ("Attendance", 4, "Held on")
    assert f"“{written}” is not a date" in error.message


def test_a_formula_cell(tmp_path: Path) -> None:
    formula = Xml('<c r="{at}"><f>1+1</f><v>2</v></c>')

    (error,) = refused(tmp_path, changed("Attendance", "Session", formula, row=3))

    assert where(error) == ("Attendance", 3, "Session")
    assert "holds a formula" in error.message


def with_column(heading: str, value: str) -> Sheets:
    book = sound_book()
    for row, added in zip(book["Referrals"], (heading, value, None), strict=True):
        row.append(added)
    return book


def test_an_extra_column_is_refused_by_name(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, with_column("Shoe size", "9"))

    assert where(error) == ("Referrals", 1, "Shoe size")
    assert "Remove the column" in error.message


def test_an_unknown_sheet_is_refused_by_name(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, {**sound_book(), "Rota": [["x"]]})

    assert where(error) == ("Rota", None, None)


def test_an_empty_sheet_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(xlsx({**sound_book(), "Sheet1": []}))

    assert len(read_programme_book(tmp_path / "book.xlsx").referrals) == 2


@pytest.mark.parametrize("sheet", ["Survivors", "SURVIVORS ", "Check-ins", "victims", "Sheet1"])
@pytest.mark.parametrize("state", ["visible", "veryHidden"])
def test_a_survivor_sheet_in_the_programme_book(tmp_path: Path, sheet: str, state: str) -> None:
    """Refused outright, hidden or not, and nothing that stands in it is repeated."""
    book = changed("Attendance", "Mark", "another error, not reported now")
    book[sheet] = [["Our list of this year"], *SURVIVORS, ["S2", "P2", "wife of Carl", "no"]]
    parts = book_parts(book)
    hidden = str(parts[BOOK]).replace('sheetId="7"', f'sheetId="7" state="{state}"')
    path = tmp_path / "book.xlsx"
    path.write_bytes(archive({**parts, BOOK: hidden}))

    with pytest.raises(BookRefused) as caught:
        read_programme_book(path)

    assert all("survivor side" in error.message for error in caught.value.errors)
    told = json.dumps([error.as_json() for error in caught.value.errors])
    assert not any(text in told for text in ("S1", "S2", "Carl", "Our list", "another error"))


@pytest.mark.parametrize("name", ["Survivors", "check–ins", "Carol, wife of Carl"])
@pytest.mark.parametrize("rows", [[], [["Name", "Phone"], ["Carol", "01632 960123"]]])
def test_a_sheet_that_is_hers_by_its_name_alone(tmp_path: Path, name: str, rows: Rows) -> None:
    (error,) = refused(tmp_path, {**sound_book(), name: rows})

    assert error.sheet in ("Survivors", "Check-ins", "sheet 7")
    assert "This sheet belongs to the survivor side" in error.message
    assert "Carol" not in json.dumps(error.as_json())


@pytest.mark.parametrize("heading", ["Safe contact", "survivor REF", "Partner's phone", "Refuge"])
def test_a_survivor_column_in_the_programme_book(tmp_path: Path, heading: str) -> None:
    (error,) = refused(tmp_path, with_column(heading, "ring Carol after ten"))

    assert (error.sheet, error.cell) == ("Referrals", "U1")
    assert "Column U belongs to the survivor side" in error.message
    assert "Carol" not in json.dumps(error.as_json())


def test_the_books_the_wrong_way_round() -> None:
    with pytest.raises(BookRefused) as programme:
        read_programme_book(LEEDS_SURVIVORS)
    with pytest.raises(BookRefused) as survivors:
        read_survivor_book(LEEDS)

    assert "belongs to the survivor side" in programme.value.errors[0].message
    assert "does not belong in this book" in survivors.value.errors[0].message


def test_every_error_is_collected_and_counted(tmp_path: Path) -> None:
    book = changed("Orders", "Made on", "someday")
    for row in book["Attendance"][1:]:
        row[4] = "wrong"
    (tmp_path / "book.xlsx").write_bytes(xlsx(book))

    with pytest.raises(BookRefused) as caught:
        read_programme_book(tmp_path / "book.xlsx")

    assert len(caught.value.errors) == 4
    assert caught.value.refused == {"Attendance": 3, "Orders": 1}


def test_the_json_of_an_error_has_its_four_keys(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, changed("Attendance", "Mark", "x"))

    assert list(error.as_json()) == ["sheet", "row", "column", "message"]


def test_a_survivor_book_never_repeats_what_a_cell_holds(tmp_path: Path) -> None:
    secret = "12 Hidden Lane"
    book = sound_survivor_book()
    for rows in book.values():
        rows[1] = [secret] * len(rows[1])
    (tmp_path / "book.xlsx").write_bytes(xlsx(book))

    with pytest.raises(BookRefused) as caught:
        read_survivor_book(tmp_path / "book.xlsx")

    assert len(caught.value.errors) >= 12
    assert secret not in json.dumps([error.as_json() for error in caught.value.errors])
