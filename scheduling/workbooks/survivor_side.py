"""What of the survivor side may never stand in a programme book, and how it is recognised.

The programme side cannot import the survivor side's own contract, so its words are listed here; a
test holds the two lists together. Such a book is refused outright, and nothing of what it holds
is repeated: not a cell, and not a sheet's name or a heading that is not one of these words.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from programmes.common.workbooks.text import as_heading
from programmes.common.workbooks.words import RawBook, RawRow, RawSheet, RowError, column_letter
from scheduling.workbooks.contract import SHEETS

SURVIVOR_SHEETS: Final = ("Survivors", "Check-ins")
SURVIVOR_HEADINGS: Final = (
    "Survivor ref",
    "Relationship",
    "Consents to contact",
    "Safe contact",
    "Linked on",
    "Timepoint",
    "Asked on",
    "Feels safe (1-5)",
    "Freedom to act (1-5)",
    "Respectful communication (1-5)",
    "Children feel safe (1-5)",
    "Physical abuse",
    "Controlling behaviour",
    "Police called since last time",
)
_TELLING: Final = re.compile(
    r"surv[iy]v?[oe]r|victim|check[ -]?ins?\b|safe contact|feels? safe|partner|refuge"
    r"|\b(wife|girlfriend|idva|marac|dash)\b|\b(her|she)\b"
)
_OUTRIGHT: Final = (
    "Nothing of survivors may stand in a programme book, and nothing of this book was read. "
    "Keep it in the survivor book, and import that on the survivor side."
)
_ROWS_SEARCHED: Final = 10


def survivor_content(book: RawBook) -> tuple[RowError, ...]:
    """Where the book holds what belongs to the survivor side; empty where it holds none."""
    return tuple(
        error
        for position, sheet in enumerate(book.sheets, start=1)
        for error in _in_sheet(sheet, position)
    )


def _in_sheet(sheet: RawSheet, position: int) -> Iterator[RowError]:
    name = as_heading(sheet.name)
    ours = next((known for known in SHEETS if as_heading(known) == name), None)
    hers = next((known for known in SURVIVOR_SHEETS if as_heading(known) == name), None)
    called = ours or hers or f"sheet {position}"
    if ours is None and (hers or _TELLING.search(name)):
        yield RowError(called, None, None, f"This sheet belongs to the survivor side. {_OUTRIGHT}")
        return
    # Elsewhere a title may stand above the headings; in a sheet of ours the rows below are data.
    for row in islice(sheet.rows(), 1 if ours else _ROWS_SEARCHED):
        yield from _in_row(row, called)


def _in_row(row: RawRow, called: str) -> Iterator[RowError]:
    known = {as_heading(heading): heading for heading in SURVIVOR_HEADINGS}
    for index, value in enumerate(row.values):
        heading = as_heading(value) if isinstance(value, str) else ""
        if heading in known or _TELLING.search(heading):
            letter = column_letter(index)
            message = f"Column {letter} belongs to the survivor side. {_OUTRIGHT}"
            yield RowError(
                called, row.number, known.get(heading, letter), message, f"{letter}{row.number}"
            )
