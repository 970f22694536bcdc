"""The last look at what goes out: numbers that no released table holds, and cells out of shape."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from outcomes.disclosure.describe import describe, notes
from outcomes.disclosure.printing import FigureName
from outcomes.disclosure.rules import LARGEST_HIDDEN, ROUNDED_TO, where_of
from outcomes.disclosure.words import Key, ReleasedTable

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# What a reader or a screen reader is told, apart from the text itself.
TELLING = ("title", "alt", "content", "value", "summary", "label")


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text, without the commas of thousands."""
    return frozenset(number.replace(",", "") for number in NUMBER.findall(text))


def numbers_not_released(
    markup: str, tables: Iterable[ReleasedTable], *, besides: Iterable[str] = ()
) -> frozenset[str]:
    """The numbers that a page or picture shows or tells and that stand in no released table.

    `markup` is HTML, SVG or plain text: its text, titles, labels, alternative text and data
    attributes are read. `besides` is whatever else the page may say (axis ticks, a date).
    """
    allowed = frozenset().union(*(numbers_in(text) for text in besides))
    for table in tables:
        allowed |= numbers_in(" ".join(_said_by(table)))
    return numbers_in(" ".join(_told_by(markup))) - allowed


def _said_by(table: ReleasedTable) -> Iterator[str]:
    yield describe(table)
    yield from notes(table)
    yield table.period.code
    for variable in table.variables:
        yield from (category.label for category in variable.categories)


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


def cells_out_of_shape(table: ReleasedTable, exactly: frozenset[FigureName]) -> tuple[Key, ...]:
    """The cells with a number that is neither in fives from 10 up nor a figure given exactly.

    Judges the printed table alone, so that a mistake in the printing is caught by other code.
    """
    return tuple(key for key, _cell in table.cells if not _is_in_shape(table, key, exactly))


def _is_in_shape(table: ReleasedTable, key: Key, exactly: frozenset[FigureName]) -> bool:
    cell = table.cell(*key)
    if cell.value is None:
        return cell.marker is not None
    if cell.exact:
        return _figure_name(table, key) in exactly
    return cell.value > LARGEST_HIDDEN and cell.value % ROUNDED_TO == 0


def _figure_name(table: ReleasedTable, key: Key) -> FigureName:
    if not table.lines:
        return table.population, tuple(sorted(where_of(table.variables, key)))
    line = next(line for line in table.lines if line.code == key[0])
    return line.population, tuple(sorted(line.where))
