"""A released table in words, and its shares: made from what is printed and from nothing else."""

from outcomes.disclosure.rules import SMALLEST_DENOMINATOR, share
from outcomes.disclosure.words import (
    MARKERS_IN_WORDS,
    TOTAL,
    Cell,
    Key,
    Line,
    Marker,
    Profile,
    ReleasedTable,
    Share,
)
from outcomes.reports.rates import rate
from outcomes.reports.sentences import rate_in_words
from outcomes.reports.words import Rate

IN_FIVES = "Figures of 8 and more are rounded to the nearest 5; totals are rounded on their own."
SOME_EXACT = "A total that is given exactly elsewhere in these figures is exact here too."
WITH_NOISE = "Small random changes protect people; they do not alter the picture as a whole."


def describe(table: ReleasedTable) -> str:
    """What the table says, for somebody who cannot see it and for the text of a picture."""
    heading = f"{table.title}, {table.period.label}."
    said = _lines_in_words(table) if table.lines else _rows_in_words(table)
    hidden = Marker.CONFIDENTIAL in {cell.marker for _key, cell in table.cells}
    legend = f" {Marker.CONFIDENTIAL}: {MARKERS_IN_WORDS[Marker.CONFIDENTIAL]}." if hidden else ""
    return f"{heading} {said}{legend}"


def notes(table: ReleasedTable) -> tuple[str, ...]:
    """What stands under the table: how it was counted, and what was done to protect people."""
    said = [table.definition]
    if not table.is_exact:
        said.append(IN_FIVES)
    if not table.is_exact and any(cell.exact for _key, cell in table.cells):
        said.append(SOME_EXACT)
    if table.profile is Profile.PUBLIC:
        said.append(WITH_NOISE)
    present = {cell.marker for _key, cell in table.cells if cell.marker}
    said += [f"{marker}: {MARKERS_IN_WORDS[marker]}." for marker in Marker if marker in present]
    return tuple(said)


def _lines_in_words(table: ReleasedTable) -> str:
    return " ".join(f"{line.label}: {line_in_words(table, line)}." for line in table.lines)


def line_in_words(table: ReleasedTable, line: Line) -> str:
    """`96`, or with its denominator `39 of 68, 57.4% (45.5–68.4)`, or `40 of 70, 57% (45–68)`."""
    cell = table.cell(line.code)
    if line.share_of is None:
        return cell.text
    found = line_share(table, line)
    if isinstance(found, Rate):
        return rate_in_words(found)
    return f"{cell.text} of {table.cell(line.share_of).text}{_percent(found)}"


def line_share(table: ReleasedTable, line: Line) -> Rate | Share | None:
    """The line as a share of its denominator: exact where both are, else from rounded values."""
    if line.share_of is None:
        return None
    part, whole = table.cell(line.code), table.cell(line.share_of)
    if part.exact and whole.exact and part.value is not None and whole.value is not None:
        return rate(part.value, whole.value)
    return share(part, whole)


def _percent(found: Share | None) -> str:
    return f", {found.text} ({found.low}–{found.high})" if found else ""


def cell_share(table: ReleasedTable, key: Key) -> Share | None:
    """A cell as a whole per cent of its row's total; None where that may not be said."""
    return share(table.cell(*key), table.cell(*key[:-1], TOTAL))


def _rows_in_words(table: ReleasedTable) -> str:
    return " ".join(_row_in_words(table, total, keys) for total, keys in table.rows)


def _row_in_words(table: ReleasedTable, total: Key, keys: tuple[Key, ...]) -> str:
    whole = table.cell(*total)
    name = table.unit[0].upper() + table.unit[1:]
    if len(table.variables) == 2:
        name = "All" if total[0] == TOTAL else _label(table, 0, total[0])
    cells = ", ".join(cell_in_words(table, key) for key in keys)
    return f"{name}: {whole.text}, of them {cells}.{_too_few(whole)}"


def cell_in_words(table: ReleasedTable, key: Key) -> str:
    """`Safer 25 (56%, 41–69)`, or `Less safe [c]`."""
    found = cell_share(table, key)
    share_said = f" ({found.text}, {found.low}–{found.high})" if found else ""
    return f"{_label(table, -1, key[-1])} {table.cell(*key).text}{share_said}"


def _too_few(whole: Cell) -> str:
    if whole.value is None or whole.value >= SMALLEST_DENOMINATOR:
        return ""
    released = "exact" if whole.exact else "released"
    return f" {whole.text} is the {released} value: too few to show per cent."


def _label(table: ReleasedTable, variable: int, code: str) -> str:
    categories = table.variables[variable].categories
    return next(category.label for category in categories if category.code == code)
