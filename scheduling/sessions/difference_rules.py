"""What each change makes of the sessions that stand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import assert_never
from uuid import UUID

from msgspec.structs import replace

from programmes.catalogue.rules import allows_catch_up, module_of
from programmes.catalogue.words import SessionContent, SessionKind
from programmes.common.clock import london_date
from programmes.common.errors import NotFound, Refused
from scheduling.calendars.rules import is_closed, written_day
from scheduling.sessions.change_words import (
    AddExtra,
    CancelAndOwe,
    CancelAndShift,
    Change,
    Difference,
    MoveFollowing,
    MoveOne,
    Pause,
    Reach,
    SwapFacilitator,
    SwapInterpreters,
    SwapRoom,
    Undo,
)
from scheduling.sessions.check_rules import Standing, is_fixed, is_live, series_of
from scheduling.sessions.rules import lay_out, london_instant, reasons_slots_do_not_fit
from scheduling.sessions.words import Session, SessionStatus, WeeklySlot

_DAY = timedelta(days=1)


def differences_of(standing: Standing, change: Change) -> list[Difference]:
    """Every session that a change touches, before and after; whether it may is judged apart."""
    match change:
        case MoveOne():
            return _move_one(standing, change)
        case MoveFollowing():
            target = _session(standing, change.session_id)
            moved = [target, *_to_come_after(standing, target)]
            return _laid_again(standing, moved, first_day=change.first_day, slots=change.slots)
        case CancelAndShift():
            return _cancel_and_shift(standing, change)
        case CancelAndOwe():
            target = _session(standing, change.session_id)
            return [Difference(target, _cancelled(target, change.reason))]
        case AddExtra():
            return [Difference(None, _extra(standing, change))]
        case SwapRoom() | SwapFacilitator() | SwapInterpreters():
            return [Difference(s, _swapped(s, change)) for s in _reached(standing, change)]
        case Pause():
            return _pause(standing, change)
        case Undo():
            raise Refused("Undo a change from the plan that was applied.")
        case never:
            assert_never(never)


def _session(standing: Standing, session_id: UUID) -> Session:
    for session in standing.sessions:
        if session.id == session_id:
            return session
    raise NotFound


def _to_come_after(standing: Standing, target: Session) -> list[Session]:
    """The rest of the numbered series after this one, without what is past or recorded."""
    return [
        session
        for session in series_of(standing.sessions)
        if session.number > target.number and not is_fixed(session, standing.now)
    ]


def _move_one(standing: Standing, change: MoveOne) -> list[Difference]:
    target = _session(standing, change.session_id)
    return [Difference(target, _at(target, _instant(change.starts_at)))]


def _instant(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a session's start must be an instant, not a wall time")
    return at.astimezone(UTC)


def _at(session: Session, starts_at: datetime) -> Session:
    """The same session at another time, as long as it was."""
    lasts = session.ends_at - session.starts_at
    return replace(session, starts_at=starts_at, ends_at=starts_at + lasts)


def _laid_again(
    standing: Standing,
    moved: Sequence[Session],
    *,
    first_day: date,
    slots: Sequence[WeeklySlot],
) -> list[Difference]:
    """Puts these sessions, in the order of their content, into the slots from a day on."""
    return _dated(moved, _starts_again(standing, moved, first_day=first_day, slots=slots))


def _starts_again(
    standing: Standing,
    moved: Sequence[Session],
    *,
    first_day: date,
    slots: Sequence[WeeklySlot],
) -> list[datetime]:
    if any(s.kind is SessionKind.EXTRA for s in moved):
        raise Refused("An extra session is not part of the series: move or cancel it alone.")
    minutes = max(int((s.ends_at - s.starts_at).total_seconds()) // 60 for s in moved)
    reasons = reasons_slots_do_not_fit(slots, minutes=minutes, first_day=first_day)
    if reasons:
        raise Refused(*reasons)
    laid = lay_out(
        [SessionContent(s.number, s.module, s.kind) for s in moved],
        version=standing.version,
        first_day=first_day,
        slots=slots,
        closures=standing.closures,
        after=_before(standing, moved[0]),
    ).laid
    return [london_instant(one.day, one.slot.starts) for one in laid]


def _before(standing: Standing, first: Session) -> tuple[SessionKind, date] | None:
    earlier = [s for s in series_of(standing.sessions) if s.number < first.number]
    return (earlier[-1].kind, london_date(earlier[-1].starts_at)) if earlier else None


def _cancel_and_shift(standing: Standing, change: CancelAndShift) -> list[Difference]:
    """The same content is given at the next date, and all that follow move on by one.

    They move along the dates that stand, so that a session which was moved by hand, with its
    room, is used by the next content; only the last one needs a new date. Workshops weeks
    apart, and individual sessions among several slots a week, are laid into the slots again.
    """
    target = _session(standing, change.session_id)
    again = replace(target, id=None)
    moved = [again, *_to_come_after(standing, target)]
    next_day = london_date(target.starts_at) + _DAY
    if _can_move_along(standing):
        following = _move_along(standing, moved)
    else:
        following = _laid_again(standing, moved, first_day=next_day, slots=standing.slots)
    return [Difference(target, _cancelled(target, change.reason)), *following]


def _can_move_along(standing: Standing) -> bool:
    version = standing.version
    return version.gap is None and (len(standing.slots) == 1 or not version.individual)


def _move_along(standing: Standing, moved: Sequence[Session]) -> list[Difference]:
    """Each takes the date of the one after it that is still open; new dates follow the last."""
    dates = [
        session.starts_at
        for session in moved[1:]
        if not is_closed(london_date(session.starts_at), standing.closures)
    ]
    after_all = london_date(moved[-1].starts_at) + _DAY
    rest = moved[len(dates) :]
    dates += _starts_again(standing, rest, first_day=after_all, slots=standing.slots)
    return _dated(moved, dates)


def _dated(moved: Sequence[Session], starts: Sequence[datetime]) -> list[Difference]:
    return [
        Difference(None if session.id is None else session, _at(session, start))
        for session, start in zip(moved, starts, strict=True)
    ]


def _cancelled(session: Session, reason: str) -> Session:
    if not reason.strip():
        raise Refused("Give the reason for cancelling this session.")
    if not is_live(session):
        return session
    return replace(session, status=SessionStatus.CANCELLED, cancelled_because=reason.strip())


def _extra(standing: Standing, change: AddExtra) -> Session:
    """Gives one session again. A pair is repeated whole, unless the service cancelled a part."""
    module = module_of(standing.version, change.number)
    given = any(s.number == change.number for s in series_of(standing.sessions))
    if given and not allows_catch_up(standing.version):
        raise Refused(
            "This programme is repeated whole: whoever missed one session joins another series."
        )
    starts_at = _instant(change.starts_at)
    return Session(
        id=None,
        number=change.number,
        module=module,
        kind=SessionKind.EXTRA,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=standing.version.minutes),
        room_id=change.room_id,
        facilitator_ids=change.facilitator_ids,
        interpreter_ids=change.interpreter_ids,
    )


def _reached(
    standing: Standing, change: SwapRoom | SwapFacilitator | SwapInterpreters
) -> list[Session]:
    target = _session(standing, change.session_id)
    if change.reach is Reach.THIS:
        return [target]
    following = [
        session
        for session in standing.sessions
        if session.starts_at > target.starts_at and not is_fixed(session, standing.now)
    ]
    return [target, *following]


def _swapped(session: Session, change: SwapRoom | SwapFacilitator | SwapInterpreters) -> Session:
    match change:
        case SwapRoom(room_id=room_id):
            return replace(session, room_id=room_id)
        case SwapFacilitator(leaves=leaves, comes=comes):
            swapped = (comes if one == leaves else one for one in session.facilitator_ids)
            return replace(session, facilitator_ids=tuple(dict.fromkeys(swapped)))
        case SwapInterpreters(interpreter_ids=interpreter_ids):
            return replace(session, interpreter_ids=interpreter_ids)
        case never:
            assert_never(never)


def _pause(standing: Standing, change: Pause) -> list[Difference]:
    """The sessions to come from the first day of the pause begin again when it ends."""
    reasons = _reasons_no_pause(standing, change)
    if reasons:
        raise Refused(*reasons)
    moved = [
        session
        for session in series_of(standing.sessions)
        if london_date(session.starts_at) >= change.pause_from
        and not is_fixed(session, standing.now)
    ]
    if not moved:
        raise Refused("No session is left to be held after the pause begins.")
    first_day = max(change.resume_on, london_date(moved[0].starts_at))
    return _laid_again(standing, moved, first_day=first_day, slots=standing.slots)


def _reasons_no_pause(standing: Standing, change: Pause) -> tuple[str, ...]:
    reasons = []
    if change.resume_on <= change.pause_from:
        reasons.append("The day to go on must come after the day on which the pause begins.")
    if not change.reason.strip():
        reasons.append("Give the reason for pausing this cohort.")
    reasons += [
        f"An extra session stands on {written_day(london_date(session.starts_at))}, within the "
        "pause: move or cancel it first."
        for session in standing.sessions
        if session.kind is SessionKind.EXTRA
        and not is_fixed(session, standing.now)
        and change.pause_from <= london_date(session.starts_at) < change.resume_on
    ]
    return tuple(reasons)
