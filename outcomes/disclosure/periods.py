"""Closed quarters, years and blocks of three years; nothing rolls and nothing is to date."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS = ("January to March", "April to June", "July to September", "October to December")


class Span(StrEnum):
    """How long a published period is."""

    QUARTER = "quarter"
    YEAR = "year"
    THREE_YEARS = "three years"


QUARTERS_IN = {Span.QUARTER: 1, Span.YEAR: 4, Span.THREE_YEARS: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar quarter (`quarter` 1 to 4), or whole calendar years from `year` on."""

    year: int
    quarter: int | None = None
    years: int = 1

    @property
    def span(self) -> Span:
        if self.quarter is not None:
            return Span.QUARTER
        return Span.YEAR if self.years == 1 else Span.THREE_YEARS

    @property
    def quarters(self) -> range:
        """The quarters it is made of, counted from the year 0."""
        first = 4 * self.year + (self.quarter or 1) - 1
        return range(first, first + QUARTERS_IN[self.span])

    @property
    def first_on(self) -> date:
        return _first_day(self.quarters.start)

    @property
    def until(self) -> date:
        """The first day after it."""
        return _first_day(self.quarters.stop)

    @property
    def code(self) -> str:
        """`2026Q3`, `2026` or `2024-2026`."""
        if self.quarter is not None:
            return f"{self.year}Q{self.quarter}"
        return f"{self.year}" if self.years == 1 else f"{self.year}-{self.year + self.years - 1}"

    @property
    def label(self) -> str:
        """`July to September 2026`, `2026` or `2024 to 2026`."""
        if self.quarter is not None:
            return f"{MONTHS[self.quarter - 1]} {self.year}"
        return self.code.replace("-", " to ")

    def overlaps(self, other: "Period") -> bool:
        return _shared(self.quarters, other.quarters)

    def contains(self, other: "Period") -> bool:
        """Whether `other` lies inside it and is shorter."""
        inside = self.quarters.start <= other.quarters.start
        inside = inside and other.quarters.stop <= self.quarters.stop
        return inside and len(other.quarters) < len(self.quarters)


def _shared(first: range, second: range) -> bool:
    return first.start < second.stop and second.start < first.stop


def _first_day(quarter: int) -> date:
    return date(quarter // 4, 3 * (quarter % 4) + 1, 1)


def period(code: str) -> Period:
    """`2026Q3`, `2026` or `2024-2026`. Raises ValueError for anything else."""
    if match := re.fullmatch(r"(\d{4})Q([1-4])", code):
        return Period(int(match[1]), int(match[2]))
    if re.fullmatch(r"\d{4}", code):
        return Period(int(code))
    if (match := re.fullmatch(r"(\d{4})-(\d{4})", code)) and int(match[2]) - int(match[1]) == 2:
        return Period(int(match[1]), years=3)
    raise ValueError(f"{code!r} is not a quarter, a year or a block of three years")


def is_closed(of: Period, on: date) -> bool:
    """Whether the period is over on that day: only then may it be published."""
    return of.until <= on
