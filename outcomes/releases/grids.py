"""A released table as headings and rows of words: what pages, sheets and documents print."""

from typing import Final

from outcomes.disclosure.describe import cell_share, line_in_words, line_share
from outcomes.disclosure.words import TOTAL, Cell, Key, Line, Marker, ReleasedTable, Share
from outcomes.reports.words import Rate

Figure = str | float
"""A number, or the marker that stands in its place."""
TOO_FEW: Final = "[u]"
"""Where no per cent is said: its denominator is under 20, or noise put the part above the whole."""
SHARE_HEADS: Final = ("Per cent", "95% interval from", "95% interval to")


def grid(table: ReleasedTable) -> tuple[tuple[str, ...], list[list[str]]]:
    """Headings and rows of words, as a page, a sheet or a document prints them."""
    if table.lines:
        return ("Figure", "Number"), [
            [line.label, line_in_words(table, line)] for line in table.lines
        ]
    return _one_way(table) if len(table.variables) == 1 else _two_way(table)


def _one_way(table: ReleasedTable) -> tuple[tuple[str, ...], list[list[str]]]:
    """Without the column of percentages where none may be said."""
    ((total, keys),) = table.rows
    rows = [_one_way_row(table, key) for key in (*keys, total)]
    heads = (table.variables[0].label, "Number", "Per cent (95% interval)")
    if all(row[2] == "–" for row in rows):
        return heads[:2], [row[:2] for row in rows]
    return heads, rows


def _one_way_row(table: ReleasedTable, key: Key) -> list[str]:
    found = None if key[-1] == TOTAL else cell_share(table, key)
    share = f"{found.text} ({found.low}–{found.high})" if found else "–"
    return [label_of(table, -1, key[-1]), table.cell(*key).text, share]


def _two_way(table: ReleasedTable) -> tuple[tuple[str, ...], list[list[str]]]:
    first, second = table.variables
    heads = (first.label, *(c.label for c in second.categories), f"All {table.unit}")
    rows = [
        [label_of(table, 0, total[0]), *(table.cell(*key).text for key in (*keys, total))]
        for total, keys in table.rows
    ]
    return heads, rows


def figures(table: ReleasedTable) -> tuple[tuple[str, ...], list[list[Figure]]]:
    """One figure a row, as numbers and markers, with the per cent that the page says beside it."""
    number = f"Number of {table.unit}"
    if table.lines:
        heads = ("Figure", number, "Out of", *SHARE_HEADS)
        return heads, [_line_figures(table, line) for line in table.lines]
    names = tuple(variable.label for variable in table.variables)
    rows = [_cell_figures(table, key) for key, _cell in table.cells]
    if not any(isinstance(row[-1], int) for row in rows):
        return (*names, number), [row[: len(names) + 1] for row in rows]
    return (*names, number, *SHARE_HEADS), rows


def _line_figures(table: ReleasedTable, line: Line) -> list[Figure]:
    part = table.cell(line.code)
    if line.share_of is None:
        return [line.label, _value(part), *[str(Marker.NOT_APPLICABLE)] * 4]
    whole = table.cell(line.share_of)
    shares = _shares(line_share(table, line), part, whole)
    return [line.label, _value(part), _value(whole), *shares]


def _cell_figures(table: ReleasedTable, key: Key) -> list[Figure]:
    names = [label_of(table, place, code) for place, code in enumerate(key)]
    part, whole = table.cell(*key), table.cell(*key[:-1], TOTAL)
    if key[-1] == TOTAL:
        return [*names, _value(part), *[str(Marker.NOT_APPLICABLE)] * 3]
    return [*names, _value(part), *_shares(cell_share(table, key), part, whole)]


def _value(cell: Cell) -> Figure:
    return cell.text if cell.value is None else cell.value


def _shares(found: Rate | Share | None, part: Cell, whole: Cell) -> list[Figure]:
    """Per cent and its limits, rounded as the page rounds them."""
    if isinstance(found, Share):
        return [found.percent, found.low, found.high]
    if isinstance(found, Rate) and found.share is not None:
        limits = (found.share, found.low or 0.0, found.high or 0.0)
        return [float(f"{100 * limit:.1f}") for limit in limits]
    hidden = part.value is None or whole.value is None
    return [str(Marker.CONFIDENTIAL) if hidden else TOO_FEW] * 3


def label_of(table: ReleasedTable, variable: int, code: str) -> str:
    if code == TOTAL:
        return "All"
    return next(c.label for c in table.variables[variable].categories if c.code == code)
