"""Deciding that somebody completed, taking that back, and noticing that it is out of reach."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from outcomes.completion.queries import standings
from outcomes.completion.rules import reasons_not_to_decide
from outcomes.completion.standing_words import Standing
from outcomes.completion.tables import CompletionDecision, FinishLost
from outcomes.completion.words import CompletionOutcome
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, fetch_one, insert
from programmes.common.errors import NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.facts.commands import NewFact, record_facts
from programmes.facts.words import FactKind
from scheduling.cohorts.queries import runs_cohort
from scheduling.cohorts.tables import EnrolmentMove
from scheduling.cohorts.words import EndReason, EnrolmentStatus

DECIDE_COMPLETION = Permission(Resource.COHORTS, Verb.WRITE)
_AFTER = {
    CompletionOutcome.COMPLETED: EnrolmentStatus.COMPLETED,
    CompletionOutcome.NOT_COMPLETED: EnrolmentStatus.ENDED,
}


async def decide_completion(
    enrolment_id: UUID, outcome: CompletionOutcome, *, reason: str, actor: Actor, now: datetime
) -> UUID:
    """Keeps what the registers say today, the rule it was counted by, and who decided.

    A later decision takes the earlier one back and needs a reason; both stay readable. Raises
    NotFound for a place of another group, Refused with every reason against it.
    """
    await begin(actor, DECIDE_COMPLETION, "decide-completion", reason=reason)
    place = await _locked_place(enrolment_id, actor)
    before = await fetch_one(
        "SELECT outcome, revision FROM completion_decision WHERE enrolment_id = $1 AND is_current",
        enrolment_id,
    )
    (stands,) = await standings(actor, now=now, enrolments=[enrolment_id])
    decided = None if before is None else CompletionOutcome(before["outcome"])
    refused = reasons_not_to_decide(stands, outcome, reason=reason, before=decided)
    if refused:
        raise Refused(*refused)
    decision_id = await _append(stands, outcome, before, reason, actor, now)
    await _end_place(place, enrolment_id, _AFTER[outcome], reason, actor, now)
    if outcome is CompletionOutcome.COMPLETED:
        fact = NewFact(place["person_id"], FactKind.COMPLETED, enrolment_id, now)
        await record_facts((fact,), now=now)
    return decision_id


async def _locked_place(enrolment_id: UUID, actor: Actor) -> Any:
    place = await fetch_one(
        "SELECT e.person_id, e.cohort_id, e.status, c.last_on FROM enrolment e "
        "JOIN cohort c ON c.id = e.cohort_id WHERE e.id = $1 FOR UPDATE OF e",
        enrolment_id,
    )
    if place is None or not await runs_cohort(
        actor, place["cohort_id"], permission=DECIDE_COMPLETION
    ):
        raise NotFound
    if place["status"] == EnrolmentStatus.TRANSFERRED:
        raise Refused("They went on in another group: decide there.")
    return place


async def _append(
    stands: Standing,
    outcome: CompletionOutcome,
    before: Any,
    reason: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    await execute(
        "UPDATE completion_decision SET is_current = false WHERE enrolment_id = $1 AND is_current",
        stands.enrolment_id,
    )
    decision_id = new_id(now)
    await insert(
        CompletionDecision,
        id=decision_id,
        enrolment_id=stands.enrolment_id,
        person_id=stands.person_id,
        cohort_id=stands.cohort_id,
        programme_version_id=stands.programme_version_id,
        outcome=outcome,
        attended=stands.progress.attended,
        needed=stands.progress.needed,
        sessions=stands.progress.of,
        standing=msgspec.to_builtins(stands.progress),
        reason=reason.strip() or None,
        revision=1 if before is None else before["revision"] + 1,
        is_current=True,
        decided_at=now,
        decided_by=actor.account_id,
    )
    return decision_id


async def _end_place(
    place: Any,
    enrolment_id: UUID,
    after: EnrolmentStatus,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """A place that ended before keeps why it ended; a live one ends with the group."""
    before = EnrolmentStatus(place["status"])
    if before is after:
        return
    why = EndReason.OTHER if after is EnrolmentStatus.ENDED else None
    await execute(
        "UPDATE enrolment SET status = $2, ended_on = coalesce(ended_on, $3), end_reason = $4, "
        "version = version + 1 WHERE id = $1",
        enrolment_id,
        after,
        min(place["last_on"], london_date(now)),
        why,
    )
    await insert(
        EnrolmentMove,
        id=new_id(now),
        enrolment_id=enrolment_id,
        person_id=place["person_id"],
        before=before,
        after=after,
        moved_at=now,
        moved_by=actor.account_id,
        reason=reason.strip() or None,
    )


async def notice_lost(*, actor: Actor, now: datetime) -> int:
    """Raises, the day it becomes true, that somebody can no longer finish; ends it where a way
    was found. Run every hour; safe to run twice. Answers how many findings changed."""
    await begin(actor, DECIDE_COMPLETION, "notice-who-cannot-finish")
    changed = 0
    for cohort in await fetch(
        "SELECT id FROM cohort WHERE status IN ('running', 'finished') "
        "AND EXISTS (SELECT FROM enrolment e WHERE e.cohort_id = cohort.id "
        "AND e.status IN ('enrolled', 'paused'))"
    ):
        open_ones = await _open_findings(cohort["id"])
        for stands in await standings(actor, now=now, cohort_id=cohort["id"]):
            changed += await _compare(stands, open_ones.get(stands.enrolment_id), now)
    return changed


async def _open_findings(cohort_id: UUID) -> dict[UUID, UUID]:
    rows = await fetch(
        "SELECT id, enrolment_id FROM finish_lost WHERE cohort_id = $1 AND over_at IS NULL",
        cohort_id,
    )
    return {row["enrolment_id"]: row["id"] for row in rows}


async def _compare(stands: Standing, finding: UUID | None, now: datetime) -> int:
    if stands.is_lost and finding is None:
        await _raise(stands, now)
        return 1
    if finding is not None and stands.is_live and not stands.is_lost:
        await execute("UPDATE finish_lost SET over_at = $2 WHERE id = $1", finding, now)
        return 1
    return 0


async def _raise(stands: Standing, now: datetime) -> None:
    finding, done = new_id(now), stands.progress
    await insert(
        FinishLost,
        id=finding,
        enrolment_id=stands.enrolment_id,
        person_id=stands.person_id,
        cohort_id=stands.cohort_id,
        lost_on=london_date(now),
        attended=done.attended,
        needed=done.needed,
        possible=done.attended + done.left + stands.catch_ups,
        noticed_at=now,
    )
    fact = NewFact(stands.person_id, FactKind.CANNOT_FINISH, finding, now)
    await record_facts((fact,), now=now)
