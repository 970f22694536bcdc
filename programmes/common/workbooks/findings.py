"""What was found in one book: all of it is counted, a bounded number kept, each with its cell."""

from collections.abc import Iterable

from msgspec.structs import replace

from programmes.common.workbooks.words import MOST_ERRORS, BookRefused, RowError

Letters = dict[tuple[str | None, str | None], str]
"""The column letter by sheet and heading."""


class Findings:
    def __init__(self, letters: Letters | None = None) -> None:
        self.letters: Letters = {} if letters is None else letters
        self._count = 0
        self._kept: list[RowError] = []
        self._rows: dict[str, set[int]] = {}

    def add(self, sheet: str | None, row: int | None, column: str | None, message: str) -> None:
        self.add_all([RowError(sheet, row, column, message)])

    def add_all(self, errors: Iterable[RowError]) -> None:
        for error in errors:
            self._count += 1
            if error.sheet is not None and error.row is not None and error.row > 1:
                self._rows.setdefault(error.sheet, set()).add(error.row)
            if len(self._kept) < MOST_ERRORS:
                self._kept.append(self._placed(error))

    def _placed(self, error: RowError) -> RowError:
        letter = self.letters.get((error.sheet, error.column))
        if error.cell is not None or error.row is None or letter is None:
            return error
        return replace(error, cell=f"{letter}{error.row}")

    def all_kept(self) -> tuple[RowError, ...]:
        """What was found, with a last line that says how much more there is."""
        left = self._count - len(self._kept)
        if not left:
            return tuple(self._kept)
        return (*self._kept, RowError(None, None, None, f"There are {left:,} more like these."))

    def refuse_if_any(self) -> None:
        """Raises BookRefused with everything that was found."""
        if self._count:
            refused = {sheet: len(rows) for sheet, rows in self._rows.items()}
            raise BookRefused(*self.all_kept(), refused=refused)
