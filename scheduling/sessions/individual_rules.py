"""When an individual session may be held: in the week that the series gives it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import msgspec

from programmes.common.clock import LONDON, london_date
from scheduling.calendars.rules import ClosedDays, written_day
from scheduling.sessions.individual_words import IndividualAsked, IndividualSession
from scheduling.sessions.rules import monday_of
from scheduling.sessions.words import PlanWarning

_DAY = timedelta(days=1)
_STEPS = tuple(time(hour, minute) for hour in range(8, 21) for minute in (0, 30))


def reasons_not_then(
    session: IndividualSession, starts_at: datetime, closures: ClosedDays, *, now: datetime
) -> tuple[str, ...]:
    """Every reason why it cannot be held then."""
    return tuple(_reasons(session, starts_at, closures, now))


def _reasons(
    session: IndividualSession, starts_at: datetime, closures: ClosedDays, now: datetime
) -> Iterator[str]:
    day = london_date(starts_at)
    monday = monday_of(london_date(session.week_at))
    if session.is_marked:
        yield f"Session {session.number} has been recorded and stays as it is."
    if starts_at <= now:
        yield "That time is past."
    if monday_of(day) != monday:
        sunday = monday + 6 * _DAY
        yield (
            f"Session {session.number} belongs to the week from {written_day(monday)} to "
            f"{written_day(sunday)}."
        )
    if london_date(starts_at + timedelta(minutes=session.minutes)) != day:
        yield "It would run past midnight."
    closure = closures.closure_on(day)
    if closure is not None:
        yield f"{written_day(day)} is closed: {closure.why}."


def times_in_week(session: IndividualSession, *, now: datetime) -> list[datetime]:
    """Half-hours of its week by day, Monday to Saturday, that are still to come."""
    monday = monday_of(london_date(session.week_at))
    starts = (
        datetime.combine(monday + n * _DAY, step, LONDON) for n in range(6) for step in _STEPS
    )
    ends_by = time(21)
    lasts = timedelta(minutes=session.minutes)
    return [one for one in starts if one > now and (one + lasts).time() <= ends_by]


def warnings_hash(asked: IndividualAsked, warnings: tuple[PlanWarning, ...]) -> str:
    """The fingerprint of what was shown; empty where there was nothing to show."""
    if not warnings:
        return ""
    return hashlib.sha256(msgspec.json.encode((asked, warnings), order="sorted")).hexdigest()
