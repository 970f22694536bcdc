"""A survivor book beside what is stored: what is new, what changed, and what is refused."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

from outcomes.survivors.import_words import (
    CHECK_INS,
    FREQUENCIES,
    KEYS,
    SURVIVORS,
    THEMES,
    StoredSurvivors,
    SurvivorPlan,
)
from outcomes.survivors.workbook import CheckInRow, Frequency, PoliceCalled, SurvivorBook
from programmes.common.workbooks.changes import Digest, Imported, Rows, sorted_out
from programmes.common.workbooks.words import RowError

_KEPT: Final = "An import does not change that. Correct the cell, or use a ref of its own."


def sheets_of(book: SurvivorBook) -> dict[str, Rows[Any]]:
    return {
        SURVIVORS: Rows(SURVIVORS, KEYS[SURVIVORS], book.survivors),
        CHECK_INS: Rows(CHECK_INS, KEYS[CHECK_INS], book.check_ins),
    }


def plan_of_survivors(
    book: SurvivorBook,
    stored: StoredSurvivors,
    *,
    also_known: Collection[str],
    digest: Digest,
    today: date,
) -> SurvivorPlan:
    """What importing the book would do. The same book twice plans nothing the second time.

    `also_known` are person refs of a programme book that is imported just before it.
    """
    sheets = sheets_of(book)
    now = {key: p for rows in sheets.values() for key, p in rows.fingerprints(digest).items()}
    imported = Imported(stored.fingerprints, now)
    found = _refusals(book, stored, also_known)
    errors = imported.about_news(found, *sheets.values())
    known = {
        SURVIVORS: stored.survivors.keys(),
        CHECK_INS: {f"{ref}|{timepoint}" for ref, timepoint in stored.check_ins},
    }
    plans: dict[str, Any] = {
        name: sorted_out(rows, imported, errors, known=known[name]) for name, rows in sheets.items()
    }
    return SurvivorPlan(
        survivors=plans[SURVIVORS],
        check_ins=plans[CHECK_INS],
        errors=errors,
        warnings=(*book.warnings, *_in_the_future(book, today)),
        imported=imported,
    )


def _refusals(
    book: SurvivorBook, stored: StoredSurvivors, also_known: Collection[str]
) -> Iterator[RowError]:
    """Messages name refs and columns, never what a cell holds."""
    for row in book.survivors:
        if row.person_ref not in stored.people and row.person_ref not in also_known:
            message = (
                "No person with this ref is stored on the programme side. Correct the ref, or "
                "import the programme book that has it first."
            )
            yield RowError(SURVIVORS, row.row, "Person ref", message)
        survivor = stored.survivors.get(row.ref)
        if survivor is not None and survivor.wrapped is None:
            message = "This survivor's record was erased. Take the row out of the workbook."
            yield RowError(SURVIVORS, row.row, "Survivor ref", message)
        if survivor is None or survivor.link_id is None:
            continue
        if survivor.person_id != stored.people.get(row.person_ref):
            message = f"This survivor is stored with a link to another person. {_KEPT}"
            yield RowError(SURVIVORS, row.row, "Person ref", message)
        if survivor.linked_on != row.linked_on:
            message = f"This survivor is stored as linked on another day. {_KEPT}"
            yield RowError(SURVIVORS, row.row, "Linked on", message)


def _in_the_future(book: SurvivorBook, today: date) -> Iterator[RowError]:
    for survivor in book.survivors:
        if survivor.linked_on > today:
            message = "This day has not come yet."
            yield RowError(SURVIVORS, survivor.row, "Linked on", message)
    for check_in in book.check_ins:
        if check_in.asked_on > today:
            yield RowError(CHECK_INS, check_in.row, "Asked on", "This day has not come yet.")


def answers_of(row: CheckInRow) -> dict[str, int]:
    """What was answered, by question: themes from 1 to 5, frequencies from 0 (never) to 4."""
    answers = {theme: getattr(row, theme) for theme in THEMES}
    often = {kind: getattr(row, kind) for kind in FREQUENCIES}
    in_order = list(Frequency)
    answers |= {kind: None if how is None else in_order.index(how) for kind, how in often.items()}
    return {question: value for question, value in answers.items() if value is not None}


def police_called(row: CheckInRow) -> PoliceCalled:
    return row.police_called or PoliceCalled.NOT_STATED
