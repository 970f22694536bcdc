"""The last look at a table that goes out: cells out of shape."""

from outcomes.disclosure.printing import FigureName
from outcomes.disclosure.rules import LARGEST_HIDDEN, ROUNDED_TO, where_of
from outcomes.disclosure.words import Key, ReleasedTable


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
