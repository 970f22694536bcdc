"""What is disclosed, how long everything waits, and by when it must be answered. No I/O."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from outcomes.subject_access.words import Entry

WAITS = timedelta(hours=72)
"""So long every bundle waits for its second reader, whatever is in it and whoever it is about."""
WAITS_ON = timedelta(hours=24)
"""Where nobody has read it by then, it waits whole days more, so that no hour tells anything."""


def answer_by(asked_on: date) -> date:
    """One month after it was asked for (UK GDPR art. 12(3)); the month's last day where shorter."""
    year, month = (
        (asked_on.year, asked_on.month + 1) if asked_on.month < 12 else (asked_on.year + 1, 1)
    )
    return date(year, month, min(asked_on.day, monthrange(year, month)[1]))


def waits_until(sent_at: datetime) -> datetime:
    return sent_at + WAITS


def free_keys(entries: Iterable[Entry]) -> list[str]:
    """What a human must read: each free text by its row and column."""
    return [free_key(entry, column) for entry in entries for column in entry.free]


def free_key(entry: Entry, column: str) -> str:
    return f"{entry.row}:{column}"


def entry_key(entry: Entry) -> str:
    return str(entry.row)


def known_keys(entries: Sequence[Entry]) -> set[str]:
    return {*free_keys(entries), *(entry_key(entry) for entry in entries)}


def without(entries: Iterable[Entry], left_out: Iterable[str]) -> list[Entry]:
    """The bundle as it goes out: an entry of which nothing is left is not in it."""
    hidden = set(left_out)
    kept = [
        Entry(
            table=entry.table,
            row=entry.row,
            facts=entry.facts,
            free={
                column: text
                for column, text in entry.free.items()
                if free_key(entry, column) not in hidden
            },
        )
        for entry in entries
        if entry_key(entry) not in hidden
    ]
    return [entry for entry in kept if entry.facts or entry.free]
