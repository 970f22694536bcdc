"""What no change of a series may do: each rule gives every reason against the plan."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from programmes.catalogue.words import ProgrammeVersion, SessionKind, WeeksBetween
from programmes.common.clock import london_date
from scheduling.calendars.rules import ClosedDays, overlaps_any, written_day
from scheduling.calendars.words import Taken
from scheduling.sessions.change_words import Difference
from scheduling.sessions.words import (
    NOTHING_KNOWN,
    Appointment,
    Circumstances,
    Session,
    SessionStatus,
    WeeklySlot,
)


class Standing(NamedTuple):
    """A cohort's sessions as they stand, and all that a change of them depends on.

    `closures` are those of the venue in which the changed sessions would be held, with this
    cohort's own pauses (to undo a pause, without that one).
    """

    version: ProgrammeVersion
    sessions: tuple[Session, ...]
    slots: tuple[WeeklySlot, ...]
    closures: ClosedDays
    now: datetime
    appointments: tuple[Appointment, ...] = ()
    circumstances: Circumstances = NOTHING_KNOWN


class Proposal(NamedTuple):
    """The sessions as they would stand, and what in them is different."""

    resulting: tuple[Session, ...]
    differences: tuple[Difference, ...]

    @property
    def changed(self) -> list[Session]:
        """Sessions that would be held at another time, in another room, or that are new."""
        return [
            d.after
            for d in self.differences
            if d.after is not None and is_live(d.after) and _is_elsewhere(d.before, d.after)
        ]


def is_live(session: Session) -> bool:
    return session.status is SessionStatus.PLANNED


def is_fixed(session: Session, now: datetime) -> bool:
    """Past, recorded and cancelled sessions stay as they are."""
    return session.is_recorded or session.starts_at <= now or not is_live(session)


def series_of(sessions: Iterable[Session]) -> list[Session]:
    """The numbered sessions that are to be held, in the order of their content."""
    live = (s for s in sessions if is_live(s) and s.kind is not SessionKind.EXTRA)
    return sorted(live, key=lambda s: s.number)


def _is_elsewhere(before: Session | None, after: Session) -> bool:
    if before is None or not is_live(before):
        return True
    return (before.starts_at, before.ends_at, before.room_id) != (
        after.starts_at,
        after.ends_at,
        after.room_id,
    )


def reasons_history_changes(
    differences: Sequence[Difference], now: datetime, *, may_reopen: bool
) -> tuple[str, ...]:
    """Past and recorded sessions never change, and nothing is put into the past.

    Only an undo may reopen what was cancelled.
    """
    reasons = []
    for before in (d.before for d in differences if d.before is not None):
        if before.is_recorded:
            reasons.append(f"{_named(before)} has been recorded and stays as it is.")
        elif before.starts_at <= now:
            reasons.append(f"{_named(before)} is past and stays as it is.")
        elif not is_live(before) and not may_reopen:
            reasons.append(f"{_named(before)} was cancelled and stays so.")
    for after in (d.after for d in differences if d.after is not None):
        if after.starts_at <= now and is_live(after):
            reasons.append(f"{_named(after)} would be in the past.")
    return tuple(reasons)


def _named(session: Session) -> str:
    return f"Session {session.number} on {written_day(london_date(session.starts_at))}"


def reasons_against(standing: Standing, proposal: Proposal) -> tuple[str, ...]:
    """Closed days, content out of order, workshops too near or too far, clashes."""
    return (
        *_closed(proposal, standing.closures),
        *_past_midnight(proposal),
        *_out_of_order(proposal),
        *_outside_gap(proposal, standing.version.gap),
        *_extras_clash(proposal),
        *_appointments_clash(proposal, standing.appointments),
    )


def _closed(proposal: Proposal, closures: ClosedDays) -> Iterable[str]:
    for session in proposal.changed:
        closure = closures.closure_on(london_date(session.starts_at))
        if closure is not None:
            yield f"{_named(session)} would fall on a closed day: {closure.why}."


def _past_midnight(proposal: Proposal) -> Iterable[str]:
    for session in proposal.changed:
        if london_date(session.starts_at) != london_date(session.ends_at):
            yield f"{_named(session)} would run past midnight."


def _out_of_order(proposal: Proposal) -> Iterable[str]:
    changed = proposal.changed
    for earlier, later in pairwise(series_of(proposal.resulting)):
        if earlier.ends_at > later.starts_at and (earlier in changed or later in changed):
            yield (
                f"Session {later.number} would no longer come after session {earlier.number}: "
                "the content keeps its order."
            )


def _outside_gap(proposal: Proposal, gap: WeeksBetween | None) -> Iterable[str]:
    if gap is None:
        return
    changed = proposal.changed
    series = series_of(proposal.resulting)
    extras = [s for s in changed if s.kind is SessionKind.EXTRA]
    pairs = [
        *((a, b) for a, b in pairwise(series) if a in changed or b in changed),
        *((a, b) for b in extras for a in series if a.number == b.number - 1),
    ]
    for earlier, later in pairs:
        days = (london_date(later.starts_at) - london_date(earlier.starts_at)).days
        if not 7 * gap.least <= days <= 7 * gap.most:
            yield (
                f"Session {later.number} must come {gap.least} to {gap.most} weeks after "
                f"session {earlier.number}; this would be {days} days."
            )


def _extras_clash(proposal: Proposal) -> Iterable[str]:
    for session in _in_a_room(proposal.changed):
        for other in _in_a_room(proposal.resulting):
            extra = SessionKind.EXTRA in (session.kind, other.kind)
            if extra and other is not session and _clash(session, other):
                yield f"{_named(session)} would clash with {_named(other)}."


def _in_a_room(sessions: Iterable[Session]) -> list[Session]:
    """An individual session only marks its week; its times are booked for each person."""
    return [s for s in sessions if is_live(s) and s.kind is not SessionKind.INDIVIDUAL]


def _clash(one: Session | Appointment, other: Session | Appointment) -> bool:
    return overlaps_any(one.starts_at, one.ends_at, [Taken(other.starts_at, other.ends_at)])


def _appointments_clash(proposal: Proposal, appointments: Sequence[Appointment]) -> Iterable[str]:
    for session in _in_a_room(proposal.changed):
        for booked in appointments:
            if _clash(session, booked):
                yield (
                    f"{_named(session)} would clash with a session that is booked for "
                    f"{booked.shown_as}: book that one again first, or choose another time."
                )
