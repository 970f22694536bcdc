"""Reading workbooks from files: the real ones, the odd but harmless ones, and the limited child."""

import hashlib
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import msgspec
import pytest
import xlsxwriter

from outcomes.survivors.workbook import read_survivor_book
from programmes.common.workbooks import child, reading
from programmes.common.workbooks.child import MOST_CPU_SECONDS, MOST_MEMORY, answer_for
from programmes.common.workbooks.reading import read_workbook, started_child
from programmes.common.workbooks.words import BookRefused, ChildAnswer, RawBook, Special
from scheduling.workbooks.reading import programme_book_in, read_programme_book
from scheduling.workbooks.words import ProgrammeBook
from tests.hostile_archives import REFERRALS, part_of, with_part
from tests.hostile_sheets import BOOK, STYLES, cell_xml, replaced, string_table, strings_book
from tests.made_workbooks import (
    CARA,
    LEEDS,
    LEEDS_SURVIVORS,
    as_raw,
    relations,
    sound_book,
    worksheet,
    worksheet_of,
    xlsx,
)


def raw_book_in(content: bytes) -> RawBook:
    """Read without a process of its own: for files that are known to be harmless."""
    answer = answer_for(content)
    if answer.book is None:
        raise BookRefused(*answer.errors)
    return answer.book


def programme_book(content: bytes) -> ProgrammeBook:
    return programme_book_in(raw_book_in(content))


def test_the_programme_book_of_2018_is_read_whole() -> None:
    book = read_programme_book(LEEDS)

    assert (len(book.referrals), len(book.children), len(book.cohorts)) == (144, 213, 8)
    assert (len(book.attendance), len(book.orders), len(book.breaches)) == (1251, 80, 23)
    assert book.warnings == ()
    assert {referral.programme for referral in book.referrals} == {"caring-dads"}
    assert book.referrals[0].row == 2
    assert book.attendance[-1].row == 1252


def test_the_survivor_book_of_2018_is_read_whole() -> None:
    book = read_survivor_book(LEEDS_SURVIVORS)

    assert (len(book.survivors), len(book.check_ins)) == (65, 110)
    assert sum(survivor.consents_to_contact for survivor in book.survivors) == 40
    assert book.warnings == ()


def test_the_cara_book_of_2025_is_read_whole() -> None:
    book = read_programme_book(CARA)

    assert (len(book.referrals), len(book.children), len(book.cohorts)) == (58, 0, 9)
    assert (len(book.attendance), len(book.orders), len(book.breaches)) == (123, 58, 3)
    assert book.warnings == ()


def test_the_fingerprint_is_of_the_file() -> None:
    assert read_workbook(CARA).sha256 == hashlib.sha256(CARA.read_bytes()).hexdigest()


def test_a_file_and_cells_give_the_same_book() -> None:
    from_file = programme_book(xlsx(sound_book()))
    from_cells = programme_book_in(as_raw(sound_book()))

    assert msgspec.structs.replace(from_file, sha256=from_cells.sha256) == from_cells


@pytest.mark.parametrize("dimension", ["A1", "A1:A1", "A1:XFD1048576", "nonsense"])
def test_a_wrong_dimension_loses_nothing(dimension: str) -> None:
    told = worksheet(sound_book()["Referrals"], before=f'<dimension ref="{dimension}"/>')

    assert len(programme_book(with_part(REFERRALS, told)).referrals) == 2


def test_shared_strings_rich_text_and_phonetic_guides_are_read() -> None:
    strings = "<si><r><t>Ad</t></r><r><t>am</t></r><rPh><t>never</t></rPh></si><si><t>x</t></si>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'

    sheet = raw_book_in(strings_book(string_table(strings), cells)).sheets[0]

    assert [row.values for row in sheet.rows()] == [("Adam", "x")]


def test_cells_and_rows_without_coordinates_are_counted() -> None:
    cells = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>"

    sheet = raw_book_in(with_part(REFERRALS, worksheet_of(cells))).sheets[0]

    assert [(row.number, row.values) for row in sheet.rows()] == [(1, (1, None, 3)), (3, (4,))]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="C2" t="b"><v>1</v></c>', True),
        ('<c r="C2"><v>2.50</v></c>', 2.5),
        ('<c r="C2" s="1"><v>43101</v></c>', Special("date", "2018-01-01")),
        ('<c r="C2" s="1"><v>43101.75</v></c>', Special("moment", "2018-01-01T18:00:00")),
        ('<c r="C2" s="1"><v>0.75</v></c>', Special("time", "18:00:00")),
        ('<c r="C2" t="d"><v>2018-01-01</v></c>', Special("date", "2018-01-01")),
        ('<c r="C2" t="str"><v>plain</v></c>', "plain"),
        ('<c r="C2" t="e"><v>#N/A</v></c>', Special("error", "#N/A")),
        ('<c r="C2" t="inlineStr"/>', None),
    ],
)
def test_every_kind_of_cell_is_told_apart(xml: str, expected: object) -> None:
    _, first, *_ = raw_book_in(cell_xml(xml)).sheets[0].rows()

    assert first.values[2] == expected


