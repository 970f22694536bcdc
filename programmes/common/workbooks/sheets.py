"""Reading the sheets of a book by their contracts. No error stops the reading of the rest."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from programmes.common.workbooks.contracts import Column, SheetContract, SheetRead
from programmes.common.workbooks.findings import Findings
from programmes.common.workbooks.headings import HOLDS_FORMULA, Placed, placed_columns
from programmes.common.workbooks.parsers import CellProblem, described, nearest
from programmes.common.workbooks.text import as_heading, one_line, shown
from programmes.common.workbooks.words import (
    MOST_TEXT,
    RawBook,
    RawRow,
    Special,
    Value,
    column_letter,
)

RowT = TypeVar("RowT", bound=Struct)

_UNUSABLE: Final = {
    "formula": HOLDS_FORMULA,
    "error": "This cell holds an error of the spreadsheet program. Type its value.",
    "unreadable": "This cell cannot be read as a number or a date. Type its value again.",
    "long": f"This cell holds more than {MOST_TEXT:,} characters. Shorten it.",
}


def check_sheet_names(book: RawBook, names: Sequence[str], findings: Findings) -> None:
    """Every sheet of the contract must be there, and no other that holds anything."""
    known = {as_heading(name) for name in names}
    present = {as_heading(sheet.name) for sheet in book.sheets}
    missing = [name for name in names if as_heading(name) not in present]
    for sheet in book.sheets:
        if as_heading(sheet.name) in known or not sheet.packed:
            continue
        meant = nearest(sheet.name, missing)
        if meant is not None:
            missing.remove(meant)
        findings.add(sheet.name, None, None, _unknown_sheet(sheet.name, meant, names))
    for name in missing:
        findings.add(
            name, None, None, f"The sheet “{name}” is missing. Add it, with its headings in row 1."
        )


def _unknown_sheet(name: str, meant: str | None, names: Sequence[str]) -> str:
    if meant is not None:
        return f"There is no sheet {shown(name)} in this book. Did you mean “{meant}”? Rename it."
    return (
        f"The sheet {shown(name)} does not belong in this book. Remove it; the sheets are: "
        f"{', '.join(names)}."
    )


def read_sheet(book: RawBook, contract: SheetContract[RowT], findings: Findings) -> SheetRead[RowT]:
    """The sound rows of one sheet; what is wrong with the others goes to `findings`."""
    wanted = as_heading(contract.name)
    sheet = next((sheet for sheet in book.sheets if as_heading(sheet.name) == wanted), None)
    if sheet is None:
        return SheetRead((), None, is_whole=False)
    rows = sheet.rows()
    first = next(rows, None)
    headings = first if first is not None and first.number == 1 else None
    placed = placed_columns(headings, contract, findings)
    if headings is None or contract.key[0] not in {column.field for column in placed.values()}:
        return SheetRead((), None, is_whole=False)
    headed = {index for index, value in enumerate(headings.values) if value is not None}
    return _rows(rows, contract, placed=placed, headed=headed, findings=findings)


def _rows(
    raw: Iterator[RawRow],
    contract: SheetContract[RowT],
    *,
    placed: Placed,
    headed: set[int],
    findings: Findings,
) -> SheetRead[RowT]:
    rows: list[RowT] = []
    refs: set[object] = set()
    first_rows: dict[tuple[object, ...], int] = {}
    filled = 0
    for row in raw:
        if not any(_is_filled(value) for value in row.values):
            continue
        filled += 1
        _check_headed(row, contract.name, headed=headed, findings=findings)
        fields = _fields(row, contract, placed=placed, findings=findings)
        refs.add(fields.get(contract.key[0]))
        if len(fields) < len(contract.columns):
            continue
        if _is_first(row, fields, contract=contract, first_rows=first_rows, findings=findings):
            rows.append(msgspec.convert({"row": row.number, **fields}, contract.row_type))
    return SheetRead(tuple(rows), frozenset(refs), is_whole=len(rows) == filled)


def _check_headed(row: RawRow, sheet: str, *, headed: set[int], findings: Findings) -> None:
    for index, value in enumerate(row.values):
        if _is_filled(value) and index not in headed:
            headed.add(index)
            letter = column_letter(index)
            message = f"Column {letter} has no heading but holds something here. Remove it."
            if isinstance(value, Special) and value.kind == "formula":
                message = HOLDS_FORMULA
            findings.add(sheet, row.number, letter, message)


def _fields(
    row: RawRow, contract: SheetContract[Any], *, placed: Placed, findings: Findings
) -> dict[str, object]:
    """The fields that could be read; one that could not is absent."""
    fields: dict[str, object] = {}
    for index, column in placed.items():
        value = row.values[index] if index < len(row.values) else None
        try:
            fields[column.field] = _parsed(value, column, quotes=contract.quotes_values)
        except CellProblem as problem:
            findings.add(contract.name, row.number, column.heading, problem.message)
    return fields


def _parsed(value: Value, column: Column, *, quotes: bool) -> object:
    """The field. Raises CellProblem with a whole sentence."""
    if not _is_filled(value):
        if column.required:
            raise CellProblem("This cell is empty. Fill it in.")
        return None
    if isinstance(value, Special) and value.kind in _UNUSABLE:
        raise CellProblem(_UNUSABLE[value.kind])
    try:
        return column.parse(value)
    except CellProblem as problem:
        subject = described(value) if quotes else "This value"
        raise CellProblem(f"{subject} {problem.message}") from None


def _is_filled(value: Value) -> bool:
    return value is not None and (not isinstance(value, str) or bool(one_line(value)))


def _is_first(
    row: RawRow,
    fields: dict[str, object],
    *,
    contract: SheetContract[Any],
    first_rows: dict[tuple[object, ...], int],
    findings: Findings,
) -> bool:
    key = tuple(fields[field] for field in contract.key)
    first = first_rows.setdefault(key, row.number)
    if first == row.number:
        return True
    headings = [contract.heading_of(field) for field in contract.key]
    named = " and ".join(filter(None, (", ".join(headings[:-1]), headings[-1])))
    message = f"Row {first} has the same {named} already. Keep one of the two rows."
    findings.add(contract.name, row.number, headings[-1], message)
    return False
