"""A series of sessions from a version, a first day, weekly slots and closed days."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from programmes.catalogue.rules import contents_of
from programmes.catalogue.words import (
    ProgrammeVersion,
    SessionContent,
    SessionKind,
    WeeksBetween,
)
from programmes.common.clock import LONDON
from programmes.common.errors import Refused
from scheduling.calendars.rules import ClosedDays, written_day
from scheduling.sessions.change_words import ChangePlan
from scheduling.sessions.warning_rules import warnings_of
from scheduling.sessions.words import (
    NOT_SET,
    NOTHING_KNOWN,
    Circumstances,
    PlannedSession,
    PlanWarning,
    SeriesPlan,
    Session,
    Setting,
    SkippedDay,
    WarningKind,
    WeeklySlot,
)

SEARCHED_WEEKS = 53
"""A year without one open day is a mistake in the closures, not a plan."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
MINUTES_A_DAY = 24 * 60


class Laid(NamedTuple):
    """Content on a day, in a slot."""

    content: SessionContent
    day: date
    slot: WeeklySlot


class Series(NamedTuple):
    laid: list[Laid]
    skipped: list[SkippedDay]


def plan_series(
    version: ProgrammeVersion,
    *,
    first_day: date,
    slots: Sequence[WeeklySlot],
    closures: ClosedDays,
    setting: Setting = NOT_SET,
    circumstances: Circumstances = NOTHING_KNOWN,
) -> SeriesPlan:
    """Every session of the version, dated, in order, never on a closed day.

    Begins with the first open slot on or after `first_day`. Slots are wall time in London;
    a session lasts as long in the week of a clock change as in any other. Raises Refused with
    all reasons where the slots cannot hold the version or no open day is left for a session.
    """
    reasons = reasons_slots_do_not_fit(slots, minutes=version.minutes, first_day=first_day)
    if reasons:
        raise Refused(*reasons)
    series = lay_out(
        contents_of(version), version=version, first_day=first_day, slots=slots, closures=closures
    )
    sessions = tuple(_planned(laid, version.minutes) for laid in series.laid)
    used = [_session(planned, setting) for planned in sessions]
    return SeriesPlan(
        programme=version.programme,
        version=version.number,
        sessions=sessions,
        skipped=tuple(series.skipped),
        warnings=_often(version, slots) + warnings_of(version, used, circumstances),
    )


def reasons_slots_do_not_fit(
    slots: Sequence[WeeklySlot], *, minutes: int, first_day: date
) -> tuple[str, ...]:
    """Every reason why no series can be laid into these slots."""
    reasons = []
    if not slots:
        reasons.append("Give at least one weekly slot: a weekday and a time.")
    if not FIRST_YEAR <= first_day.year <= LAST_YEAR:
        reasons.append(f"The first day must be between {FIRST_YEAR} and {LAST_YEAR}.")
    reasons += [
        f"A session of {minutes} minutes from {slot.starts:%H:%M} would run past midnight."
        for slot in slots
        if minute_of_day(slot.starts) + minutes > MINUTES_A_DAY
    ]
    reasons += [
        f"The slots on {earlier.weekday.name.capitalize()} at {earlier.starts:%H:%M} and "
        f"{later.starts:%H:%M} overlap."
        for earlier, later in pairwise(sorted(slots))
        if earlier.weekday is later.weekday
        and minute_of_day(later.starts) < minute_of_day(earlier.starts) + minutes
    ]
    return tuple(reasons)


def minute_of_day(at: time) -> int:
    return at.hour * 60 + at.minute


def lay_out(
    contents: Iterable[SessionContent],
    *,
    version: ProgrammeVersion,
    first_day: date,
    slots: Sequence[WeeklySlot],
    closures: ClosedDays,
    after: tuple[SessionKind, date] | None = None,
) -> Series:
    """Puts each content on the first open day that its place in the series allows.

    `after` is the kind and day of the session that stands before the first of them.
    """
    ordered = sorted(slots)
    series = Series([], [])
    for content in contents:
        last = series.laid[-1] if series.laid else None
        if last is None:
            days = _in_own_week(slot_days(first_day, ordered), content, after=after)
        elif version.gap is not None:
            days = _weeks_later(last, version.gap)
        else:
            later = _later(slot_days(last.day, ordered), last)
            days = _in_own_week(later, content, after=(last.content.kind, last.day))
        series.laid.append(_first_open(days, content, closures=closures, skipped=series.skipped))
    return series


