"""The law of clocks as rows, so that PostgreSQL can tell which deadlines were met."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import msgspec

from programmes.common.wall_time import end_of_day, midnight
from programmes.common.working_days import CALENDARS, Calendar, is_doubtful, is_left_out
from programmes.orders.clocks import deadline
from programmes.orders.lengths import clock_law
from programmes.orders.words import ClockLaw, ClockStop, KindVersion, RunsFrom, Unit

COUNTED = (ClockStop.HEARING, ClockStop.COURT_AFTER_ARREST, ClockStop.NOTIFICATION)
"""What somebody must do in time: an order ends by itself, and no record tells of a prosecution."""

SHIFT = 10**17
"""More microseconds than lie between any two days that are asked about."""

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_MICRO = timedelta(microseconds=1)
_MARGIN = timedelta(days=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class LawRow(msgspec.Struct, frozen=True):
    """One clock of one version of a kind, in hours (`span`, `shift`) or in days and months.

    `shift` is where its calendar stands in the lists of days: the earlier reading there, the
    later one a `SHIFT` further. `dated_at` is where `first_on` stands in the list of ends.
    """

    kind_id: UUID
    stops: ClockStop
    is_from_service: bool
    valid_at: datetime
    span: int | None = None
    shift: int | None = None
    dated_at: int | None = None
    first_on: date | None = None


class ClockRows(msgspec.Struct, frozen=True):
    """The law of clocks as lists. Times are whole microseconds: exact, and quick to search.

    `begins` and `run` tell of each day that counts when it begins, and how long had counted by
    then; every reading of every calendar follows the one before it, moved on by `SHIFT`. `due`
    and `later_due` tell for each day when a clock in days or months ends that began on it.
    """

    laws: list[LawRow]
    begins: list[int]
    run: list[int]
    due: list[int]
    later_due: list[int]


def clock_rows(kinds: Iterable[tuple[UUID, KindVersion]], since: date, until: date) -> ClockRows:
    """What is needed to reckon every clock that began in [since, until)."""
    clocks = [
        (kind_id, law)
        for (kind_id, kind), stop in product(kinds, COUNTED)
        if (law := clock_law(kind, stop)) and law.tiers[0].usual
    ]
    laws = list(dict.fromkeys(law for _kind_id, law in clocks))
    in_hours = [law for law in laws if law.unit is Unit.HOURS]
    calendars = sorted({law.calendar for law in in_hours})
    longest = max((_span(law) for law in in_hours), default=timedelta())
    rows = ClockRows([], [], [], [], [])
    first, last = since - _MARGIN, until + _MARGIN + 2 * longest
    for place, code in enumerate(calendars):
        _add_days(rows, CALENDARS[code], first, last, shift=2 * SHIFT * place)
    dated = {law: _add_dated(rows, law, since, until) for law in laws if law not in in_hours}
    for kind_id, law in clocks:
        row = LawRow(
            kind_id, law.stops, law.runs_from is RunsFrom.SERVICE, midnight(law.valid_from)
        )
        if law in dated:
            row = msgspec.structs.replace(row, dated_at=dated[law], first_on=since)
        else:
            span, shift = _span(law) // _MICRO, 2 * SHIFT * calendars.index(law.calendar)
            row = msgspec.structs.replace(row, span=span, shift=shift)
        rows.laws.append(row)
    return rows


def micros(instant: datetime) -> int:
    """Whole microseconds since 1970."""
    return (instant - _EPOCH) // _MICRO


def _span(law: ClockLaw) -> timedelta:
    return (law.tiers[0].usual or 0) * _HOUR


def _add_days(rows: ClockRows, calendar: Calendar, first: date, last: date, *, shift: int) -> None:
    """By the earlier reading, then by the later, which leaves out what lawyers differ on."""
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    counting = [day for day in days if not is_left_out(day, calendar)]
    certain = [day for day in counting if not is_doubtful(day, calendar)]
    for reading in (counting, certain):
        run = 0
        for day in reading:
            begins = micros(midnight(day))
            rows.begins.append(begins + shift)
            rows.run.append(run + shift)
            run += micros(end_of_day(day)) - begins
        shift += SHIFT


def _add_dated(rows: ClockRows, law: ClockLaw, since: date, until: date) -> int:
    """The rule itself, asked once for each day; where its first day stands, counted from 1."""
    place = len(rows.due) + 1
    for number in range((until - since).days):
        began_on = max(since + number * _DAY, law.valid_from)
        due = deadline(law, midnight(began_on))
        rows.due.append(micros(due.due_at))
        rows.later_due.append(micros(due.later_due_at or due.due_at))
    return place
