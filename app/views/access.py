"""A bundle in words: to be read before it goes out, and as the document that goes out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from app import present
from app.forms.fields import Choice
from app.forms.form import Choices
from outcomes.subject_access.rules import entry_key, free_key
from outcomes.subject_access.words import Access, Entry

_TEMPLATE = Path(__file__).resolve().parents[1] / "documents" / "access.typ"
WITHHELD = (
    "Some records may have been left out or shortened, because they are about other people or "
    "because the law does not give them to you (Data Protection Act 2018, schedule 2)."
)


class Part(msgspec.Struct, frozen=True):
    """All rows of one kind."""

    title: str
    rows: list[list[tuple[str, str]]]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What goes out: no ids, no names of staff, nothing of who left out what."""

    title: str
    reference: str
    asked_on: str
    withheld: str
    parts: list[Part]


def document_of(found: Access) -> Document:
    return Document(
        title="What is held about you",
        reference=found.row.reference,
        asked_on=present.long_date(found.row.asked_on),
        withheld=WITHHELD,
        parts=parts_of(found.entries),
    )


def parts_of(entries: Sequence[Entry]) -> list[Part]:
    by_table: dict[str, list[list[tuple[str, str]]]] = {}
    for entry in entries:
        pairs = [(_name(name), text) for name, text in {**entry.facts, **entry.free}.items()]
        by_table.setdefault(entry.title, []).append(pairs)
    return [Part(title, rows) for title, rows in by_table.items()]


def as_pdf(document: Document) -> bytes:
    """Tagged, so that it can be read aloud (PDF/UA-1). Half a second: call it in a thread."""
    import typst

    made: bytes = typst.compile(
        _TEMPLATE,
        format="pdf",
        sys_inputs={"document": msgspec.json.encode(document).decode()},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    return made


def texts_to_read(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Each free text with its title, numbered as the boxes below it are."""
    return [(title, text) for _, title, text in _texts(entries)]


def text_choices(entries: Sequence[Entry]) -> Choices:
    return {"left_out": [Choice(key, title) for key, title, _ in _texts(entries)]}


def every_choice(entries: Sequence[Entry]) -> Choices:
    """The texts, then whole entries: for whoever knows what else could lead to somebody."""
    whole = [
        Choice(entry_key(entry), f"All of: {entry.title.lower()}", _brief(entry))
        for entry in entries
    ]
    return {"left_out": [*text_choices(entries)["left_out"], *whole]}


def answer_words(by: date, today: date) -> str:
    return f"Answer by {present.long_date(by)}, {present.days_left(by, today)}."


def _texts(entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
    found: list[Any] = [
        (free_key(entry, column), f"{entry.title}, {_name(column).lower()}", text)
        for entry in entries
        for column, text in entry.free.items()
    ]
    return [(key, f"{number}. {title}", text) for number, (key, title, text) in enumerate(found, 1)]


def _brief(entry: Entry) -> str:
    return ", ".join(f"{_name(name).lower()} {text}" for name, text in entry.facts.items())[:200]


def _name(column: str) -> str:
    words = column.removesuffix("_at").removesuffix("_on").replace("_", " ")
    return words[:1].upper() + words[1:]