def slot_days(first_day: date, slots: Sequence[WeeklySlot]) -> Iterator[tuple[date, WeeklySlot]]:
    """Every slot on or after the first day, week by week, in order; the slots come sorted."""
    monday = monday_of(first_day)
    for week in range(SEARCHED_WEEKS):
        for slot in slots:
            day = monday + timedelta(days=7 * week + slot.weekday)
            if day >= first_day:
                yield day, slot


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _later(
    days: Iterator[tuple[date, WeeklySlot]], last: Laid
) -> Iterator[tuple[date, WeeklySlot]]:
    return ((day, slot) for day, slot in days if (day, slot) > (last.day, last.slot))


def _in_own_week(
    days: Iterator[tuple[date, WeeklySlot]],
    content: SessionContent,
    *,
    after: tuple[SessionKind, date] | None,
) -> Iterator[tuple[date, WeeklySlot]]:
    """An individual session shares its calendar week with no other session of the series."""
    if after is None or SessionKind.INDIVIDUAL not in (content.kind, after[0]):
        return days
    week = monday_of(after[1])
    return ((day, slot) for day, slot in days if monday_of(day) > week)


def _weeks_later(last: Laid, gap: WeeksBetween) -> Iterator[tuple[date, WeeklySlot]]:
    """The usual gap first, then longer ones, then shorter ones, all within what is allowed."""
    longer, shorter = range(gap.usual, gap.most + 1), range(gap.usual - 1, gap.least - 1, -1)
    return ((last.day + timedelta(weeks=weeks), last.slot) for weeks in (*longer, *shorter))


def _first_open(
    days: Iterator[tuple[date, WeeklySlot]],
    content: SessionContent,
    *,
    closures: ClosedDays,
    skipped: list[SkippedDay],
) -> Laid:
    tried = len(skipped)
    for day, slot in days:
        closure = closures.closure_on(day)
        if closure is None:
            return Laid(content, day, slot)
        skipped.append(SkippedDay(day, closure.why))
    closed = "; ".join(f"{written_day(s.on)} ({s.why})" for s in skipped[tried:][:3])
    raise Refused(f"No open day is left for session {content.number}. Closed: {closed}.")


def london_instant(day: date, at: time) -> datetime:
    """The instant of a wall time in London. The hour that spring leaves out begins an hour on."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def _planned(laid: Laid, minutes: int) -> PlannedSession:
    starts_at = london_instant(laid.day, laid.slot.starts)
    number, module, kind = laid.content.number, laid.content.module, laid.content.kind
    return PlannedSession(number, module, kind, starts_at, starts_at + timedelta(minutes=minutes))


def _session(planned: PlannedSession, setting: Setting) -> Session:
    return Session(
        id=None,
        number=planned.number,
        module=planned.module,
        kind=planned.kind,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        room_id=setting.room_id,
        facilitator_ids=setting.facilitator_ids,
        interpreter_ids=setting.interpreter_ids,
    )


def _often(version: ProgrammeVersion, slots: Sequence[WeeklySlot]) -> tuple[PlanWarning, ...]:
    if len(slots) <= version.slots_a_week:
        return ()
    says = f"This uses {len(slots)} slots a week; the programme uses {version.slots_a_week}."
    return (PlanWarning(WarningKind.HELD_MORE_OFTEN, says),)


def plan_hash(plan: SeriesPlan | ChangePlan) -> str:
    """The fingerprint by which a plan is applied only as it was shown."""
    return hashlib.sha256(msgspec.json.encode(plan, order="sorted")).hexdigest()
