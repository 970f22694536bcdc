"""Whether somebody stays in the group after a breach: decided by a named person."""

from datetime import datetime
from uuid import UUID

from outcomes.tasks.commands import finish_tasks_about
from outcomes.tasks.stay_queries import breach_place
from outcomes.tasks.tables import StayDecision
from outcomes.tasks.words import StayOutcome, TaskKind
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import fetch, insert
from programmes.common.errors import Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.cohorts.commands import end_place
from scheduling.cohorts.words import EndReason

DECIDE_STAY = Permission(Resource.COHORTS, Verb.WRITE)


async def decide_stay(
    breach_id: UUID, outcome: StayOutcome, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Appended, so that a second decision stands beside the first. Removed ends the place.

    Raises Refused where no place is held, Invalid without a reason.
    """
    await begin(actor, DECIDE_STAY, "decide-stay", reason=reason)
    place = await breach_place(actor, breach_id)
    if place.enrolment_id is None:
        raise Refused("This person holds no place in a group, so there is nothing to decide.")
    if not reason.strip():
        raise Invalid({"reason": "Enter the reason."})
    await insert(
        StayDecision,
        id=new_id(now),
        person_id=place.person_id,
        breach_id=breach_id,
        enrolment_id=place.enrolment_id,
        outcome=outcome,
        reason=reason,
        decided_at=now,
        decided_by=actor.account_id,
    )
    if outcome is StayOutcome.REMOVED:
        await end_place(
            place.enrolment_id,
            why=EndReason.BREACHED,
            note=reason,
            on=london_date(now),
            actor=actor,
            now=now,
        )
    for row in await fetch("SELECT id FROM breach WHERE event_id = $1", place.event_id):
        await finish_tasks_about(
            row["id"], TaskKind.STAYS_IN_GROUP, note=outcome, actor=actor, now=now
        )
