"""Changes near the one that was asked for: other times, rooms or people, the nearest first."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from msgspec.structs import replace

from programmes.common.clock import LONDON
from programmes.common.errors import NotFound, Refused
from scheduling.sessions.change_rules import plan_change
from scheduling.sessions.change_words import (
    AddExtra,
    CancelAndOwe,
    CancelAndShift,
    Change,
    ChangePlan,
    MoveFollowing,
    MoveOne,
    Pause,
    SwapFacilitator,
    SwapRoom,
)
from scheduling.sessions.check_rules import Standing, is_live
from scheduling.sessions.planning_rules import MOST_OFFERED, PARTICIPANT, clashes_of, wanted_times
from scheduling.sessions.planning_words import TakenTime, Wanted
from scheduling.sessions.words import Session, Weekday, WeeklySlot

_DAY = timedelta(days=1)
_REACH_DAYS = 10
_HALF_HOURS = tuple(time(hour, minute) for hour in range(9, 21) for minute in (0, 30))


def nearby(standing: Standing, change: Change) -> Iterable[Change]:
    """What could be asked for instead, the nearest first; nothing for a change without a choice."""
    match change:
        case MoveOne() | AddExtra():
            return [replace(change, starts_at=at) for at in _times_near(change.starts_at)]
        case MoveFollowing():
            return [replace(change, slots=(slot,)) for slot in _slots_near(change.slots[0])]
        case SwapRoom():
            rooms = standing.circumstances.rooms
            return [replace(change, room_id=one.id) for one in rooms if one.id != change.room_id]
        case SwapFacilitator():
            return [replace(change, comes=one) for one in _others(standing, change)]
        case CancelAndShift():
            return [CancelAndOwe(session_id=change.session_id, reason=change.reason)]
        case Pause():
            days = range(1, 8 * 7)
            return [replace(change, resume_on=change.resume_on + n * _DAY) for n in days]
        case _:
            return ()


def free_among(
    standing: Standing,
    candidates: Iterable[Change],
    *,
    taken: Iterable[TakenTime],
    people: Iterable[UUID],
) -> tuple[Change, ...]:
    """The first of them that nothing speaks against and that clash with nothing."""
    known, members = list(taken), tuple(people)
    found: list[Change] = []
    for change in candidates:
        plan = _allowed(standing, change)
        if plan is not None and not _clashes(plan, known, members):
            found.append(change)
            if len(found) == MOST_OFFERED:
                break
    return tuple(found)


def _allowed(standing: Standing, change: Change) -> ChangePlan | None:
    try:
        return plan_change(standing, change)
    except (Refused, NotFound):
        return None


def _clashes(plan: ChangePlan, taken: list[TakenTime], people: tuple[UUID, ...]) -> bool:
    touched = {d.before.id for d in plan.differences if d.before}
    after = [d.after for d in plan.differences if d.after is not None and is_live(d.after)]
    others = [one for one in taken if one.session_id not in touched]
    return bool(clashes_of(list(_wanted(after, people)), others, {}))


def _wanted(sessions: list[Session], people: tuple[UUID, ...]) -> Iterator[Wanted]:
    times = wanted_times(sessions)
    yield from times
    for starts_at, ends_at, number in {(one.starts_at, one.ends_at, one.number) for one in times}:
        for person in people:
            yield Wanted(
                what=person, kind=PARTICIPANT, number=number, starts_at=starts_at, ends_at=ends_at
            )


def _times_near(wanted: datetime) -> list[datetime]:
    local = wanted.astimezone(LONDON)
    days = [local.date() + n * _DAY for n in range(-_REACH_DAYS, _REACH_DAYS + 1)]
    starts = [
        datetime.combine(day, at, LONDON) for day in days if day.weekday() < 6 for at in _HALF_HOURS
    ]
    return sorted((one for one in starts if one != wanted), key=lambda at: _apart(wanted, at))


def _apart(one: datetime, other: datetime) -> tuple[int, float, datetime]:
    """The same day before the same hour of another one."""
    days = abs((other.astimezone(LONDON).date() - one.astimezone(LONDON).date()).days)
    return days, abs((other - one).total_seconds()) % 86_400, other


def _slots_near(wanted: WeeklySlot) -> list[WeeklySlot]:
    slots = [WeeklySlot(day, at) for day in tuple(Weekday)[:6] for at in _HALF_HOURS]
    return sorted(
        (one for one in slots if one != wanted),
        key=lambda s: (abs(s.weekday - wanted.weekday), abs(_minutes(s) - _minutes(wanted)), s),
    )


def _minutes(slot: WeeklySlot) -> int:
    return slot.starts.hour * 60 + slot.starts.minute


def _others(standing: Standing, change: SwapFacilitator) -> Iterator[UUID]:
    """Whoever may lead this programme comes first; an interpreter has languages and no sex."""
    code = standing.version.staffing.accreditation
    staff = [one for one in standing.circumstances.staff if one.sex]
    ordered = sorted(
        staff, key=lambda one: code is not None and code not in {a.code for a in one.accreditations}
    )
    return (one.id for one in ordered if one.id not in (change.comes, change.leaves))
