"""The structure of one book: its sheets, styles and strings; runs in the limited child process.

Of openpyxl's reader only the manifest and the list of sheets are used: properties, themes, names,
charts and comments are never opened, so nothing in them can do harm or stop the reading.
"""

import hashlib
import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, Final
from zipfile import ZipFile

import msgspec

from programmes.common.workbooks.archive import opened_archive
from programmes.common.workbooks.text import as_heading, shortened
from programmes.common.workbooks.words import (
    MOST_BYTES_ANSWERED,
    MOST_CELLS,
    MOST_ROWS,
    MOST_SHEETS,
    RawBook,
    RawRow,
    RawSheet,
    refusal,
)

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader

    from programmes.common.workbooks.cells import BookFacts

_STYLES: Final = "xl/styles.xml"
_SHARED_STRINGS: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
)


def book_in(content: bytes) -> RawBook:
    """Every sheet of the book, cell by cell.

    Raises BookRefused; over a damaged file also whatever zipfile, expat and openpyxl raise.
    """
    opened_archive(content).close()
    # Only now: openpyxl takes longer to load than most refusals take altogether.
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    _check_no_programs(reader)
    _check_no_outside_links(reader.archive)
    return RawBook(sheets=tuple(_sheets(reader)), sha256=hashlib.sha256(content).hexdigest())


def _check_no_programs(reader: "ExcelReader") -> None:
    if any("macroEnabled" in part.ContentType for part in reader.package.Override):
        raise refusal(
            "The workbook may hold macros (programs). Save it as “Excel Workbook (.xlsx)”."
        )


def _check_no_outside_links(archive: ZipFile) -> None:
    """A hyperlink is harmless text here; anything else that reaches outside is refused."""
    from openpyxl.xml.functions import fromstring

    for name in archive.namelist():
        if not name.endswith(".rels"):
            continue
        for link in fromstring(archive.read(name)):
            outside = link.get("TargetMode", "").casefold() == "external"
            if outside and not (link.get("Type") or "").endswith("/hyperlink"):
                raise refusal(
                    "The workbook is linked to something outside it. Copy the sheets into a new "
                    "workbook, as values, and save that."
                )


def _sheets(reader: "ExcelReader") -> Iterator[RawSheet]:
    facts = _facts_of(reader)
    allowance = Allowance()
    for name, part in _sheet_parts(reader):
        yield _sheet(reader.archive.open(part), name, facts=facts, allowance=allowance)


def _facts_of(reader: "ExcelReader") -> "BookFacts":
    from programmes.common.workbooks.cells import BookFacts, shared_strings
    from programmes.common.workbooks.styles import NO_STYLES, styles_in

    package: Any = reader.package
    table = package.find(_SHARED_STRINGS)
    has_styles = _STYLES in reader.valid_files
    return BookFacts(
        strings=shared_strings(reader.archive.open(table.PartName[1:])) if table else [],
        styles=styles_in(reader.archive.read(_STYLES)) if has_styles else NO_STYLES,
        epoch=reader.wb.epoch,
    )


def _sheet_parts(reader: "ExcelReader") -> list[tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for sheet, relation in reader.parser.find_sheets():
        name = shortened(str(sheet.name))
        if relation.target not in reader.valid_files:
            raise refusal("The sheet is listed but is not in the file.", sheet=name)
        if as_heading(name) in found:
            raise refusal("Two sheets have the same name. Rename one of them.", sheet=name)
        found[as_heading(name)] = (name, relation.target)
    if len(found) < len(reader.parser.sheets):
        raise refusal("A sheet of the workbook has no contents of its own. Save a fresh copy.")
    if not found or len(found) > MOST_SHEETS:
        raise refusal(
            f"The workbook has {len(found):,} sheets; between 1 and {MOST_SHEETS} are read."
        )
    return list(found.values())


class Allowance:
    """What may still be read of the whole book."""

    def __init__(self) -> None:
        self.rows = MOST_ROWS
        self.cells = MOST_CELLS
        self.bytes = MOST_BYTES_ANSWERED

    def packed(self, row: RawRow, sheet: str) -> msgspec.Raw:
        """The row as it is handed over. Raises BookRefused where the book is too much."""
        packed = msgspec.msgpack.encode(row)
        self.rows -= 1
        self.cells -= len(row.values)
        self.bytes -= len(packed)
        if min(self.rows, self.cells, self.bytes) < 0:
            raise refusal(
                f"The workbook holds more than is read at once ({MOST_ROWS:,} rows, "
                f"{MOST_CELLS:,} cells, {MOST_BYTES_ANSWERED / 1e6:.0f} million characters). "
                "Split it, for example by year.",
                sheet=sheet,
                row=row.number,
            )
        return msgspec.Raw(packed)


def _sheet(stream: IO[bytes], name: str, *, facts: "BookFacts", allowance: Allowance) -> RawSheet:
    from programmes.common.workbooks.cells import rows_of

    with stream:
        rows = (allowance.packed(row, name) for row in rows_of(stream, name, facts=facts))
        return RawSheet(name, tuple(rows))
