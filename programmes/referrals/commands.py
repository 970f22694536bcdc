"""Taking a referral in, deciding on it, and moving it on."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.catalogue.queries import programmes
from programmes.catalogue.words import ProgrammeStatus
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_one, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.references import new_reference
from programmes.common.staff import Actor
from programmes.people.commands import assign
from programmes.referrals.intake_rules import entry_mistakes
from programmes.referrals.rules import reasons_not_to_move
from programmes.referrals.tables import Referral, ReferralMove, SuitabilityDecision
from programmes.referrals.words import (
    Outcome,
    ReasonCode,
    ReferralId,
    ReferralStatus,
    RiskLevel,
    Route,
)

CREATE_REFERRAL = Permission(Resource.PERSON, Verb.CREATE)
MOVE_REFERRAL = Permission(Resource.PERSON, Verb.WRITE)
DECIDE_SUITABILITY = Permission(Resource.SUITABILITY, Verb.WRITE)
_STATUS_AFTER = {
    Outcome.SUITABLE: ReferralStatus.WAITING,
    Outcome.NOT_SUITABLE: ReferralStatus.NOT_SUITABLE,
    Outcome.CLOSED: ReferralStatus.CLOSED,
}


class NewReferral(msgspec.Struct, frozen=True):
    person_id: UUID
    programme_code: str
    agency_id: UUID
    received_on: date
    route: Route
    risk_level: RiskLevel
    referring_worker: str | None = None
    contact_with_child: bool | None = None


class Decision(msgspec.Struct, frozen=True):
    """`reason_code` is required unless the outcome is suitable."""

    outcome: Outcome
    reason_code: ReasonCode | None = None
    note: str | None = None


async def receive_referral(new: NewReferral, *, actor: Actor, now: datetime) -> ReferralId:
    """Raises Invalid for a date in the future, Refused where one is open already."""
    await begin(actor, CREATE_REFERRAL, "receive-referral")
    programme_id = await _programme_to_refer_to(new, now)
    await _refuse_second_open(new.person_id, programme_id)
    referral_id = ReferralId(new_id(now))
    await insert(
        Referral,
        id=referral_id,
        reference=new_reference("R", referral_id),
        person_id=new.person_id,
        programme_id=programme_id,
        agency_id=new.agency_id,
        referring_worker=new.referring_worker,
        received_on=new.received_on,
        route=new.route,
        risk_level=new.risk_level,
        contact_with_child=new.contact_with_child,
        status=ReferralStatus.RECEIVED,
        created_at=now,
        created_by=actor.account_id,
    )
    await _record_move(referral_id, new.person_id, None, ReferralStatus.RECEIVED, actor, now)
    await _give_to_team(new, actor, now)
    return referral_id


async def decide_suitability(
    referral_id: UUID, decision: Decision, *, version: int, actor: Actor, now: datetime
) -> None:
    """Suitable puts him on the waiting list; the reason of a refusal is kept as unmet need."""
    await begin(actor, DECIDE_SUITABILITY, "decide-suitability", reason=decision.note or "")
    if decision.outcome is not Outcome.SUITABLE and decision.reason_code is None:
        raise Invalid({"reason_code": "Choose the reason."})
    after = _STATUS_AFTER[decision.outcome]
    reason = decision.note or decision.reason_code or ""
    person_id, programme_id = await _move(
        referral_id, after, version=version, reason=reason, actor=actor, now=now
    )
    await insert(
        SuitabilityDecision,
        id=new_id(now),
        referral_id=referral_id,
        person_id=person_id,
        programme_version_id=await _version_in_force(programme_id, london_date(now)),
        outcome=decision.outcome,
        reason_code=decision.reason_code,
        note=decision.note,
        decided_on=london_date(now),
        decided_by=actor.account_id,
        recorded_at=now,
    )


async def move_referral(
    referral_id: UUID,
    after: ReferralStatus,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """One change of status by the table of moves. Repeating the present one is no change."""
    await begin(actor, MOVE_REFERRAL, "move-referral", reason=reason)
    await _move(referral_id, after, version=version, reason=reason, actor=actor, now=now)


async def _move(
    referral_id: UUID,
    after: ReferralStatus,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> tuple[UUID, UUID]:
    row = await fetch_one(
        "SELECT person_id, programme_id, status, version FROM referral WHERE id = $1 FOR UPDATE",
        referral_id,
    )
    if row is None:
        raise NotFound
    before = ReferralStatus(row["status"])
    if before is after:
        return row["person_id"], row["programme_id"]
    if row["version"] != version:
        raise Conflict(
            "Somebody else moved this referral meanwhile.",
            current={"outcome": before, "version": str(row["version"])},
        )
    refused = reasons_not_to_move(before, after, role=actor.role, reason=reason)
    if refused:
        raise Refused(*refused)
    await execute(
        "UPDATE referral SET status = $2, version = version + 1 WHERE id = $1", referral_id, after
    )
    await _record_move(referral_id, row["person_id"], before, after, actor, now, reason=reason)
    return row["person_id"], row["programme_id"]


async def _record_move(
    referral_id: UUID,
    person_id: UUID,
    before: ReferralStatus | None,
    after: ReferralStatus,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
) -> None:
    await insert(
        ReferralMove,
        id=new_id(now),
        referral_id=referral_id,
        person_id=person_id,
        before=before,
        after=after,
        moved_at=now,
        moved_by=actor.account_id,
        reason=reason or None,
    )


async def _programme_to_refer_to(new: NewReferral, now: datetime) -> UUID:
    if new.received_on > london_date(now):
        raise Invalid({"received_on": "The date of receipt cannot be in the future."})
    found = next((one for one in await programmes() if one.code == new.programme_code), None)
    if found is None or found.status in (ProgrammeStatus.CLOSING, ProgrammeStatus.RETIRED):
        raise Invalid({"programme": "Choose a programme that takes referrals."})
    mistakes = entry_mistakes(
        found.version_on(london_date(now)).rules,
        found.name,
        route=new.route,
        contact_with_child=new.contact_with_child,
    )
    if mistakes:
        raise Invalid(mistakes)
    return found.id


async def _refuse_second_open(person_id: UUID, programme_id: UUID) -> None:
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", str(person_id))
    if await fetch_value(
        "SELECT 1 FROM referral WHERE person_id = $1 AND programme_id = $2 "
        "AND status IN ('received', 'checked', 'assessed', 'waiting', 'offered')",
        person_id,
        programme_id,
    ):
        raise Refused("This person has an open referral to this programme already.")


async def _give_to_team(new: NewReferral, actor: Actor, now: datetime) -> None:
    team = await fetch_value("SELECT name FROM team WHERE programme_code = $1", new.programme_code)
    if team:
        await assign(new.person_id, team_name=team, actor=actor, now=now)


async def _version_in_force(programme_id: UUID, on: date) -> UUID:
    found: UUID | None = await fetch_value(
        "SELECT id FROM programme_version WHERE programme_id = $1 AND valid_from <= $2 "
        "ORDER BY number DESC LIMIT 1",
        programme_id,
        on,
    )
    if found is None:
        raise Refused("This programme has no version in force. Add one first.")
    return found
