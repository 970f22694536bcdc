"""Fields for days and times of day."""

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from app.forms.field import Choice, Field, Typed, first_value
from app.forms.text import FieldError
from app.present import listed, long_date, sentence, wall_time

MONTHS = [name.casefold() for name in month_name if name]
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?m?\.?)?", re.IGNORECASE)
_NAMED_TIMES = {"midnight": time(0), "midday": time(12), "noon": time(12)}


@dataclass(frozen=True)
class Day(Field):
    """Three boxes; the month may be a number or a name."""

    kind: ClassVar[str] = "date"

    def posted_names(self, name: str) -> tuple[str, ...]:
        return (f"{name}-day", f"{name}-month", f"{name}-year")

    def first_id(self, name: str) -> str:
        return f"{name}-day"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> date:
        day, month, year = (first_value(typed, part) for part in self.posted_names(name))
        named = {"a day": day, "a month": month, "a year": year}
        gaps = [part for part, text in named.items() if not text]
        if gaps:
            raise FieldError(f"{sentence(self.name_in_messages)} must include {listed(gaps)}")
        try:
            return date(_year(year), _month(month), _whole_number(day))
        except ValueError:
            raise FieldError(
                f"{sentence(self.name_in_messages)} must be a real date, like 24 11 2026"
            ) from None

    def write(self, value: date, name: str) -> dict[str, tuple[str, ...]]:
        parts = (value.day, value.month, value.year)
        return {
            part: (str(number),)
            for part, number in zip(self.posted_names(name), parts, strict=True)
        }

    def words(self, typed: Typed, name: str, choices: Sequence[Choice]) -> str:
        try:
            return long_date(self.read(typed, name, date, choices))
        except FieldError:
            return " ".join(first_value(typed, part) for part in self.posted_names(name)).strip()


@dataclass(frozen=True)
class TimeOfDay(Field):
    """6:30pm, 6pm, 18:30 or 1830: a wall time in London. A bare 6:30 is asked again."""

    kind: ClassVar[str] = "time"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> time:
        try:
            return _wall_time(first_value(typed, name))
        except ValueError:
            raise FieldError(
                f"Enter {self.name_in_messages} as a time with am or pm, like 6:30pm"
            ) from None

    def write(self, value: time, name: str) -> dict[str, tuple[str, ...]]:
        return {name: (wall_time(value),)}


def _whole_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(text)
    return int(text)


def _year(text: str) -> int:
    year = _whole_number(text)
    if not 1900 <= year <= 2100:
        raise ValueError(text)
    return year


def _month(text: str) -> int:
    if len(text) >= 3:
        return _named_month(text.casefold().rstrip("."))
    return _whole_number(text)


def _named_month(text: str) -> int:
    for number, month in enumerate(MONTHS, start=1):
        if month.startswith(text):
            return number
    raise ValueError(text)


def _wall_time(text: str) -> time:
    if text.casefold() in _NAMED_TIMES:
        return _NAMED_TIMES[text.casefold()]
    match = _TIME.fullmatch(text)
    if match is None or not text.isascii():
        raise ValueError(text)
    hour, minute, half = match[1], int(match[2] or 0), (match[3] or "").lower()
    if half:
        return time(_hour_of_half_day(int(hour), half), minute)
    if len(hour) < 2 or match[2] is None:
        raise ValueError("6:30 without am or pm could be either")
    return time(int(hour), minute)


def _hour_of_half_day(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "p" else 0)
