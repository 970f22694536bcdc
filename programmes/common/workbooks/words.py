"""What a workbook is once it is read, what can be wrong with it, and how much of it is read."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec
from msgspec import Struct

from programmes.common.errors import DomainError

# Ten years of a city (3,000 referrals, 50,000 marks) fit four times over.
MOST_BYTES: Final = 16 * 2**20
MOST_BYTES_UNPACKED: Final = 64 * 2**20
MOST_PARTS: Final = 500
MOST_SHEETS: Final = 40
MOST_COLUMNS: Final = 60
MOST_ROWS: Final = 120_000
MOST_CELLS: Final = 400_000
MOST_TEXT: Final = 4_000
MOST_BYTES_ANSWERED: Final = 8 * 2**20
MOST_ERRORS: Final = 1_000

SpecialKind = Literal[
    "formula", "error", "unreadable", "long", "date", "moment", "time", "duration"
]


class Special(Struct, frozen=True, array_like=True, gc=False):
    """A cell that is neither plain text nor a plain number; `text` is ISO 8601 for times."""

    kind: SpecialKind
    text: str = ""


Value = None | bool | int | float | str | Special


class RawRow(Struct, frozen=True, array_like=True):
    """One row that holds something; `number` is the one the spreadsheet shows."""

    number: int
    values: tuple[Value, ...]


class RawSheet(Struct, frozen=True, array_like=True):
    """One sheet; its rows stay packed until they are read, for a large book has many."""

    name: str
    packed: tuple[msgspec.Raw, ...]

    def rows(self) -> Iterator[RawRow]:
        """The rows that hold something, in order. Raises msgspec.DecodeError."""
        return map(_row_decoder.decode, self.packed)


_row_decoder: Final = msgspec.msgpack.Decoder(RawRow)


class RawBook(Struct, frozen=True):
    sheets: tuple[RawSheet, ...]
    sha256: str


class RowError(Struct, frozen=True):
    """One thing to put right, where it stands and in words that say what to do."""

    sheet: str | None
    row: int | None
    column: str | None
    message: str
    cell: str | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "message": self.message,
        }


class BookRefused(DomainError):
    """Nothing of the book is used. `refused` counts the rows with an error, by sheet."""

    def __init__(self, *errors: RowError, refused: Mapping[str, int] | None = None) -> None:
        super().__init__("The workbook cannot be used as it stands.")
        self.errors = errors
        self.refused = dict(refused or {})


class ChildAnswer(Struct, frozen=True):
    """What the reading process says: a book, or why there is none."""

    book: RawBook | None = None
    errors: tuple[RowError, ...] = ()


def refusal(message: str, *, sheet: str | None = None, row: int | None = None) -> BookRefused:
    """A refusal of the whole file for one reason."""
    return BookRefused(RowError(sheet, row, None, message))


def column_letter(index: int) -> str:
    """The letters over a column counted from 0: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    left = index + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
