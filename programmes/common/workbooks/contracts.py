"""What a workbook must hold, as data: its sheets, their columns, and the kind of each."""

from typing import Generic, TypeVar

from msgspec import Struct

from programmes.common.workbooks.parsers import Parser

RowT = TypeVar("RowT", bound=Struct)


class Column(Struct, frozen=True):
    """One column: its heading in the book, the field it fills, and what may stand in it."""

    heading: str
    field: str
    parse: Parser
    required: bool = True


class SheetContract(Struct, Generic[RowT], frozen=True):
    """One sheet. No two of its rows may agree in all fields of `key`.

    Where `quotes_values` is false, messages never repeat what a cell holds.
    """

    name: str
    row_type: type[RowT]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    quotes_values: bool = True

    def heading_of(self, field: str) -> str:
        return next(column.heading for column in self.columns if column.field == field)


class SheetRead(Struct, Generic[RowT], frozen=True):
    """The sound rows of a sheet, and the refs of all its rows, sound or not.

    `refs` is None where the sheet or its first column is missing: then nobody can say that a ref
    is not in it. `is_whole` says that no row was left out.
    """

    rows: tuple[RowT, ...]
    refs: frozenset[object] | None
    is_whole: bool

    def lacks(self, ref: object) -> bool:
        return self.refs is not None and ref not in self.refs
