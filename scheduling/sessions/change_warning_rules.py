"""What a manager should know of a change before it is written."""

from collections.abc import Iterable
from itertools import pairwise

from programmes.catalogue.words import SessionKind
from programmes.common.clock import LONDON, london_date
from scheduling.calendars.rules import written_day
from scheduling.sessions.change_words import CancelAndOwe, Change, MoveFollowing
from scheduling.sessions.check_rules import Proposal, Standing, is_live, series_of
from scheduling.sessions.rules import monday_of
from scheduling.sessions.warning_rules import warnings_of
from scheduling.sessions.words import PlanWarning, Session, WarningKind, WeeklySlot


def warnings_of_change(
    standing: Standing, change: Change, proposal: Proposal
) -> tuple[PlanWarning, ...]:
    """Every warning about the sessions that would be different."""
    touched = [d.after for d in proposal.differences if d.after is not None and is_live(d.after)]
    return (
        *_other_slot(_slots_of(standing, change), proposal),
        *_shares_week(proposal),
        *_ends_later(standing, proposal),
        *_owed_again(change, proposal),
        *_appointments_apart(standing, proposal),
        *warnings_of(standing.version, touched, standing.circumstances),
    )


def _slots_of(standing: Standing, change: Change) -> tuple[WeeklySlot, ...]:
    return change.slots if isinstance(change, MoveFollowing) else standing.slots


def _other_slot(slots: tuple[WeeklySlot, ...], proposal: Proposal) -> Iterable[PlanWarning]:
    for session in proposal.changed:
        local = session.starts_at.astimezone(LONDON)
        if (local.weekday(), local.time()) not in {(s.weekday, s.starts) for s in slots}:
            says = f"Session {session.number} would be on {_when(session)}, outside its usual time."
            yield PlanWarning(WarningKind.OTHER_SLOT, says, (session.number,))


def _when(session: Session) -> str:
    local = session.starts_at.astimezone(LONDON)
    return f"{written_day(local.date())} at {local:%H:%M}"


def _shares_week(proposal: Proposal) -> Iterable[PlanWarning]:
    changed = proposal.changed
    for earlier, later in pairwise(series_of(proposal.resulting)):
        individual = SessionKind.INDIVIDUAL in (earlier.kind, later.kind)
        if (
            individual
            and _week(earlier) == _week(later)
            and (earlier in changed or later in changed)
        ):
            says = f"Sessions {earlier.number} and {later.number} would fall in one week."
            numbers = (earlier.number, later.number)
            yield PlanWarning(WarningKind.SHARES_WEEK, says, numbers)


def _week(session: Session) -> str:
    return monday_of(london_date(session.starts_at)).isoformat()


def _ends_later(standing: Standing, proposal: Proposal) -> Iterable[PlanWarning]:
    before, after = series_of(standing.sessions), series_of(proposal.resulting)
    if not before or not after:
        return
    was, would_be = london_date(before[-1].starts_at), london_date(after[-1].starts_at)
    if would_be > was:
        says = f"The series would end on {written_day(would_be)}, not on {written_day(was)}."
        yield PlanWarning(WarningKind.ENDS_LATER, says, (after[-1].number,))


def _owed_again(change: Change, proposal: Proposal) -> Iterable[PlanWarning]:
    if isinstance(change, CancelAndOwe):
        for number in {d.before.number for d in proposal.differences if d.before is not None}:
            says = f"Session {number} is owed to everybody: add an extra to give it again."
            yield PlanWarning(WarningKind.OWED_AGAIN, says, (number,))


def _appointments_apart(standing: Standing, proposal: Proposal) -> Iterable[PlanWarning]:
    """Individual times that people were given stay; their session's week has moved away."""
    moved = {s.number: s for s in proposal.changed if s.kind is SessionKind.INDIVIDUAL}
    for booked in standing.appointments:
        session = moved.get(booked.number)
        if session is None or booked.kind is not SessionKind.INDIVIDUAL:
            continue
        if monday_of(london_date(booked.starts_at)).isoformat() != _week(session):
            says = f"The individual session booked for {booked.shown_as} stays where it is."
            yield PlanWarning(WarningKind.APPOINTMENT_APART, says, (booked.number,))
