"""Wall-clock time in London: reading it, and refusing times that were never or twice on a clock."""

import re
from datetime import UTC, date, datetime, time, timedelta

from programmes.common.clock import LONDON
from programmes.common.errors import Invalid

FIRST_YEAR, LAST_YEAR = 2010, 2099
_SHAPE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_EXAMPLE = "Write a date and time like 2026-08-29 11:00."


def read_moment(text: str, *, field: str) -> datetime | date:
    """A date as it stands, or a date and wall time in London as a UTC instant.

    An offset (+01:00, Z) may follow the time and is needed only where a time came twice.
    Seconds are dropped: papers carry minutes. Raises Invalid on the field.
    """
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        raise Invalid({field: f"“{text.strip()[:40]}” cannot be read. {_EXAMPLE}"})
    day, at, offset = shape.groups()
    try:
        whole = datetime.fromisoformat(f"{day}T{at or '00:00'}{offset or ''}")
    except ValueError:
        raise Invalid({field: f"There is no {text.strip()}. {_EXAMPLE}"}) from None
    _check_year(whole, field)
    if at is None:
        return whole.date()
    return whole.astimezone(UTC) if offset else instant_of(whole, field=field)


def read_instant(text: str, *, field: str) -> datetime:
    """As `read_moment`, where the time of day matters. Raises Invalid on the field."""
    moment = read_moment(text, field=field)
    if isinstance(moment, datetime):
        return moment
    raise Invalid({field: f"Give the time of day as well. {_EXAMPLE}"})


def instant_of(wall: datetime, *, field: str) -> datetime:
    """The UTC instant of a naive wall time in London.

    Raises Invalid where London's clocks skipped the time or showed it twice.
    """
    first, second = (wall.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall:
        raise Invalid({field: _never_was(wall)})
    raise Invalid({field: _was_twice(first, second)})


def midnight(day: date) -> datetime:
    """The instant at which a day begins in London, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The instant at which a day is over: 00:00 of the next."""
    return midnight(day + timedelta(days=1))


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {day_in_words(local.date())}"


def _check_year(moment: datetime, field: str) -> None:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Invalid({field: f"Give a year from {FIRST_YEAR} to {LAST_YEAR}."})


def _never_was(wall: datetime) -> str:
    return (
        f"There was no {wall:%H:%M} in London on {day_in_words(wall.date())}: the clocks went "
        "forward from 01:00 to 02:00. Write the time that a right clock showed."
    )


def _was_twice(first: datetime, second: datetime) -> str:
    earlier, later = (f"{on.isoformat(sep=' ', timespec='minutes')}" for on in (first, second))
    return (
        f"{first:%H:%M} came twice in London on {day_in_words(first.date())}: the clocks went "
        f"back from 02:00 to 01:00. Write {earlier} for the first (summer time) or {later} "
        "for the second."
    )
