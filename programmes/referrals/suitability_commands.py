"""Deciding who is suitable: against every criterion, by a second person where one is not met."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.catalogue.queries import StoredVersion, programme
from programmes.catalogue.queries import version as programme_version
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_one_as, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.commands import LockedReferral, locked_referral, make_move
from programmes.referrals.suitability_rules import (
    findings,
    reasons_against,
    told_to_referrer,
)
from programmes.referrals.suitability_words import Answers, Decision
from programmes.referrals.tables import (
    OutcomeTold,
    SuitabilityDecision,
    SuitabilityFinding,
    SuitabilityOverride,
)
from programmes.referrals.words import Outcome, ReferralStatus, Through

DECIDE_SUITABILITY = Permission(Resource.SUITABILITY, Verb.WRITE)
STATUS_AFTER = {
    Outcome.SUITABLE: ReferralStatus.WAITING,
    Outcome.NOT_SUITABLE: ReferralStatus.NOT_SUITABLE,
    Outcome.CLOSED: ReferralStatus.CLOSED,
}
_SECOND = "To find them suitable all the same, give the reason below: a second person decides."


class Override(msgspec.Struct, frozen=True):
    """What somebody asks a second person to agree to."""

    id: UUID
    referral_id: UUID
    programme_version_id: UUID
    answers: Answers
    note: str | None
    reason: str
    referral_version: int
    asked_by: UUID


async def decide_suitability(
    referral_id: UUID, decision: Decision, *, version: int, actor: Actor, now: datetime
) -> None:
    """Suitable puts somebody on the waiting list; the reason of a refusal is kept as unmet need.

    Raises Refused with everything that stands against it. With `override_reason` nothing is
    decided yet: a second person is asked. Deciding the same again is no change.
    """
    await begin(actor, DECIDE_SUITABILITY, "decide-suitability", reason=decision.note or "")
    if decision.outcome is not Outcome.SUITABLE and decision.reason_code is None:
        raise Invalid({"reason_code": "Choose the reason."})
    row = await locked_referral(referral_id, version=version, after=STATUS_AFTER[decision.outcome])
    if row is None:
        return
    rules = (await programme(row.programme_code)).version_on(london_date(now))
    if decision.outcome is Outcome.SUITABLE and (against := _against(row, rules, decision)):
        if not decision.override_reason:
            raise Refused(*against, _SECOND)
        await _ask_second(row, rules, decision, against, actor=actor, now=now)
        return
    await _decide(row, rules, decision, actor=actor, now=now)


def _against(row: LockedReferral, rules: StoredVersion, decision: Decision) -> tuple[str, ...]:
    return reasons_against(rules.rules, decision.answers, risk_level=row.risk_level)


async def _decide(
    row: LockedReferral,
    rules: StoredVersion,
    decision: Decision,
    *,
    actor: Actor,
    now: datetime,
    asked_by: UUID | None = None,
) -> None:
    after = STATUS_AFTER[decision.outcome]
    # The history is read by referrers too: it says what was decided, never why.
    reason = f"Decided: {decision.outcome}"
    await make_move(row, after, reason=reason, through=Through.DECISION, actor=actor, now=now)
    decision_id = new_id(now)
    await insert(
        SuitabilityDecision,
        id=decision_id,
        referral_id=row.id,
        person_id=row.person_id,
        programme_version_id=rules.id,
        outcome=decision.outcome,
        reason_code=decision.reason_code,
        note=decision.note,
        decided_on=london_date(now),
        decided_by=actor.account_id,
        recorded_at=now,
        override_reason=decision.override_reason if asked_by else None,
        asked_by=asked_by,
    )
    await _keep_findings(decision_id, row, rules, decision, now)
    await _tell_referrer(decision_id, row, decision, now)


async def _keep_findings(
    decision_id: UUID, row: LockedReferral, rules: StoredVersion, decision: Decision, now: datetime
) -> None:
    """Only where somebody went through the criteria: an early closure asks nothing."""
    if not decision.answers:
        return
    for found in findings(rules.rules, decision.answers):
        await insert(
            SuitabilityFinding,
            id=new_id(now),
            decision_id=decision_id,
            person_id=row.person_id,
            **msgspec.structs.asdict(found),
        )


async def _tell_referrer(
    decision_id: UUID, row: LockedReferral, decision: Decision, now: datetime
) -> None:
    words = told_to_referrer(decision.outcome, reference=row.reference)
    await insert(
        OutcomeTold,
        id=new_id(now),
        decision_id=decision_id,
        referral_id=row.id,
        person_id=row.person_id,
        words=words,
        told_at=now,
    )


async def _ask_second(
    row: LockedReferral,
    rules: StoredVersion,
    decision: Decision,
    against: tuple[str, ...],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if await fetch_value(
        "SELECT 1 FROM suitability_override WHERE referral_id = $1 AND settled_at IS NULL", row.id
    ):
        raise Refused("A second person has been asked already.")
    await insert(
        SuitabilityOverride,
        id=new_id(now),
        referral_id=row.id,
        person_id=row.person_id,
        programme_version_id=rules.id,
        answers={str(one): msgspec.structs.asdict(said) for one, said in decision.answers.items()},
        against=list(against),
        note=decision.note,
        reason=decision.override_reason,
        referral_version=row.version,
        asked_by=actor.account_id,
        asked_at=now,
    )


async def settle_override(
    referral_id: UUID, *, is_agreed: bool, actor: Actor, now: datetime
) -> None:
    """By somebody else than who asked. Agreed, they are suitable; declined, nothing is decided.

    Whoever asked may take it back, which is declining it.
    """
    await begin(actor, DECIDE_SUITABILITY, "settle-override")
    asked = await _open_override(referral_id)
    if is_agreed and asked.asked_by == actor.account_id:
        raise Refused("You asked for this yourself. Somebody else has to agree to it.")
    await execute(
        "UPDATE suitability_override SET settled_by = $2, settled_at = $3, is_agreed = $4 "
        "WHERE id = $1",
        asked.id,
        actor.account_id,
        now,
        is_agreed,
    )
    if is_agreed:
        await _decide_as_asked(asked, actor=actor, now=now)


async def _open_override(referral_id: UUID) -> Override:
    found = await fetch_one_as(
        Override,
        "SELECT id, referral_id, programme_version_id, answers, note, reason, referral_version, "
        "asked_by FROM suitability_override WHERE referral_id = $1 AND settled_at IS NULL "
        "FOR UPDATE",
        referral_id,
    )
    if found is None:
        if await fetch_value("SELECT 1 FROM referral WHERE id = $1", referral_id):
            raise Conflict("Somebody else settled this meanwhile.")
        raise NotFound
    return found


async def _decide_as_asked(asked: Override, *, actor: Actor, now: datetime) -> None:
    """Raises Conflict where the referral was moved since: it is to be asked for again."""
    row = await locked_referral(
        asked.referral_id, version=asked.referral_version, after=ReferralStatus.WAITING
    )
    if row is None:
        return
    decision = Decision(
        Outcome.SUITABLE, note=asked.note, answers=asked.answers, override_reason=asked.reason
    )
    rules = await programme_version(asked.programme_version_id)
    await _decide(row, rules, decision, actor=actor, now=now, asked_by=asked.asked_by)
