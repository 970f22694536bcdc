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

WIDEST = 60
LINE = 15
"""Points."""
A4 = 9
"""As the format numbers papers."""
_TABLE_NAME = re.compile(r"\W+")


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
        "title": book.add_format({"bold": True, "font_size": 15}),
        "note": book.add_format({"text_wrap": False}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
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
    worksheet.set_paper(A4)
    worksheet.set_landscape()
    worksheet.write_string(0, 0, sheet.title, formats["title"])
    for place, said in enumerate(sheet.notes, start=1):
        worksheet.write_string(place, 0, said, formats["note"])
    top, rows = len(sheet.notes) + 1, list(sheet.rows)
    last = top + max(1, len(rows))
    worksheet.add_table(top, 0, last, len(sheet.headings) - 1, _marked(sheet, formats))
    for number, row in enumerate(rows, start=top + 1):
        worksheet.set_row(number, LINE * max(map(_lines, row), default=1))
        for column, value in enumerate(row):
            write_cell(worksheet, (number, column), value, formats)
    for column, heading in enumerate(sheet.headings):
        longest = max([len(heading), *(len(str(row[column] or "")) for row in rows)])
        width = min(WIDEST, longest + 2)
        worksheet.set_column(column, column, width, formats["wrapped"])


def _lines(value: Cell) -> int:
    """How many lines it fills in the widest column; not every program finds that by itself."""
    return max(1, -(-len(str(value)) // (WIDEST - 4)))


def _marked(sheet: MarkedSheet, formats: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"table_{_TABLE_NAME.sub('_', sheet.name)}",
        "style": None,
        "autofilter": False,
        "columns": [
            {"header": heading, "header_format": formats["heading"]} for heading in sheet.headings
        ],
    }
