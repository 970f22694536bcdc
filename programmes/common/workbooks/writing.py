"""Lists going out as .xlsx or .csv, in which nothing can run: no formulas, no live links."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from msgspec import Struct

from programmes.common.clock import LONDON
from programmes.common.workbooks.text import looks_like_formula

Cell = None | bool | int | float | str | date | datetime | time

_LONGEST_CELL: Final = 32_767
_NOT_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME: Final = re.compile(r"[^\[\]:*?/\\']{1,31}")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS: Final = {
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "time": "hh:mm",
}


class ExportSheet(Struct, frozen=True):
    name: str
    headings: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def write_workbook(sheets: Sequence[ExportSheet], *, made_at: datetime) -> bytes:
    """An .xlsx of plain values. Instants stand in London wall time.

    Text that could be taken for a formula also carries the quote prefix, so that it stays text
    when somebody edits the cell. Raises ValueError for a number that is not finite.
    """
    # Only now: most who import this module write CSV.
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": made_at})
        formats = formats_of(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(checked_name(sheet.name)), sheet, formats)
    return stream.getvalue()


def formats_of(book: Any) -> dict[str, Any]:
    """The formats that `write_cell` chooses from, and that of a heading."""
    formats = {name: book.add_format({"num_format": code}) for name, code in _FORMATS.items()}
    formats["quoted"] = book.add_format({"quote_prefix": True})
    formats["heading"] = book.add_format({"bold": True})
    return formats


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV that spreadsheet programs open as UTF-8; what begins like a formula gets a quote."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_harmless(heading) for heading in headings])
    writer.writerows([_as_csv(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def checked_name(name: str) -> str:
    """Raises ValueError."""
    if not _SHEET_NAME.fullmatch(name):
        raise ValueError("a sheet's name has at most 31 characters, none of them []:*?/\\'")
    return name


def _write_sheet(worksheet: Any, sheet: ExportSheet, formats: dict[str, Any]) -> None:
    for column, heading in enumerate(sheet.headings):
        worksheet.write_string(0, column, _fit_for_xml(heading), formats["heading"])
    worksheet.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            write_cell(worksheet, (number, column), value, formats)


def write_cell(
    worksheet: Any, place: tuple[int, int], value: Cell, formats: dict[str, Any]
) -> None:
    """One plain value; nothing of it is ever read as a formula or a link."""
    match value:
        case None:
            return
        case bool():
            worksheet.write_boolean(*place, value)
        case int() | float():
            worksheet.write_number(*place, _finite(value))
        case str():
            quoted = formats["quoted"] if looks_like_formula(value) else None
            worksheet.write_string(*place, _fit_for_xml(value), quoted)
        case datetime():
            worksheet.write_datetime(*place, _in_london(value), formats["moment"])
        case date():
            worksheet.write_datetime(*place, value, formats["date"])
        case time():
            worksheet.write_datetime(*place, value, formats["time"])


def _finite(value: float) -> float:
    if value - value != 0:
        raise ValueError("a number that is not finite has no place in a list")
    return value


def _in_london(value: datetime) -> datetime:
    return value.astimezone(LONDON).replace(tzinfo=None)


def _fit_for_xml(value: str) -> str:
    fit = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
    return fit if len(fit) <= _LONGEST_CELL else f"{fit[: _LONGEST_CELL - 1]}…"


def _as_csv(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return str(_finite(value))
        case datetime():
            return _in_london(value).strftime("%Y-%m-%d %H:%M")
        case date() | time():
            return value.isoformat()
        case str():
            return _harmless(value)


def _harmless(value: str) -> str:
    plain = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value).replace("\0", "")
    return f"'{plain}" if looks_like_formula(plain) or plain[:1] in "\t\r\n" else plain
