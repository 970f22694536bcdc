"""Which days are closed, and why; which times near a wanted one are free."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from programmes.common.clock import london_date
from programmes.common.working_days import bank_holidays, good_friday
from scheduling.calendars.words import Closure, ClosureKind, Taken

_DAY = timedelta(days=1)
LONGEST_CLOSURE_DAYS = 3660
"""A closure of more than ten years is a slip of the keyboard."""


@lru_cache(maxsize=128)
def bank_holidays_of(year: int) -> dict[date, Closure]:
    """Days of a year on which England is closed, as those who plan a group understand it.

    Besides the bank holidays: Christmas Day and Good Friday, which the statutes name apart,
    and Boxing Day and New Year's Day also where their substitutes fall on another day.
    Source: Banking and Financial Dealings Act 1971 s.1 and Sch. 1.
    """
    named = {
        date(year, 1, 1): "New Year's Day",
        good_friday(year): "Good Friday",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Boxing Day",
    }
    return {day: _bank_holiday(day, why) for day, why in {**bank_holidays(year), **named}.items()}


def _bank_holiday(day: date, why: str) -> Closure:
    return Closure(kind=ClosureKind.BANK_HOLIDAY, from_on=day, until_on=day, why=why)


class ClosedDays:
    """Bank holidays of England in whatever year is asked, and what the service entered.

    Made once for a venue; without one only closures of the whole service count.
    """

    def __init__(self, entered: Iterable[Closure] = (), *, venue_id: UUID | None = None) -> None:
        """Raises ValueError for a closure that ends before it begins or has no end in sight."""
        self._entered: dict[date, Closure] = {}
        for closure in entered:
            if closure.venue_id in (None, venue_id):
                self._entered.update((day, closure) for day in _days_of(closure))

    def closure_on(self, day: date) -> Closure | None:
        """Why nothing is held on this day; None where it is open."""
        return bank_holidays_of(day.year).get(day) or self._entered.get(day)


def _days_of(closure: Closure) -> Iterator[date]:
    days = (closure.until_on - closure.from_on).days
    if not 0 <= days <= LONGEST_CLOSURE_DAYS:
        raise ValueError(f"closed from {closure.from_on} until {closure.until_on}")
    return (closure.from_on + _DAY * n for n in range(days + 1))


def is_closed(day: date, closures: ClosedDays) -> bool:
    return closures.closure_on(day) is not None


def written_day(day: date) -> str:
    """Tuesday 8 September 2026: how refusals and warnings name a day."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def nearest_free_times(
    wanted: datetime,
    candidates: Iterable[datetime],
    *,
    lasts: timedelta,
    taken: Sequence[Taken],
    closures: ClosedDays,
    limit: int = 3,
) -> tuple[datetime, ...]:
    """Starts among the candidates that clash with nothing, nearest to the wanted one first."""
    free = (
        start
        for start in candidates
        if not is_closed(london_date(start), closures)
        and not overlaps_any(start, start + lasts, taken)
    )
    return tuple(sorted(free, key=lambda start: (abs(start - wanted), start))[:limit])


def overlaps_any(starts_at: datetime, ends_at: datetime, taken: Iterable[Taken]) -> bool:
    """Half open: a group that ends at eight and one that begins at eight do not clash."""
    return any(t.starts_at < ends_at and starts_at < t.ends_at for t in taken)
