"""What a page or picture tells, held against the released tables: an oracle apart from the code."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser

from outcomes.disclosure.describe import describe, notes
from outcomes.disclosure.words import ReleasedTable

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
IN_PER_CENT = re.compile(r"(?<!\d)(?:\d+(?:\.\d+)?(?=%)|\d+(?:\.\d+)?–\d+(?:\.\d+)?)")
# What a reader or a screen reader is told, apart from the text itself.
TELLING = ("title", "alt", "content", "value", "summary", "label")


def numbers_not_released(
    markup: str, tables: Sequence[ReleasedTable], *, besides: Iterable[str] = ()
) -> frozenset[str]:
    """The numbers that a page or picture shows or tells and that no released table holds.

    `markup` is HTML, SVG or plain text: its text, titles, labels, alternative text, comments
    and data attributes are read. The tables' own phrases (labels, notes, periods) are left
    out first, and so are those `besides`; then every count must be a released value and
    every percentage a released share.
    """
    phrases = sorted({*besides, *(p for t in tables for p in _phrases(t))}, key=len, reverse=True)
    counts = {number for table in tables for number in _counts(table)}
    shares = {number for table in tables for number in IN_PER_CENT.findall(describe(table))}
    found: set[str] = set()
    for told in _told_by(markup):
        rest = _without(told, phrases)
        found |= set(IN_PER_CENT.findall(rest)) - shares
        found |= _numbers(IN_PER_CENT.sub(" ", rest)) - counts
    return frozenset(found)


def _phrases(table: ReleasedTable) -> Iterator[str]:
    yield from (describe(table), *notes(table), table.title, table.period.label, table.period.code)
    yield from (line.label for line in table.lines)
    for variable in table.variables:
        yield from (variable.label, *(category.label for category in variable.categories))


def _without(told: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        if phrase in told:
            told = re.sub(rf"(?<![\d.,]){re.escape(phrase)}(?!\d)", " ", told)
    return told


def _counts(table: ReleasedTable) -> Iterator[str]:
    return (str(cell.value) for _key, cell in table.cells if cell.value is not None)


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in NUMBER.findall(text)}


class _Reader(HTMLParser):
    """Gathers everything in markup that a person or their software may read."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name in TELLING or name.startswith(("data-", "aria-"))):
                self.told.append(value)

    def handle_data(self, data: str) -> None:
        self.told.append(data)

    def handle_comment(self, data: str) -> None:
        self.told.append(data)


def _told_by(markup: str) -> list[str]:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.told
