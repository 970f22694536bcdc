"""Lists going out: plain values that come back as they were, and nothing that can run."""

import csv
import io
import random
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any

import openpyxl
import pytest

from programmes.common.workbooks.child import answer_for
from programmes.common.workbooks.writing import ExportSheet, write_csv, write_workbook

MADE_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DANGEROUS = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\uff1d1+1",
    '=HYPERLINK("http://example.org","x")',
    "http://example.org/",
    "mailto:a@example.org",
    "{=A1}",
    "00123",
    "1e9",
    "TRUE",
]


def workbook_of(rows: list[list[Any]]) -> bytes:
    return write_workbook([ExportSheet("List", ("A", "B", "C"), rows)], made_at=MADE_AT)


def cells_of(content: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["List"]
    return [tuple(cell for cell in row) for row in sheet.iter_rows(min_row=2)]


def fuzzed(count: int) -> list[str]:
    chance = random.Random(11)
    pieces = [*DANGEROUS, "Adam", "é", "\u202e", "_x0041_", '"', ",", ";", "\x07", "\0", "😀"]
    return ["".join(chance.choices(pieces, k=chance.randint(1, 4))) for _ in range(count)]


def test_every_kind_of_value_comes_back() -> None:
    row = ["text", 3, 2.5, True, date(2018, 2, 28), time(18, 0), None]
    sheet = ExportSheet("List", tuple("ABCDEFG"), [row])

    (cells,) = cells_of(write_workbook([sheet], made_at=MADE_AT))

    assert [cell.value for cell in cells] == [
        *row[:4],
        datetime(2018, 2, 28),
        time(18, 0),
        None,
    ]


def test_instants_stand_in_london_time() -> None:
    summer = datetime(2026, 7, 1, 17, 0, tzinfo=UTC)

    assert cells_of(workbook_of([[summer]]))[0][0].value == datetime(2026, 7, 1, 18, 0)
    assert write_csv(["At"], [[summer]]).decode("utf-8-sig") == "At\r\n2026-07-01 18:00\r\n"


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_stays_text_even_when_it_is_edited(text: str) -> None:
    (cell, *_) = cells_of(workbook_of([[text, "x"]]))[0]

    assert cell.data_type == "s"
    assert cell.hyperlink is None
    if text.strip()[0] in "=+-@\uff1d":
        assert cell.quotePrefix


def test_ten_thousand_fuzzed_cells_hold_no_formula() -> None:
    texts = fuzzed(10_000)
    content = workbook_of([texts[n : n + 3] for n in range(0, len(texts), 3)])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        names = archive.namelist()
    read = answer_for(content)

    assert b"<f" not in sheet
    assert b"hyperlink" not in sheet
    assert not any("externalLink" in name or "vba" in name for name in names)
    assert read.book is not None
    kinds = {type(v) for row in read.book.sheets[0].rows() for v in row.values}
    assert kinds <= {str, type(None)}


def test_a_csv_of_fuzzed_cells_begins_none_like_a_formula() -> None:
    content = write_csv(["=A"], [[text] for text in fuzzed(10_000)]).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(content, newline="")))

    assert len(rows) == 10_001
    assert rows[0] == ["'=A"]
    assert not any(row[0].lstrip()[:1] in ("=", "+", "-", "@", "\uff1d") for row in rows if row[0])
    assert not any(row[0][:1] in ("\t", "\r", "\n") for row in rows)


def test_numbers_below_nought_stay_numbers() -> None:
    assert write_csv(["N"], [[-3], [-2.5]]).decode("utf-8-sig") == "N\r\n-3\r\n-2.5\r\n"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        workbook_of([[value]])
    with pytest.raises(ValueError, match="not finite"):
        write_csv(["N"], [[value]])


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "a:b", "[a]", "a'b"])
def test_a_sheet_name_that_excel_refuses_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="31 characters"):
        write_workbook([ExportSheet(name, ("A",), [])], made_at=MADE_AT)


def test_text_beyond_what_a_cell_holds_is_cut_visibly() -> None:
    (cell, *_) = cells_of(workbook_of([["x" * 40_000]]))[0]

    assert len(cell.value) == 32_767
    assert cell.value.endswith("…")


def test_what_xml_cannot_hold_is_replaced() -> None:
    (cell, *_) = cells_of(workbook_of([["a\ud800b\uffffc"]]))[0]

    assert cell.value == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


def test_the_same_list_gives_the_same_file() -> None:
    assert workbook_of([["a", 1]]) == workbook_of([["a", 1]])
