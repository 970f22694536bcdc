"""Text as people type it into cells, made comparable, and what may not stand in it."""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"))
_JOINERS: Final = "\u200c\u200d"
_LINE_WHITE: Final = "\t\n\r"
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_NOT_TEXT: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LONGEST_SHOWN: Final = 40


def one_line(text: str) -> str:
    """In normal form C, without invisible marks, every run of white space one blank."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def several_lines(text: str) -> str:
    """As `one_line`, line by line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(one_line(line) for line in lines).strip()


def what_may_not_stand_in(text: str) -> str | None:
    """The first thing that text may not hold, in words; None where there is none.

    Direction overrides make a name read differently from what is stored; joiners are part of
    ordinary spelling in Persian and several Indian languages, and stay.
    """
    if text.isascii() and text.isprintable():
        return None
    for character in text.translate(_INVISIBLE):
        category = unicodedata.category(character)
        if category not in _NOT_TEXT or character in _LINE_WHITE or character in _JOINERS:
            continue
        name = f"U+{ord(character):04X}"
        if category == "Cf":
            return f"a hidden mark that changes how text is shown ({name})"
        return f"a control character ({name})"
    return None


def as_heading(text: str) -> str:
    """A heading or a choice as it is compared: case, blanks and kinds of dash do not count."""
    return one_line(text).translate(_DASHES).replace("’", "'").casefold()


def shortened(text: str) -> str:
    """Short, on one line, nothing hidden in it."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in one_line(text))
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}…"


def shown(text: str) -> str:
    """A value as a message quotes it."""
    return f"“{shortened(text)}”"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could run it once somebody edits the cell."""
    return re.match(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]", text) is not None
