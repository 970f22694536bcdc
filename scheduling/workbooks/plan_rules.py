"""A programme book beside what is stored: what is new, what changed, what is the same."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from operator import attrgetter

import msgspec

from programmes.common.workbooks.words import RowError
from scheduling.workbooks.plan_words import (
    KEYS,
    Digest,
    ProgrammePlan,
    RowKey,
    RowT,
    SheetPlan,
    Stored,
)
from scheduling.workbooks.refusal_rules import refusals
from scheduling.workbooks.words import ProgrammeBook


def row_key(sheet: str, row: msgspec.Struct) -> RowKey:
    """By which refs a row is known again, whatever else is written in it."""
    return sheet, "|".join(str(getattr(row, field)) for field in KEYS[sheet])


def fingerprint(row: msgspec.Struct, digest: Digest) -> bytes:
    """The keyed hash of everything that a row says; where it stands in the sheet is left out."""
    return digest(msgspec.json.encode(msgspec.structs.replace(row, row=0)))  # type: ignore[call-arg]


def row_keys(book: ProgrammeBook) -> list[RowKey]:
    """Every row of the book by its refs, in the order of the sheets."""
    return [row_key(sheet, row) for sheet, rows in _rows_by_sheet(book) for row in rows]


def _rows_by_sheet(book: ProgrammeBook) -> tuple[tuple[str, Iterable[msgspec.Struct]], ...]:
    return (
        ("Referrals", book.referrals),
        ("Children", book.children),
        ("Cohorts", book.cohorts),
        ("Attendance", book.attendance),
        ("Orders", book.orders),
        ("Breaches", book.breaches),
    )


def plan_of_book(
    book: ProgrammeBook, stored: Stored, *, digest: Digest, today: date
) -> ProgrammePlan:
    """What importing the book would do. The same book twice plans nothing the second time."""
    errors = tuple(refusals(book, stored))
    prints = {
        row_key(sheet, row): fingerprint(row, digest)
        for sheet, rows in _rows_by_sheet(book)
        for row in rows
    }
    sorting = _Sorting(stored, prints, errors)
    return ProgrammePlan(
        referrals=sorting.sheet("Referrals", book.referrals, stored.referrals),
        children=sorting.sheet("Children", book.children, ()),
        cohorts=sorting.sheet("Cohorts", book.cohorts, stored.cohorts),
        attendance=sorting.sheet("Attendance", book.attendance, ()),
        orders=sorting.sheet("Orders", book.orders, stored.orders),
        breaches=sorting.sheet("Breaches", book.breaches, stored.breaches),
        errors=errors,
        warnings=(*book.warnings, *_in_the_future(book, today)),
        fingerprints=prints,
    )


class _Sorting:
    """Sorts the rows of each sheet by their fingerprints."""

    def __init__(
        self, stored: Stored, prints: dict[RowKey, bytes], errors: tuple[RowError, ...]
    ) -> None:
        self.stored = stored
        self.prints = prints
        self.refused = {(error.sheet, error.row) for error in errors}

    def sheet(self, name: str, rows: Iterable[RowT], known: Collection[str]) -> SheetPlan[RowT]:
        """`known` are the refs that are stored, however they came there."""
        new: list[RowT] = []
        changed: list[RowT] = []
        same = refused = 0
        ref: Callable[[RowT], str] = attrgetter("ref") if known else lambda row: ""
        for row in rows:
            key = row_key(name, row)
            before = self.stored.fingerprints.get(key)
            if (name, row.row) in self.refused:  # type: ignore[attr-defined]
                refused += 1
            elif before == self.prints[key]:
                same += 1
            elif before is not None or ref(row) in known:
                changed.append(row)
            else:
                new.append(row)
        return SheetPlan(new=tuple(new), changed=tuple(changed), same=same, refused=refused)


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
