"""The errors of one book: all are counted, a bounded number is kept, each knows its cell."""

from collections.abc import Iterable

import msgspec

from programmes.common.workbooks.words import MOST_ERRORS, BookRefused, RowError


class Findings:
    """Gathers errors over a whole book; a bounded number is kept, all are counted."""

    def __init__(self) -> None:
        self.kept: list[RowError] = []
        self.count = 0
        self.rows: dict[str, set[int]] = {}
        self.letters: dict[tuple[str, str], str] = {}

    def add(self, sheet: str | None, row: int | None, column: str | None, message: str) -> None:
        self.count += 1
        if sheet is not None and row is not None and row > 1:
            self.rows.setdefault(sheet, set()).add(row)
        if len(self.kept) < MOST_ERRORS:
            cell = self._cell(sheet, row, column)
            self.kept.append(RowError(sheet, row, column, message, cell=cell))

    def add_all(self, errors: Iterable[RowError]) -> None:
        for error in errors:
            self.add(error.sheet, error.row, error.column, error.message)

    def located(self, errors: Iterable[RowError]) -> tuple[RowError, ...]:
        return tuple(
            msgspec.structs.replace(e, cell=self._cell(e.sheet, e.row, e.column)) for e in errors
        )

    def _cell(self, sheet: str | None, row: int | None, column: str | None) -> str | None:
        letter = self.letters.get((sheet or "", column or ""))
        return f"{letter}{row}" if letter and row else None

    def refuse_if_any(self) -> None:
        """Raises BookRefused with everything that was found."""
        if not self.kept:
            return
        errors = list(self.kept)
        if self.count > len(errors):
            more = f"There are {self.count - len(errors):,} more errors of these kinds."
            errors.append(RowError(None, None, None, more))
        raise BookRefused(*errors, refused={s: len(rows) for s, rows in self.rows.items()})
