"""A released table as headings and rows of words: what pages, sheets and documents print."""

from outcomes.disclosure.describe import cell_share, line_in_words
from outcomes.disclosure.words import TOTAL, Key, ReleasedTable


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


def label_of(table: ReleasedTable, variable: int, code: str) -> str:
    if code == TOTAL:
        return "All"
    return next(c.label for c in table.variables[variable].categories if c.code == code)
