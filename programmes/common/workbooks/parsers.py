"""What one cell must hold, kind by kind. A parser returns the value or raises CellProblem."""

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from difflib import get_close_matches
from typing import Final, TypeVar

from programmes.common.workbooks.text import (
    as_heading,
    looks_like_formula,
    one_line,
    several_lines,
    shown,
    what_may_not_stand_in,
)
from programmes.common.workbooks.words import Special, Value

T = TypeVar("T")
Parser = Callable[[Value], object]

LONGEST_TEXT: Final = 200
LONGEST_NOTE: Final = 4_000
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2100

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_BRITISH: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,9}", re.ASCII)
_REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.-]{0,39}")
_DISTRICT: Final = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_MOMENTS: Final = {"date": "a date", "moment": "a date and time", "time": "a time of day"}


class CellProblem(Exception):
    """What is wrong with a cell, as the end of a sentence that begins with its value."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def text(value: Value) -> str:
    """One line of at most 200 characters."""
    return _line(value, LONGEST_TEXT)


def reference(value: Value) -> str:
    """The short ref by which rows of a book point at each other."""
    found = _line(value, LONGEST_TEXT)
    if not _REFERENCE.fullmatch(found):
        raise CellProblem(
            "is not a ref. Use letters, digits, - / . and _ only, at most 40, with no blanks."
        )
    return found


def note(value: Value) -> str:
    """Free text of at most 4,000 characters, on several lines."""
    found = _plain(value)
    if found.lstrip().startswith("="):
        raise CellProblem("begins like a formula. Take the = away.")
    return _no_longer_than(several_lines(found), LONGEST_NOTE)


def parts_of(value: Value) -> tuple[str, ...]:
    """Several short texts separated by semicolons."""
    pieces = (one_line(piece) for piece in note(value).split(";"))
    return tuple(_no_longer_than(piece, LONGEST_TEXT) for piece in pieces if piece)


def postcode_district(value: Value) -> str:
    """The first half of a postcode: enough to plan by, too little to find anybody."""
    found = one_line(_plain(value)).upper()
    if not _DISTRICT.fullmatch(found):
        raise CellProblem("is not a postcode district. Give its first half only, such as LS8.")
    return found


def day(value: Value) -> date:
    """A real date, or text as 2018-02-28 or 28/02/2018."""
    if isinstance(value, Special) and value.kind == "date":
        return _plausible(date.fromisoformat(value.text))
    if isinstance(value, Special) and value.kind == "moment":
        raise CellProblem("holds a time of day as well. Type the date alone.")
    if not isinstance(value, str):
        raise CellProblem("is not a date. Type it as 2018-02-28 or 28/02/2018.")
    found = one_line(value)
    if iso := _ISO.fullmatch(found):
        return _on_the_calendar(int(iso[1]), int(iso[2]), int(iso[3]))
    if british := _BRITISH.fullmatch(found):
        return _on_the_calendar(int(british[3]), int(british[2]), int(british[1]))
    raise CellProblem("is not a date. Type it as 2018-02-28 or 28/02/2018.")


def time_of_day(value: Value) -> time:
    """A real time, or text as 18:00; to the minute."""
    if isinstance(value, Special) and value.kind == "time":
        return time.fromisoformat(value.text).replace(second=0, microsecond=0)
    found = _TIME.fullmatch(one_line(value)) if isinstance(value, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise CellProblem("is not a time of day. Type it as 18:00.")
    return time(int(found[1]), int(found[2]))


def whole_number(least: int, most: int) -> Callable[[Value], int]:
    """A whole number from `least` to `most`, typed as a number or as digits."""

    def parse(value: Value) -> int:
        number = _whole(value)
        if number is None or not least <= number <= most:
            raise CellProblem(f"is not a whole number from {least} to {most}.")
        return number

    return parse


def yes_no(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    return _YES_NO(value)


def choice(options: Mapping[str, T]) -> Callable[[Value], T]:
    """One of a list of words; case, blanks and kinds of dash do not count."""
    by_word = {as_heading(word): meaning for word, meaning in options.items()}

    def parse(value: Value) -> T:
        found = as_heading(value) if isinstance(value, str) else None
        if found is None or found not in by_word:
            raise CellProblem(f"is not known here. {_advice(found or '', options)}")
        return by_word[found]

    return parse


_YES_NO: Final = choice({"yes": True, "no": False})


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that was probably meant, if any."""
    by_word = {as_heading(option): option for option in options}
    found = get_close_matches(as_heading(word)[:80], by_word, n=1, cutoff=0.75)
    return by_word[found[0]] if found else None


def _advice(found: str, options: Iterable[str]) -> str:
    meant = nearest(found, options)
    listed = ", ".join(f"“{option}”" for option in options)
    return f"{f'Did you mean “{meant}”? ' if meant else ''}Use one of: {listed}."


def _line(value: Value, most: int) -> str:
    found = one_line(_plain(value))
    if looks_like_formula(found):
        raise CellProblem("begins like a formula (=, +, - or @). Take that character away.")
    return _no_longer_than(found, most)


def _plain(value: Value) -> str:
    if isinstance(value, Special):
        kind = _MOMENTS.get(value.kind, "a length of time")
        raise CellProblem(f"is {kind}, where text belongs. Format the cell as text.")
    if isinstance(value, bool) or value is None:
        raise CellProblem("is true or false, where text belongs. Type the text.")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    found = str(value)
    if problem := what_may_not_stand_in(found):
        raise CellProblem(f"holds {problem}. Type it again by hand.")
    return found


def _no_longer_than(found: str, most: int) -> str:
    if len(found) > most:
        raise CellProblem(f"is {len(found):,} characters long; at most {most:,} are kept.")
    return found


def _whole(value: Value) -> int | None:
    match value:
        case bool() | None | Special():
            return None
        case int():
            return value
        case float():
            return int(value) if value.is_integer() else None
        case str():
            found = one_line(value)
            return int(found) if _WHOLE.fullmatch(found) else None


def _on_the_calendar(year: int, month: int, day_of_month: int) -> date:
    if not 1 <= month <= 12:
        raise CellProblem(f"is not a date: there is no month {month}. The day comes first.")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise CellProblem(f"is not between {EARLIEST_YEAR} and {LATEST_YEAR}. Check the year.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day_of_month <= last:
        raise CellProblem(
            f"is not a date: {calendar.month_name[month]} {year} has {last} days. Correct the day."
        )
    return date(year, month, day_of_month)


def _plausible(found: date) -> date:
    return _on_the_calendar(found.year, found.month, found.day)


def described(value: Value) -> str:
    """The value as a message quotes it."""
    if isinstance(value, Special):
        return shown(value.text)
    if isinstance(value, bool):
        return "“TRUE”" if value else "“FALSE”"
    return shown(str(value))
