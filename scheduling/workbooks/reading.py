"""A programme book, from a file that may be hostile to typed rows or every reason against it."""

from pathlib import Path

from programmes.common.workbooks.findings import Findings
from programmes.common.workbooks.reading import read_workbook
from programmes.common.workbooks.sheets import check_sheet_names, read_sheet
from programmes.common.workbooks.words import RawBook
from scheduling.workbooks.contract import (
    ATTENDANCE,
    BREACHES,
    CHILDREN,
    SHEETS,
    cohorts_contract,
    orders_contract,
    referrals_contract,
)
from scheduling.workbooks.oddities import oddities
from scheduling.workbooks.rules import errors_across_sheets
from scheduling.workbooks.survivor_side import survivor_content
from scheduling.workbooks.words import AS_DELIVERED, ProgrammeBook, SheetsRead, Vocabulary


def read_programme_book(path: Path, vocabulary: Vocabulary = AS_DELIVERED) -> ProgrammeBook:
    """The rows of the book, with its warnings. Nothing is written anywhere.

    Raises BookRefused with every error found.
    """
    return programme_book_in(read_workbook(path), vocabulary)


def programme_book_in(raw: RawBook, vocabulary: Vocabulary = AS_DELIVERED) -> ProgrammeBook:
    """The book in cells that were read already. Raises BookRefused with every error found."""
    _refuse_survivor_content(raw)
    findings = Findings()
    check_sheet_names(raw, SHEETS, findings)
    sheets = _sheets_in(raw, vocabulary, findings)
    findings.add_all(errors_across_sheets(sheets, vocabulary))
    findings.refuse_if_any()
    warnings = Findings(letters=findings.letters)
    warnings.add_all(oddities(sheets, vocabulary))
    return ProgrammeBook(
        referrals=sheets.referrals.rows,
        children=sheets.children.rows,
        cohorts=sheets.cohorts.rows,
        attendance=sheets.attendance.rows,
        orders=sheets.orders.rows,
        breaches=sheets.breaches.rows,
        warnings=warnings.all_kept(),
        sha256=raw.sha256,
    )


def _refuse_survivor_content(raw: RawBook) -> None:
    """Before anything else, so that no other message can repeat what stands there."""
    findings = Findings()
    findings.add_all(survivor_content(raw))
    findings.refuse_if_any()


def _sheets_in(raw: RawBook, vocabulary: Vocabulary, findings: Findings) -> SheetsRead:
    return SheetsRead(
        referrals=read_sheet(raw, referrals_contract(vocabulary), findings),
        children=read_sheet(raw, CHILDREN, findings),
        cohorts=read_sheet(raw, cohorts_contract(vocabulary), findings),
        attendance=read_sheet(raw, ATTENDANCE, findings),
        orders=read_sheet(raw, orders_contract(vocabulary), findings),
        breaches=read_sheet(raw, BREACHES, findings),
    )
