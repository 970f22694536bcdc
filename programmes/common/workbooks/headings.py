"""The headings of a sheet, matched with its contract; blanks, case and order do not count."""

from collections.abc import Iterator
from typing import Any, Final

from programmes.common.workbooks.contracts import Column, SheetContract
from programmes.common.workbooks.findings import Findings
from programmes.common.workbooks.parsers import nearest
from programmes.common.workbooks.text import as_heading, one_line, shortened, shown
from programmes.common.workbooks.words import RawRow, Special, column_letter

Placed = dict[int, Column]

HOLDS_FORMULA: Final = (
    "This cell holds a formula. Replace it with its value (copy, then paste as values)."
)


def placed_columns(
    headings: RawRow | None, contract: SheetContract[Any], findings: Findings
) -> Placed:
    """Which column of the sheet is which, by the headings in row 1."""
    if headings is None:
        findings.add(contract.name, 1, None, "Row 1 is empty. Put the column headings there.")
        return {}
    placed: Placed = {}
    unknown: list[tuple[int, str]] = []
    by_heading = {as_heading(column.heading): column for column in contract.columns}
    for index, heading in _headings(headings, contract.name, findings):
        column = by_heading.get(as_heading(heading))
        if column is None:
            unknown.append((index, heading))
        elif column in placed.values():
            message = f"The column “{column.heading}” stands twice. Remove one."
            findings.add(contract.name, 1, column.heading, message)
        else:
            placed[index] = column
            findings.letters[contract.name, column.heading] = column_letter(index)
    _report_columns(contract, placed=placed, unknown=unknown, findings=findings)
    return placed


def _headings(row: RawRow, sheet: str, findings: Findings) -> Iterator[tuple[int, str]]:
    for index, value in enumerate(row.values):
        if isinstance(value, str) and one_line(value):
            yield index, one_line(value)
        elif value is not None and not isinstance(value, str):
            message = "The heading is not plain text. Type the heading as text."
            if isinstance(value, Special) and value.kind == "formula":
                message = HOLDS_FORMULA
            findings.add(sheet, 1, column_letter(index), message)


def _report_columns(
    contract: SheetContract[Any],
    *,
    placed: Placed,
    unknown: list[tuple[int, str]],
    findings: Findings,
) -> None:
    found = {column.heading for column in placed.values()}
    missing = [column.heading for column in contract.columns if column.heading not in found]
    for index, heading in unknown:
        meant = nearest(heading, missing)
        findings.letters[contract.name, shortened(heading)] = column_letter(index)
        if meant is not None:
            missing.remove(meant)
            advice = f"Did you mean “{meant}”? Correct the heading in row 1."
        else:
            advice = "Remove the column: it may hold what this book must not."
        message = f"There is no column {shown(heading)} in the sheet {contract.name}. {advice}"
        findings.add(contract.name, 1, shortened(heading), message)
    for heading in missing:
        message = f"The column “{heading}” is missing. Add it, with this heading in row 1."
        findings.add(contract.name, 1, heading, message)
