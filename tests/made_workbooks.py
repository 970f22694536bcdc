"""Workbooks made at test time: a small sound book to change, and raw parts to do harm with."""

import io
import zipfile
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from programmes.common.workbooks.words import RawBook, RawRow, RawSheet, Special, column_letter

BOOKS = Path(__file__).parent / "data"
LEEDS, LEEDS_SURVIVORS, CARA = (
    BOOKS / f"{name}.xlsx" for name in ("leeds-2018", "leeds-2018-survivors", "cara-2025")
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Rows = list[list[Any]]
Sheets = dict[str, Rows]


class Xml(str):
    """A cell written as it stands; `{at}` becomes its coordinate."""


def sound_book() -> Sheets:
    """One man in one group with three marks, one order and one breach: no error, no warning."""
    return deepcopy(_SOUND)


def table(columns: dict[str, list[Any]]) -> Rows:
    """Rows of a sheet, headings first, from its columns."""
    return [list(columns), *(list(row) for row in zip(*columns.values(), strict=True))]


_SOUND: Sheets = {
    "Referrals": table(
        {
            "Referral ref": ["R1", "R2"],
            "Person ref": ["P1", "P2"],
            "First name": ["Adam", "Ben"],
            "Last name": ["Example", "Sample"],
            "Date of birth": [date(1980, 1, 2), date(1985, 5, 6)],
            "Sex": ["male", "male"],
            "Ethnic group": ["White British", "Arab"],
            "First language": ["English", "Arabic"],
            "Interpreter needed": ["no", "yes"],
            "Postcode district": ["LS8", "LS9"],
            "Programme": ["Caring Dads", "Caring Dads"],
            "Received on": [date(2018, 1, 3), date(2018, 1, 4)],
            "Referred by": ["Early Help Hub", "Self"],
            "Referring worker": ["Worker 1", None],
            "Route": ["voluntary", "voluntary"],
            "Risk level": ["medium", "high"],
            "Contact with child": ["yes", "yes"],
            "Decision": ["accepted", "waiting"],
            "Decided on": [date(2018, 1, 10), None],
            "Reason": [None, None],
        }
    ),
    "Children": table(
        {
            "Child ref": ["K1", "K1"],
            "Person ref": ["P1", "P2"],
            "Year of birth": [2014, 2014],
            "Lives with": ["mother", "mother"],
        }
    ),
    "Cohorts": table(
        {
            "Cohort ref": ["C1", "C2"],
            "Programme": ["Caring Dads", "Caring Dads"],
            "Venue": ["Any Centre", "Any Centre"],
            "Weekday": ["Tuesday", "Thursday"],
            "Starts at": ["18:00", "18:00"],
            "Minutes": [120, 120],
            "First session on": [date(2018, 1, 16), date(2018, 1, 18)],
            "Facilitator 1": ["F. One", "F. One"],
            "Facilitator 2": ["M. Two", "M. Two"],
            "Interpreter language": [None, None],
        }
    ),
    "Attendance": table(
        {
            "Cohort ref": ["C1", "C1", "C1"],
            "Session": [1, 2, 3],
            "Held on": [date(2018, 1, 16), date(2018, 1, 23), date(2018, 1, 30)],
            "Referral ref": ["R1", "R1", "R1"],
            "Mark": ["attended", "late", "acceptable absence"],
            "Note": [None, "bus", None],
        }
    ),
    "Orders": table(
        {
            "Order ref": ["O1"],
            "Person ref": ["P1"],
            "First name": ["Adam"],
            "Last name": ["Example"],
            "Date of birth": [date(1980, 1, 2)],
            "Kind": ["DVPO"],
            "Made on": [date(2018, 3, 1)],
            "Ends on": [date(2018, 3, 28)],
            "Issued by": ["Leeds Magistrates' Court"],
            "Conditions": ["no contact; not to enter named premises"],
        }
    ),
    "Breaches": table(
        {
            "Breach ref": ["B1"],
            "Order ref": ["O1"],
            "Occurred on": [date(2018, 3, 5)],
            "Reported on": [date(2018, 3, 6)],
            "Condition broken": ["no contact"],
            "Stage": ["proved"],
            "Response": ["arrested"],
            "Outcome": ["fine"],
        }
    ),
}


def sound_survivor_book() -> Sheets:
    return {
        "Survivors": table(
            {
                "Survivor ref": ["S1"],
                "Person ref": ["P1"],
                "Relationship": ["ex-partner"],
                "Consents to contact": ["yes"],
                "Safe contact": ["text"],
                "Linked on": [date(2018, 1, 20)],
            }
        ),
        "Check-ins": table(
            {
                "Survivor ref": ["S1"],
                "Timepoint": ["start"],
                "Asked on": [date(2018, 1, 22)],
                "Feels safe (1-5)": [2],
                "Freedom to act (1-5)": [3],
                "Respectful communication (1-5)": [None],
                "Children feel safe (1-5)": [4],
                "Physical abuse": ["rarely"],
                "Controlling behaviour": ["often"],
                "Police called since last time": ["not stated"],
            }
        ),
    }


def changed(sheet: str, heading: str, value: Any, *, row: int = 2) -> Sheets:
    """The sound book with one cell changed; `row` is the spreadsheet's row number."""
    book = sound_book()
    rows = book[sheet]
    rows[row - 1][rows[0].index(heading)] = value
    return book


def as_raw(sheets: Sheets) -> RawBook:
    """The book as the reading process would hand it over."""
    return RawBook(tuple(_raw_sheet(name, rows) for name, rows in sheets.items()), "0" * 64)


def _raw_sheet(name: str, rows: Rows) -> RawSheet:
    packed = (
        msgspec.msgpack.encode(RawRow(number, tuple(_raw_value(value) for value in row)))
        for number, row in enumerate(rows, start=1)
        if any(value is not None for value in row)
    )
    return RawSheet(name, tuple(msgspec.Raw(row) for row in packed))


def _raw_value(value: Any) -> Any:
    return Special("date", value.isoformat()) if isinstance(value, date) else value


def xlsx(sheets: Sheets, parts: dict[str, str | bytes | None] | None = None) -> bytes:
    """A workbook of these sheets; `parts` adds to its parts, replaces them or (None) drops them."""
    return archive({**book_parts(sheets), **(parts or {})})


def archive(parts: dict[str, str | bytes | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            if content is not None:
                opened.writestr(name, content)
    return stream.getvalue()


def book_parts(sheets: Sheets) -> dict[str, str | bytes | None]:
    numbers = range(1, len(sheets) + 1)
    override = '<Override PartName="/xl/{}.xml" ContentType="' + KIND + '.{}+xml"/>'
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    links.append(("rId900", "styles", "styles.xml"))
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + override.format("workbook", "sheet.main")
        + override.format("styles", "styles")
        + "".join(override.format(f"worksheets/sheet{n}", "worksheet") for n in numbers)
        + "</Types>",
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*links),
        "xl/styles.xml": STYLES,
    }
    for n, rows in zip(numbers, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = worksheet(rows)
    return parts


def relations(*links: tuple[str, str, str], mode: str = "") -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for key, kind, target in links
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


def worksheet(rows: Rows, *, before: str = "") -> str:
    return worksheet_of("".join(_row(n, row) for n, row in enumerate(rows, start=1)), before=before)


def worksheet_of(rows: str, *, before: str = "") -> str:
    """A worksheet part around these rows of XML."""
    return f'{XML}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, row: list[Any]) -> str:
    cells = "".join(cell(value, f"{column_letter(n)}{number}") for n, value in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def cell(value: Any, at: str) -> str:
    match value:
        case None:
            return ""
        case Xml():
            return value.format(at=at)
        case bool():
            return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{at}"><v>{value}</v></c>'
        case date():
            serial = (datetime(value.year, value.month, value.day) - datetime(1899, 12, 30)).days
            return f'<c r="{at}" s="1"><v>{serial}</v></c>'
        case _:
            text = escape(str(value))
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
