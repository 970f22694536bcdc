"""A programme book beside what is stored: what is new, what changed, what is the same."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from programmes.common.workbooks.changes import Digest, Imported, RowKey, Rows, sorted_out
from programmes.common.workbooks.words import RowError
from scheduling.workbooks.plan_words import KEYS, ProgrammePlan, Stored
from scheduling.workbooks.refusal_rules import refusals
from scheduling.workbooks.words import ProgrammeBook


def sheets_of(book: ProgrammeBook) -> dict[str, Rows[Any]]:
    """The rows of each sheet, with the fields by which they are known again."""
    rows: tuple[tuple[Any, ...], ...] = (
        book.referrals,
        book.children,
        book.cohorts,
        book.attendance,
        book.orders,
        book.breaches,
    )
    return {name: Rows(name, KEYS[name], each) for name, each in zip(KEYS, rows, strict=True)}


def row_keys(book: ProgrammeBook) -> list[RowKey]:
    """Every row of the book by its refs, in the order of the sheets."""
    return [key for sheet in sheets_of(book).values() for key in sheet.row_keys()]


def plan_of_book(
    book: ProgrammeBook, stored: Stored, *, digest: Digest, today: date
) -> ProgrammePlan:
    """What importing the book would do. The same book twice plans nothing the second time."""
    sheets = sheets_of(book)
    now: dict[RowKey, bytes] = {}
    for rows in sheets.values():
        now |= rows.fingerprints(digest)
    imported = Imported(stored.fingerprints, now)
    errors = imported.about_news(refusals(book, stored), *sheets.values())
    known = {
        "Referrals": stored.referrals,
        "Cohorts": stored.cohorts,
        "Orders": stored.orders,
        "Breaches": stored.breaches,
    }
    plans: dict[str, Any] = {
        name.casefold(): sorted_out(rows, imported, errors, known=known.get(name, {}))
        for name, rows in sheets.items()
    }
    return ProgrammePlan(
        **plans,
        errors=errors,
        warnings=(*book.warnings, *_in_the_future(book, today)),
        imported=imported,
    )


def _in_the_future(book: ProgrammeBook, today: date) -> Iterator[RowError]:
    """A fact that has not happened yet is kept, but somebody should look at it."""
    dated: Iterable[tuple[str, str, Iterable[tuple[int, date]]]] = (
        ("Referrals", "Received on", ((row.row, row.received_on) for row in book.referrals)),
        ("Attendance", "Held on", ((row.row, row.held_on) for row in book.attendance)),
        ("Orders", "Made on", ((row.row, row.made_on) for row in book.orders)),
        ("Breaches", "Occurred on", ((row.row, row.occurred_on) for row in book.breaches)),
    )
    for sheet, column, days in dated:
        for row, day in days:
            if day > today:
                yield RowError(sheet, row, column, f"{day} has not come yet.")
