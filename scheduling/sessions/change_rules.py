"""Changing a series: what would be different, shown before it is written, and taken back."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from programmes.common.errors import Conflict, Refused
from scheduling.sessions.change_warning_rules import warnings_of_change
from scheduling.sessions.change_words import Change, ChangePlan, Difference, Undo
from scheduling.sessions.check_rules import (
    Proposal,
    Standing,
    reasons_against,
    reasons_history_changes,
)
from scheduling.sessions.difference_rules import differences_of
from scheduling.sessions.rules import plan_hash
from scheduling.sessions.words import Session


def plan_change(standing: Standing, change: Change) -> ChangePlan:
    """The sessions that a change would make different, with warnings; nothing is written.

    Sessions keep their id and their content; only those that are to come can change; booked
    appointments are never part of it. Raises Refused with every reason against it, NotFound
    for a session of another cohort.
    """
    return _checked(standing, change, differences_of(standing, change))


def plan_undo(standing: Standing, done: ChangePlan) -> ChangePlan:
    """The inverse of a plan that was applied, until the first of its sessions is recorded.

    Raises Conflict where one of them was changed again since: undo the later change first.
    """
    current = {session.id: session for session in standing.sessions}
    differences = []
    for difference in done.differences:
        now_stands = None if difference.after is None else current.get(difference.after.id)
        if _unrecorded(now_stands) != _unrecorded(difference.after):
            raise Conflict("These sessions were changed again since. Undo the later change first.")
        differences.append(Difference(now_stands, difference.before))
    return _checked(standing, Undo(plan_hash(done)), differences)


def _unrecorded(session: Session | None) -> Session | None:
    return None if session is None else replace(session, is_recorded=False)


def _checked(standing: Standing, change: Change, differences: Sequence[Difference]) -> ChangePlan:
    real = tuple(d for d in differences if d.before != d.after)
    if not real:
        raise Refused("Nothing would change.")
    proposal = Proposal(resulting(standing.sessions, real), real)
    may_reopen = isinstance(change, Undo)
    reasons = (
        *reasons_history_changes(real, standing.now, may_reopen=may_reopen),
        *reasons_against(standing, proposal),
    )
    if reasons:
        raise Refused(*dict.fromkeys(reasons))
    warnings = warnings_of_change(standing, change, proposal)
    return ChangePlan(change=change, differences=real, warnings=warnings)


def with_ids(plan: ChangePlan, new_ids: Iterable[UUID]) -> ChangePlan:
    """The plan as it is applied: sessions that it adds have an id, and so can be undone."""
    ids = iter(new_ids)
    differences = tuple(
        Difference(d.before, replace(d.after, id=next(ids)))
        if d.after is not None and d.after.id is None
        else d
        for d in plan.differences
    )
    return replace(plan, differences=differences)


def resulting(
    sessions: Sequence[Session], differences: Sequence[Difference]
) -> tuple[Session, ...]:
    """The sessions after these differences, in order of time."""
    after_of = {d.before.id: d.after for d in differences if d.before is not None}
    kept = [after_of.get(s.id, s) for s in sessions]
    added = [d.after for d in differences if d.before is None]
    found = [session for session in (*kept, *added) if session is not None]
    return tuple(sorted(found, key=lambda s: (s.starts_at, s.number)))
