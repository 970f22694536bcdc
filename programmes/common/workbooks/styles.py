"""Which cell styles of a book show a number as a date; runs in the limited child process.

openpyxl reads the whole style sheet, and gives the book up over a fill that it does not know.
Only number formats matter here.
"""

from typing import Final

from msgspec import Struct
from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring


class Styles(Struct, frozen=True):
    """The positions of the styles that show a date or time, and of those that show a length."""

    dates: frozenset[int]
    durations: frozenset[int]


_LONGEST_FORMAT: Final = 255
NO_STYLES: Final = Styles(frozenset(), frozenset())


def styles_in(content: bytes) -> Styles:
    """What the style sheet says of numbers. Raises ValueError where an id is not a number."""
    sheet = fromstring(content)
    tag = f"{{{SHEET_MAIN_NS}}}"
    custom = {
        int(made.get("numFmtId", "0")): made.get("formatCode", "")[:_LONGEST_FORMAT]
        for made in sheet.iterfind(f"{tag}numFmts/{tag}numFmt")
    }
    formats = [
        custom.get(number) or builtin_format_code(number)
        for number in (
            int(style.get("numFmtId", "0")) for style in sheet.iterfind(f"{tag}cellXfs/{tag}xf")
        )
    ]
    return Styles(
        frozenset(n for n, code in enumerate(formats) if is_date_format(code)),
        frozenset(n for n, code in enumerate(formats) if is_timedelta_format(code)),
    )
