"""The survivor book: what it must hold, its typed rows, and reading it.

It is kept and imported on the survivor side alone. Messages about it never repeat what a cell
holds: a safe-contact detail typed into the wrong column must not end up in somebody's terminal.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from outcomes.survivors.words import PoliceCalled as PoliceCalled
from outcomes.survivors.words import Timepoint as Timepoint
from programmes.common.workbooks.contracts import Column, SheetContract, SheetRead
from programmes.common.workbooks.findings import Findings
from programmes.common.workbooks.parsers import (
    choice,
    day,
    note,
    reference,
    text,
    whole_number,
    yes_no,
)
from programmes.common.workbooks.reading import read_workbook
from programmes.common.workbooks.sheets import check_sheet_names, read_sheet
from programmes.common.workbooks.words import RawBook, RowError


class Frequency(StrEnum):
    NEVER = "never"
    RARELY = "rarely"
    SOMETIMES = "sometimes"
    OFTEN = "often"
    ALWAYS = "always"


class SurvivorRow(Struct, frozen=True, kw_only=True):
    row: int
    ref: str
    person_ref: str
    relationship: str
    consents_to_contact: bool
    safe_contact: str | None
    linked_on: date


class CheckInRow(Struct, frozen=True, kw_only=True):
    """Themes from 1 (worst) to 5, None where there is no answer."""

    row: int
    survivor_ref: str
    timepoint: Timepoint
    asked_on: date
    feels_safe: int | None
    freedom_to_act: int | None
    respectful_communication: int | None
    children_feel_safe: int | None
    physical_abuse: Frequency | None
    controlling_behaviour: Frequency | None
    police_called: PoliceCalled | None


class SurvivorBook(Struct, frozen=True, kw_only=True):
    """A book without errors; whether the person refs are known is for the caller to check."""

    survivors: tuple[SurvivorRow, ...]
    check_ins: tuple[CheckInRow, ...]
    warnings: tuple[RowError, ...]
    sha256: str


_THEME: Final = whole_number(1, 5)
_FREQUENCY: Final = choice({frequency.value: frequency for frequency in Frequency})

SURVIVORS: Final = SheetContract(
    "Survivors",
    SurvivorRow,
    (
        Column("Survivor ref", "ref", reference),
        Column("Person ref", "person_ref", reference),
        Column("Relationship", "relationship", text),
        Column("Consents to contact", "consents_to_contact", yes_no),
        Column("Safe contact", "safe_contact", note, required=False),
        Column("Linked on", "linked_on", day),
    ),
    key=("ref",),
    quotes_values=False,
)

CHECK_INS: Final = SheetContract(
    "Check-ins",
    CheckInRow,
    (
        Column("Survivor ref", "survivor_ref", reference),
        Column("Timepoint", "timepoint", choice({point.value: point for point in Timepoint})),
        Column("Asked on", "asked_on", day),
        Column("Feels safe (1-5)", "feels_safe", _THEME, required=False),
        Column("Freedom to act (1-5)", "freedom_to_act", _THEME, required=False),
        Column(
            "Respectful communication (1-5)", "respectful_communication", _THEME, required=False
        ),
        Column("Children feel safe (1-5)", "children_feel_safe", _THEME, required=False),
        Column("Physical abuse", "physical_abuse", _FREQUENCY, required=False),
        Column("Controlling behaviour", "controlling_behaviour", _FREQUENCY, required=False),
        Column(
            "Police called since last time",
            "police_called",
            choice({answer.value: answer for answer in PoliceCalled}),
            required=False,
        ),
    ),
    key=("survivor_ref", "timepoint"),
    quotes_values=False,
)


def read_survivor_book(path: Path) -> SurvivorBook:
    """The rows of the book, with its warnings. Nothing is written anywhere.

    Raises BookRefused with every error found.
    """
    return survivor_book_in(read_workbook(path))


def survivor_book_in(raw: RawBook) -> SurvivorBook:
    """The book in cells that were read already. Raises BookRefused with every error found."""
    findings = Findings()
    check_sheet_names(raw, (SURVIVORS.name, CHECK_INS.name), findings)
    survivors = read_sheet(raw, SURVIVORS, findings)
    check_ins = read_sheet(raw, CHECK_INS, findings)
    findings.add_all(_unknown_survivors(survivors, check_ins))
    findings.refuse_if_any()
    warnings = Findings(letters=findings.letters)
    warnings.add_all(_oddities(survivors.rows, check_ins.rows))
    return SurvivorBook(
        survivors=survivors.rows,
        check_ins=check_ins.rows,
        warnings=warnings.all_kept(),
        sha256=raw.sha256,
    )


def _unknown_survivors(
    survivors: SheetRead[SurvivorRow], check_ins: SheetRead[CheckInRow]
) -> Iterator[RowError]:
    for check_in in check_ins.rows:
        if survivors.lacks(check_in.survivor_ref):
            message = "This survivor is not in the sheet Survivors. Correct the ref."
            yield RowError(CHECK_INS.name, check_in.row, "Survivor ref", message)


def _oddities(
    survivors: tuple[SurvivorRow, ...], check_ins: tuple[CheckInRow, ...]
) -> Iterator[RowError]:
    """What breaks a rule of today and is kept: consent, and the order of the dates."""
    by_ref = {survivor.ref: survivor for survivor in survivors}
    for survivor in survivors:
        if survivor.consents_to_contact and survivor.safe_contact is None:
            message = "They consent to contact, but no safe way to reach them is given."
            yield RowError(SURVIVORS.name, survivor.row, "Safe contact", message)
    for check_in in check_ins:
        survivor = by_ref[check_in.survivor_ref]
        if not survivor.consents_to_contact:
            message = "They were asked, but do not consent to contact."
            yield RowError(CHECK_INS.name, check_in.row, "Survivor ref", message)
        if check_in.asked_on < survivor.linked_on:
            message = "They were asked before they were linked."
            yield RowError(CHECK_INS.name, check_in.row, "Asked on", message)
