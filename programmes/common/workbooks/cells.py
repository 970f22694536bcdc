"""The rows of one sheet, read from its XML cell by cell; runs in the limited child process.

openpyxl's own read-only sheets trust the dimension that the file declares, drop rows that come
out of order, and give up the whole book over one bad cell. Here a wrong dimension does not
matter, disorder is refused, and a bad cell is named.
"""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import IO, Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from msgspec import Struct
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

from programmes.common.workbooks.styles import Styles
from programmes.common.workbooks.words import (
    MOST_COLUMNS,
    MOST_TEXT,
    BookRefused,
    RawRow,
    Special,
    Value,
    column_letter,
    refusal,
)

_TAG: Final = f"{{{SHEET_MAIN_NS}}}"
_WORKSHEET, _SHEET_DATA, _ROW, _CELL = (
    f"{_TAG}{name}" for name in ("worksheet", "sheetData", "row", "c")
)
_FORMULA, _VALUE, _INLINE, _TEXT, _RUN, _STRING_ITEM = (
    f"{_TAG}{name}" for name in ("f", "v", "is", "t", "r", "si")
)
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_ESCAPED_CONTROL: Final = re.compile(r"_x00([01][0-9A-Fa-f])_")
_LAST_ROW: Final = 2**20
_DAMAGED: Final = "Save a fresh copy from the spreadsheet program and try again."


class BookFacts(Struct, frozen=True):
    """What a cell needs from the rest of the book to be understood."""

    strings: Sequence[str | Special]
    styles: Styles
    epoch: datetime


def shared_strings(stream: IO[bytes]) -> list[str | Special]:
    """The book's string table; a text beyond the limit is kept as its length alone."""
    strings: list[str | Special] = []
    root: Element | None = None
    for event, element in iterparse(stream, events=("start", "end")):
        if root is None:
            root = element
        elif event == "end" and element.tag == _STRING_ITEM:
            strings.append(_bounded(_text_of(element)))
            root.clear()
    return strings


def rows_of(stream: IO[bytes], name: str, *, facts: BookFacts) -> Iterator[RawRow]:
    """The rows that hold something, in order. Raises BookRefused where the sheet is in disorder."""
    before = 0
    for row in _row_elements(stream, name):
        number = _row_number(row, before)
        if not before < number <= _LAST_ROW:
            raise refusal(
                f"The rows of the sheet are numbered wrongly after row {before}. {_DAMAGED}",
                sheet=name,
            )
        before = number
        values = _values_of(row, number, sheet=name, facts=facts)
        if values:
            yield RawRow(number, values)


def _row_elements(stream: IO[bytes], name: str) -> Iterator[Element]:
    root: Element | None = None
    sheet_data: Element | None = None
    for event, element in iterparse(stream, events=("start", "end")):
        if root is None:
            root = element
            _check_is_worksheet(root, name)
        if event == "start" and element.tag == _SHEET_DATA:
            sheet_data = element
        elif event == "end" and element.tag == _ROW and sheet_data is not None:
            yield element
            sheet_data.clear()


def _check_is_worksheet(root: Element, name: str) -> None:
    if root.tag != _WORKSHEET:
        raise refusal(
            "The sheet is not an ordinary worksheet (a chart, or “Strict Open XML”). Delete it, "
            "or save the book as “Excel Workbook (.xlsx)”.",
            sheet=name,
        )


def _row_number(row: Element, before: int) -> int:
    given = row.get("r")
    if given is None:
        return before + 1
    return int(given) if _WHOLE.fullmatch(given) else 0


def _values_of(row: Element, number: int, *, sheet: str, facts: BookFacts) -> tuple[Value, ...]:
    values: list[Value] = []
    index = -1
    for cell in row:
        if cell.tag != _CELL:
            continue
        index = _index_of(cell, index, row=number, sheet=sheet)
        value = _value_of(cell, facts)
        if value is None or value == "":
            continue
        if index >= MOST_COLUMNS:
            raise _too_wide(index, number, sheet)
        values.extend([None] * (index - len(values)))
        values.append(value)
    return tuple(values)


def _index_of(cell: Element, before: int, *, row: int, sheet: str) -> int:
    given = cell.get("r")
    if given is None:
        return before + 1
    index = _column_index(given.removesuffix(str(row)))
    if index > before:
        return index
    raise refusal(f"The cells of row {row} are numbered wrongly. {_DAMAGED}", sheet=sheet, row=row)


@cache
def _column_index(letters: str) -> int:
    """Counted from 0; -1 for what is not the letters of a column."""
    if not _LETTERS.fullmatch(letters):
        return -1
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _too_wide(index: int, row: int, sheet: str) -> BookRefused:
    return refusal(
        f"The sheet holds something in column {column_letter(index)}; at most {MOST_COLUMNS} "
        "columns are read. Delete the columns that do not belong to it.",
        sheet=sheet,
        row=row,
    )


def _value_of(cell: Element, facts: BookFacts) -> Value:
    inline = text = None
    for child in cell:
        if child.tag == _FORMULA:
            return Special("formula")
        if child.tag == _INLINE:
            inline = child
        elif child.tag == _VALUE:
            text = child.text
    kind = cell.get("t", "n")
    if (kind == "inlineStr") != (inline is not None) and (inline is not None or text):
        return Special("unreadable")
    if inline is not None:
        return _bounded(_text_of(inline))
    if not text:
        return None
    try:
        return _typed(text, kind, style=int(cell.get("s", "0")), facts=facts)
    except (ValueError, OverflowError, IndexError):
        return Special("unreadable")


def _typed(text: str, kind: str, *, style: int, facts: BookFacts) -> Value:
    match kind:
        case "s":
            return facts.strings[_position(text)]
        case "str":
            return _bounded(_unescaped(text))
        case "b":
            return bool(int(text))
        case "e":
            return Special("error", text[:20])
        case "d":
            return _as_special(from_ISO8601(text))  # type: ignore[no-untyped-call]
        case "n" if style in facts.styles.dates:
            length_of_time = style in facts.styles.durations
            return _as_special(from_excel(_number(text), facts.epoch, timedelta=length_of_time))
        case "n":
            return _number(text)
    return Special("unreadable")


def _position(text: str) -> int:
    position = int(text)
    if position < 0:
        raise IndexError(position)
    return position


def _number(text: str) -> int | float:
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text)
    if not math.isfinite(number) or abs(number) >= 1e15:
        raise ValueError("out of range")
    return number


def _as_special(moment: datetime | date | time | timedelta) -> Special:
    match moment:
        case datetime() if moment.time() == time():
            return Special("date", moment.date().isoformat())
        case datetime():
            return Special("moment", moment.isoformat())
        case date():
            return Special("date", moment.isoformat())
        case time():
            return Special("time", moment.isoformat())
        case timedelta() if timedelta() <= moment < timedelta(days=1):
            minutes = moment.seconds // 60
            return Special("time", time(minutes // 60, minutes % 60).isoformat())
        case timedelta():
            return Special("duration", str(moment))


def _text_of(item: Element) -> str:
    """The plain text of a string, its formatted runs joined; phonetic guides are left out."""
    pieces = []
    for child in item:
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag == _RUN:
            pieces.append(child.findtext(_TEXT) or "")
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """Control characters as they are, which the format writes as _x0000_ to _x001F_."""
    if "_x00" not in text:
        return text
    return _ESCAPED_CONTROL.sub(lambda found: chr(int(found[1], 16)), text)


def _bounded(text: str) -> str | Special:
    return text if len(text) <= MOST_TEXT else Special("long", str(len(text)))
