"""Whether a cohort can be planned, what it would clash with, and which times are free instead."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from itertools import pairwise
from typing import Final
from uuid import UUID

import msgspec
from msgspec.structs import replace

from programmes.catalogue.words import ProgrammeVersion, SessionKind
from programmes.common.clock import london_date
from programmes.common.errors import Refused
from scheduling.calendars.rules import ClosedDays, overlaps_any, written_day
from scheduling.calendars.words import Taken
from scheduling.sessions.planning_words import Clash, CohortRequest, TakenTime, Wanted
from scheduling.sessions.rules import MINUTES_A_DAY, minute_of_day, plan_series
from scheduling.sessions.words import (
    PlannedSession,
    SeriesPlan,
    Session,
    Setting,
    Weekday,
    WeeklySlot,
)

ROOM, STAFF, INTERPRETER, PARTICIPANT = "room", "staff", "interpreter", "participant"
_KIND_SAID: Final = {ROOM: "room", STAFF: "facilitator", INTERPRETER: "interpreter"}
_HALF_HOURS = tuple(time(hour, minute) for hour in range(9, 20) for minute in (0, 30))
_WORKING_WEEK = tuple(Weekday)[:6]
MOST_OFFERED = 3


def reasons_no_cohort(
    version: ProgrammeVersion, request: CohortRequest, *, today: date
) -> tuple[str, ...]:
    """Every reason why this cannot be planned, besides what the series itself refuses."""
    return tuple(_reasons(version, request, today))


def _reasons(version: ProgrammeVersion, request: CohortRequest, today: date) -> Iterator[str]:
    if request.first_day < today:
        yield "The first day is in the past."
    if not version.size.least <= request.capacity <= version.size.most:
        yield (
            f"This programme takes {version.size.least} to {version.size.most} people in a group; "
            f"this is {request.capacity}."
        )
    if version.single_sex and request.sex is None:
        yield "This programme is held for one sex. Say which."


def cohort_plan_hash(request: CohortRequest, series: SeriesPlan) -> str:
    """The fingerprint of all that was shown: what was asked for, and the sessions that answer."""
    return hashlib.sha256(msgspec.json.encode((request, series), order="sorted")).hexdigest()


def wanted_times(
    sessions: Iterable[PlannedSession | Session], setting: Setting | None = None
) -> list[Wanted]:
    """What these sessions occupy. An individual session only marks its week, and occupies nothing
    until a time is booked for each person."""
    return [
        Wanted(
            what=what,
            kind=kind,
            number=session.number,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
        )
        for session in sessions
        if session.kind is not SessionKind.INDIVIDUAL
        for kind, what in _occupied(setting or session)
    ]


def _occupied(by: Setting | Session | PlannedSession) -> Iterator[tuple[str, UUID]]:
    if isinstance(by, PlannedSession):
        return
    if by.room_id is not None:
        yield ROOM, by.room_id
    for staff_id in by.facilitator_ids:
        yield STAFF, staff_id
    for interpreter_id in by.interpreter_ids:
        yield INTERPRETER, interpreter_id


def clashes_of(
    wanted: Iterable[Wanted], taken: Iterable[TakenTime], names: Mapping[UUID, str]
) -> tuple[Clash, ...]:
    """Every clash in the order of time, with the name of what is taken."""
    by_what: dict[UUID, list[TakenTime]] = {}
    for one in taken:
        by_what.setdefault(one.what, []).append(one)
    found = [
        Clash(shown_as=names.get(want.what, "Somebody"), wanted=want, taken=one)
        for want in wanted
        for one in by_what.get(want.what, ())
        if overlaps_any(want.starts_at, want.ends_at, [Taken(one.starts_at, one.ends_at)])
    ]
    return tuple(sorted(found, key=lambda c: (c.wanted.starts_at, c.shown_as)))


def refuse_clashes_within(wanted: Sequence[Wanted]) -> None:
    """Raises Refused where two that are planned together want one room or person at one time."""
    in_order = sorted(wanted, key=lambda one: (one.what, one.starts_at))
    for first, then in pairwise(in_order):
        if first.what == then.what and then.starts_at < first.ends_at:
            raise Refused(
                f"Two of these sessions want the same {_KIND_SAID[first.kind]} on "
                f"{written_day(london_date(then.starts_at))}."
            )


def nearest_free_slots(
    version: ProgrammeVersion,
    request: CohortRequest,
    *,
    closures: ClosedDays,
    taken: Sequence[TakenTime],
) -> tuple[WeeklySlot, ...]:
    """Other weekly times at which the whole series is free, nearest first.

    Only the first slot is moved; the others stay as they were asked for.
    """
    first, *rest = sorted(request.slots)
    found: list[WeeklySlot] = []
    for slot in sorted(_other_slots(version, first), key=lambda s: _minutes_apart(first, s)):
        if len(found) == MOST_OFFERED:
            break
        if any(slot.weekday is other.weekday for other in rest):
            continue
        moved = replace(request, slots=tuple(sorted((slot, *rest))))
        if _is_free(version, moved, closures, taken):
            found.append(slot)
    return tuple(found)


def _other_slots(version: ProgrammeVersion, first: WeeklySlot) -> Iterator[WeeklySlot]:
    for weekday in _WORKING_WEEK:
        for starts in _HALF_HOURS:
            ends = starts.hour * 60 + starts.minute + version.minutes
            if (weekday, starts) != (first.weekday, first.starts) and ends <= 21 * 60:
                yield WeeklySlot(weekday, starts)


def _minutes_apart(one: WeeklySlot, other: WeeklySlot) -> tuple[int, WeeklySlot]:
    days = abs(other.weekday - one.weekday)
    minutes = abs(minute_of_day(other.starts) - minute_of_day(one.starts))
    return days * MINUTES_A_DAY + minutes, other


def _is_free(
    version: ProgrammeVersion,
    request: CohortRequest,
    closures: ClosedDays,
    taken: Sequence[TakenTime],
) -> bool:
    """A weekly time at which the series cannot be laid out at all is not free."""
    first_day, slots = request.first_day, request.slots
    try:
        plan = plan_series(version, first_day=first_day, slots=slots, closures=closures)
    except Refused:
        return False
    return not clashes_of(wanted_times(plan.sessions, request.setting), taken, {})
