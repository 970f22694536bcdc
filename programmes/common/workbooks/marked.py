"""Workbooks by the Government Statistical Service's conventions: a cover, notes, one table a sheet.

Every sheet says in its first cell what it holds, then its notes, then one table that is marked as
such. No cell is merged, none is empty for looks, and nothing in them can run.
"""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from programmes.common.workbooks.writing import Cell, checked_name, formats_of, write_cell

WIDEST, NARROWEST = 60, 30
ALL_WIDEST = 125
NOTE_WIDTH = 48
HEADING_WIDTH = 16
"""Letters; what is longer goes on in another line, so that a page wide can still be read."""
LINE, TITLE_LINE = 15, 20
"""Points."""
A4 = 9
"""As the format numbers papers."""
_TABLE_NAME = re.compile(r"\W+")
_MARKER = re.compile(r"\[[a-z]\]")


class MarkedSheet(Struct, frozen=True, kw_only=True):
    """One table with its title above it and a note in each row between."""

    name: str
    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


class Cover(Struct, frozen=True, kw_only=True):
    """`facts` are pairs of a name and what it is; the list of sheets is added below them."""

    title: str
    notes: tuple[str, ...]
    facts: Sequence[tuple[str, Cell]]


def write_marked_workbook(
    cover: Cover, sheets: Sequence[MarkedSheet], *, made_at: datetime
) -> bytes:
    """The same bytes for the same values and time. Raises ValueError for a bad sheet name."""
    # Only now: most who import this module write no workbook.
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": made_at, "title": cover.title})
        formats = {**formats_of(book), **_own_formats(book)}
        _write_sheet(book.add_worksheet("Cover"), _as_sheet(cover, sheets), formats)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(checked_name(sheet.name)), sheet, formats)
    return stream.getvalue()


def _own_formats(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format(
            {"bold": True, "font_size": 15, "text_wrap": True, "valign": "top"}
        ),
        "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "above numbers": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "align": "right", "indent": 1}
        ),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top", "align": "right", "indent": 1}),
    }


def _as_sheet(cover: Cover, sheets: Sequence[MarkedSheet]) -> MarkedSheet:
    contents = [(f"Sheet {sheet.name}", sheet.title) for sheet in sheets]
    return MarkedSheet(
        name="Cover",
        title=cover.title,
        notes=cover.notes,
        headings=("About", "What it is"),
        rows=[*cover.facts, *contents],
    )


def _write_sheet(worksheet: Any, sheet: MarkedSheet, formats: dict[str, Any]) -> None:
    top, rows, widths = len(sheet.notes) + 1, list(sheet.rows), _widths(sheet)
    last = top + max(1, len(rows))
    _written_above(worksheet, sheet, formats, width=widths[0])
    worksheet.add_table(top, 0, last, len(widths) - 1, _marked(sheet, formats))
    worksheet.set_row(top, LINE * _lines(sheet.headings, widths))
    for number, row in enumerate(rows, start=top + 1):
        worksheet.set_row(number, LINE * _lines(row, widths))
        for column, value in enumerate(row):
            write_cell(worksheet, (number, column), value, formats)
    for column, width in enumerate(widths):
        kind = "number" if _is_numeric(sheet, column) else "wrapped"
        worksheet.set_column(column, column, width, formats[kind])
    _set_up_for_paper(worksheet, top=top, last=last, columns=len(widths))


def _widths(sheet: MarkedSheet) -> list[int]:
    """The first column also holds the title and the notes, and so is never narrow."""
    found = []
    widest = min(WIDEST, max(NARROWEST, ALL_WIDEST // len(sheet.headings)))
    for column, heading in enumerate(sheet.headings):
        longest = max([0, *(_length(row[column]) for row in sheet.rows)])
        least = NOTE_WIDTH if column == 0 else min(len(heading), HEADING_WIDTH)
        found.append(min(max(widest, least), max(least, longest)) + 2)
    return found


def _length(value: Cell) -> int:
    """A program shows as many places of a fraction as fit."""
    return len(f"{value:.3f}") if isinstance(value, float) else len(str(value or ""))


def _written_above(
    worksheet: Any, sheet: MarkedSheet, formats: dict[str, Any], *, width: int
) -> None:
    """Title and notes, each in one cell: what runs over its edge would be cut off on paper."""
    worksheet.set_row(0, TITLE_LINE * _lines([sheet.title], [int(width * LINE / TITLE_LINE)]))
    worksheet.write_string(0, 0, sheet.title, formats["title"])
    for place, said in enumerate(sheet.notes, start=1):
        worksheet.set_row(place, LINE * _lines([said], [width]))
        worksheet.write_string(place, 0, said, formats["wrapped"])


def _set_up_for_paper(worksheet: Any, *, top: int, last: int, columns: int) -> None:
    """One page wide, however long; the headings again on every page, and its number."""
    worksheet.set_paper(A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.print_area(0, 0, last, columns - 1)
    worksheet.repeat_rows(top)
    worksheet.set_footer("&L&A&RPage &P of &N")


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the fullest cell fills; not every program finds that by itself.

    Of a line that goes on, a tenth stays empty where a word does not fit.
    """
    longest = [(_length(value), width) for value, width in zip(row, widths, strict=True)]
    return max(1 if has <= width else -(-has * 10 // (width * 9)) for has, width in longest)


def _is_numeric(sheet: MarkedSheet, column: int) -> bool:
    """Whether nothing but numbers and markers in their place stands in it."""
    return all(
        _MARKER.fullmatch(one) if isinstance(one, str) else isinstance(one, int | float | None)
        for one in (row[column] for row in sheet.rows)
    )


def _marked(sheet: MarkedSheet, formats: dict[str, Any]) -> dict[str, Any]:
    heads = enumerate(sheet.headings)
    return {
        "name": f"table_{_TABLE_NAME.sub('_', sheet.name)}",
        "style": None,
        "autofilter": False,
        "columns": [
            {"header": head, "header_format": _above(sheet, column, formats)}
            for column, head in heads
        ],
    }


def _above(sheet: MarkedSheet, column: int, formats: dict[str, Any]) -> Any:
    return formats["above numbers" if _is_numeric(sheet, column) else "heading"]
