"""Changing a series: planned, shown, applied as shown, and undone."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import to_builtins

from programmes.common.audit import begin
from programmes.common.db import execute, insert
from programmes.common.errors import Conflict
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.cohorts.tables import CohortPause
from scheduling.sessions.change_rules import plan_change, plan_undo, with_ids
from scheduling.sessions.change_words import (
    Change,
    ChangePlan,
    MoveFollowing,
    Pause,
    SwapFacilitator,
)
from scheduling.sessions.check_rules import Standing
from scheduling.sessions.rules import plan_hash
from scheduling.sessions.session_commands import settle_cohort, write_differences
from scheduling.sessions.staff_commands import hand_over
from scheduling.sessions.standing_queries import AppliedChange, applied_change, standing
from scheduling.sessions.tables import SeriesChange

WRITE_SERIES = Permission(Resource.COHORTS, Verb.WRITE)
_DAY = timedelta(days=1)
OTHER_THAN_SHOWN = "This group has changed since the plan was shown. Look at it again."


async def show_change(
    cohort_id: UUID, change: Change, *, actor: Actor, now: datetime
) -> ChangePlan:
    """What would be different, with warnings. Writes nothing. Raises Refused with every reason."""
    must(actor, WRITE_SERIES)
    return plan_change(await standing(actor, cohort_id, now=now, change=change), change)


async def apply_change(
    cohort_id: UUID, change: Change, *, shown: str, actor: Actor, now: datetime
) -> None:
    """Writes the differences that were shown, or nothing.

    Raises Conflict where the plan would be another by now, Clashed where a room or somebody is
    taken.
    """
    await begin(actor, WRITE_SERIES, "change-series", reason=getattr(change, "reason", ""))
    await _lock(cohort_id)
    stands = await standing(actor, cohort_id, now=now, change=change)
    planned = plan_change(stands, change)
    if plan_hash(planned) != shown:
        raise Conflict(OTHER_THAN_SHOWN)
    done = _settled(planned, now)
    await write_differences(cohort_id, done.differences, now=now)
    pause_id = await _pause(cohort_id, change, now)
    if isinstance(change, SwapFacilitator):
        await hand_over(cohort_id, leaves=change.leaves, comes=change.comes, now=now)
    slots = change.slots if isinstance(change, MoveFollowing) else stands.slots
    await settle_cohort(cohort_id, slots=slots)
    await insert(
        SeriesChange,
        id=new_id(now),
        cohort_id=cohort_id,
        what=str(type(change).__struct_config__.tag),
        plan=to_builtins(done),
        slots_before=to_builtins(stands.slots),
        pause_id=pause_id,
        applied_at=now,
        applied_by=actor.account_id,
    )


async def show_undo(cohort_id: UUID, change_id: UUID, *, actor: Actor, now: datetime) -> ChangePlan:
    """The inverse of a change. Raises Refused once one of its sessions has been recorded."""
    must(actor, WRITE_SERIES)
    done = await applied_change(cohort_id, change_id)
    return plan_undo(await _standing_for_undo(actor, cohort_id, done, now), done.plan)


async def undo_change(
    cohort_id: UUID, change_id: UUID, *, shown: str, actor: Actor, now: datetime
) -> None:
    """Takes a change back as shown; sessions that it added are withdrawn."""
    await begin(actor, WRITE_SERIES, "undo-change")
    await _lock(cohort_id)
    done = await applied_change(cohort_id, change_id)
    plan = plan_undo(await _standing_for_undo(actor, cohort_id, done, now), done.plan)
    if plan_hash(plan) != shown:
        raise Conflict(OTHER_THAN_SHOWN)
    await write_differences(cohort_id, plan.differences, now=now)
    if done.pause_id is not None:
        await execute("UPDATE cohort_pause SET withdrawn_at = $2 WHERE id = $1", done.pause_id, now)
    change = done.plan.change
    if isinstance(change, SwapFacilitator):
        await hand_over(cohort_id, leaves=change.comes, comes=change.leaves, now=now)
    await settle_cohort(cohort_id, slots=tuple(done.slots_before or ()))
    await execute("UPDATE series_change SET undone_at = $2 WHERE id = $1", change_id, now)


async def _standing_for_undo(
    actor: Actor, cohort_id: UUID, done: AppliedChange, now: datetime
) -> Standing:
    return await standing(actor, cohort_id, now=now, but_pause=done.pause_id)


async def _lock(cohort_id: UUID) -> None:
    """Two who change one series do so one after the other; the later one sees the earlier."""
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", str(cohort_id))


async def _pause(cohort_id: UUID, change: Change, now: datetime) -> UUID | None:
    if not isinstance(change, Pause):
        return None
    pause_id = new_id(now)
    await insert(
        CohortPause,
        id=pause_id,
        cohort_id=cohort_id,
        from_on=change.pause_from,
        until_on=change.resume_on - _DAY,
        why=change.reason,
    )
    return pause_id


def _settled(plan: ChangePlan, now: datetime) -> ChangePlan:
    """With ids for what is added, so that it can be undone."""
    added = sum(d.after is not None and d.after.id is None for d in plan.differences)
    return with_ids(plan, [new_id(now) for _ in range(added)])