def test_dates_counted_from_1904_are_read() -> None:
    before = "<sheets>"
    book = replaced(BOOK, before, f'<workbookPr date1904="1"/>{before}')

    _, first, *_ = raw_book_in(book).sheets[0].rows()

    assert first.values[4] == Special("date", "1984-01-03")


def test_styles_that_openpyxl_does_not_know_do_not_matter() -> None:
    assert programme_book(replaced(STYLES, "<fill/>", "<fill><novelty/></fill>"))


def test_a_hyperlink_is_harmless() -> None:
    link = relations(("rId1", "hyperlink", "http://example.org/"), mode=' TargetMode="External"')

    assert programme_book(with_part("xl/worksheets/_rels/sheet1.xml.rels", link))


def test_blank_rows_and_columns_are_skipped() -> None:
    blank = '<row r="9"><c r="A9"/><c r="XFD9" s="1"/></row><row r="1048576"/></sheetData>'
    content = part_of(REFERRALS).replace("</sheetData>", blank)

    assert len(programme_book(with_part(REFERRALS, content)).referrals) == 2


def test_what_spreadsheet_programs_put_around_cells_does_not_matter(tmp_path: Path) -> None:
    """Filters, tables, lists, colours, comments, titles, names and properties of a real book."""
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    book.set_properties({"title": "Programme", "company": "A council"})
    book.set_custom_property("Checked", True)
    book.define_name("Refs", "=Referrals!$A$1:$A$9")
    for name, rows in sound_book().items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = dates if isinstance(value, date) else None
                sheet.write(number, column, value, style)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_column("B:B", 20, None, {"hidden": True})
        sheet.data_validation("B2:B99", {"validate": "list", "source": ["a", "b"]})
        sheet.conditional_format("A2:A9", {"type": "duplicate", "format": book.add_format()})
        sheet.write_comment("A2", "ask about this one")
        if name == "Attendance":
            columns = [{"header": heading} for heading in rows[0]]
            sheet.add_table(0, 0, len(rows) - 1, len(rows[0]) - 1, {"columns": columns})
        else:
            sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    book.close()

    read = read_programme_book(tmp_path / "book.xlsx")

    assert msgspec.structs.replace(read, sha256="0" * 64) == programme_book_in(as_raw(sound_book()))


def test_the_child_loads_only_what_it_needs() -> None:
    """Half of all refusals need no spreadsheet library, and none needs the rest of the service."""
    loaded = subprocess.run(
        [sys.executable, "-c", f"import {child.__name__}, sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()

    assert not {"openpyxl", "piccolo", "litestar", "asyncio", "numpy"} & set(loaded)


@pytest.mark.parametrize("made", ["folder", "pipe", "absent", "device", "too large"])
def test_what_is_not_an_ordinary_file_is_refused_at_once(made: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    match made:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device":
            path = Path("/dev/zero")
        case "too large":
            with path.open("wb") as file:
                file.truncate(17 * 2**20)

    with pytest.raises(BookRefused) as refused:
        read_workbook(path)

    assert str(tmp_path) not in refused.value.errors[0].message


def test_a_name_with_a_nul_is_refused() -> None:
    with pytest.raises(BookRefused):
        read_workbook(Path("a\0b.xlsx"))


def test_the_child_limits_itself_and_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_TEST_SECRET", "open sesame")
    cpu_limit = f"Max cpu time              {MOST_CPU_SECONDS}"
    reads, writes = os.pipe()
    with os.fdopen(reads, "rb") as file, os.fdopen(writes, "wb"):
        process = started_child(file)
        about = Path(f"/proc/{process.pid}")
        for _ in range(500):
            time.sleep(0.02)
            if cpu_limit in (limits := (about / "limits").read_text()):
                break
        environment = (about / "environ").read_bytes()
    answer, _ = process.communicate()

    assert str(MOST_MEMORY) in limits
    assert environment == b"PYTHONUTF8=1\0"
    assert cpu_limit in limits
    assert (
        msgspec.msgpack.decode(answer, type=ChildAnswer).errors[0].message == "The file is empty."
    )


def test_a_child_that_is_out_of_time_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.01)

    with pytest.raises(BookRefused, match="cannot be used") as refused:
        read_workbook(LEEDS)

    assert "memory and time allowed" in refused.value.errors[0].message


@pytest.mark.deep
def test_a_child_that_is_out_of_memory_is_a_refusal(tmp_path: Path) -> None:
    """One row of three million cells: the child stops itself, and that is all."""
    cells = "".join(map("<c><v>{}</v></c>".format, range(3_000_000)))
    path = tmp_path / "book.xlsx"
    path.write_bytes(with_part(REFERRALS, worksheet_of(f"<row>{cells}</row>")))

    with pytest.raises(BookRefused) as refused:
        read_workbook(path)

    assert len(refused.value.errors) == 1
