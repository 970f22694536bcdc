"""Taking a referral in, deciding on it, and moving it on."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.catalogue.queries import StoredProgramme, programmes
from programmes.catalogue.words import STATUS_FACTS
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_one_as, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.references import new_reference
from programmes.common.staff import Actor
from programmes.people.commands import assign
from programmes.referrals.intake_rules import entry_mistakes
from programmes.referrals.intake_words import Intake
from programmes.referrals.rules import reasons_not_to_move
from programmes.referrals.tables import Referral, ReferralMove
from programmes.referrals.words import (
    ReferralId,
    ReferralStatus,
    RiskLevel,
    Route,
    Through,
)

CREATE_REFERRAL = Permission(Resource.PERSON, Verb.CREATE)
MOVE_REFERRAL = Permission(Resource.PERSON, Verb.WRITE)


class NewReferral(msgspec.Struct, frozen=True):
    person_id: UUID
    programme_code: str
    agency_id: UUID
    received_on: date
    route: Route
    risk_level: RiskLevel
    referring_worker: str | None = None
    contact_with_child: bool | None = None
    source_ref: str | None = None


class LockedReferral(msgspec.Struct, frozen=True):
    """A referral that this transaction alone may change."""

    id: UUID
    reference: str
    person_id: UUID
    programme_id: UUID
    programme_code: str
    status: ReferralStatus
    risk_level: str
    version: int


async def receive_referral(new: NewReferral, *, actor: Actor, now: datetime) -> ReferralId:
    """Raises Invalid for a date in the future, Refused where one is open already."""
    await begin(actor, CREATE_REFERRAL, "receive-referral")
    programme_id = programme_for(new, await programmes(), today=london_date(now)).id
    await _refuse_joined(new.person_id)
    await _refuse_second_open(new.person_id, programme_id)
    referral_id = ReferralId(new_id(now))
    await insert(
        Referral,
        id=referral_id,
        reference=new_reference("R", referral_id),
        source_ref=new.source_ref,
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


async def move_referral(
    referral_id: UUID,
    after: ReferralStatus,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
    through: Through = Through.HAND,
) -> None:
    """One change of status by the table of moves. Repeating the present one is no change.

    Raises Conflict where somebody moved it meanwhile, Refused where the table or a live place
    stands against it.
    """
    await begin(actor, MOVE_REFERRAL, "move-referral", reason=reason)
    row = await locked_referral(referral_id, version=version, after=after)
    if row is not None:
        await make_move(row, after, reason=reason, through=through, actor=actor, now=now)


async def locked_referral(
    referral_id: UUID, *, version: int, after: ReferralStatus
) -> LockedReferral | None:
    """None where it has that status already; raises NotFound, and Conflict for a stale version."""
    found = await fetch_one_as(
        LockedReferral,
        "SELECT r.id, r.reference, r.person_id, r.programme_id, g.code AS programme_code, "
        "r.status, r.risk_level, r.version FROM referral r "
        "JOIN programme g ON g.id = r.programme_id WHERE r.id = $1 FOR UPDATE OF r",
        referral_id,
    )
    if found is None:
        raise NotFound
    if found.status is after:
        return None
    if found.version != version:
        raise Conflict(
            "Somebody else moved this referral meanwhile.",
            current={
                "outcome": found.status,
                "after": found.status,
                "version": str(found.version),
            },
        )
    return found


async def make_move(
    row: LockedReferral,
    after: ReferralStatus,
    *,
    reason: str,
    through: Through,
    actor: Actor,
    now: datetime,
) -> None:
    """Writes the status and its row of history. Raises Refused with every reason against it."""
    refused = reasons_not_to_move(
        row.status, after, role=actor.role, reason=reason, through=through
    )
    if row.status is ReferralStatus.ENROLLED and await _has_live_place(row.id):
        refused += ("They still have a place. End the place first.",)
    if refused:
        raise Refused(*refused)
    if row.status in (ReferralStatus.NOT_SUITABLE, ReferralStatus.CLOSED):
        await _refuse_second_open(row.person_id, row.programme_id)
    await execute(
        "UPDATE referral SET status = $2, version = version + 1 WHERE id = $1", row.id, after
    )
    await _record_move(row.id, row.person_id, row.status, after, actor, now, reason=reason)


async def _has_live_place(referral_id: UUID) -> bool:
    return bool(
        await fetch_value(
            "SELECT 1 FROM enrolment WHERE referral_id = $1 AND status IN ('enrolled', 'paused')",
            referral_id,
        )
    )


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


def programme_for(
    new: NewReferral | Intake, among: Iterable[StoredProgramme], *, today: date
) -> StoredProgramme:
    """Which programme takes this. Raises Invalid for a date to come, for a programme that takes
    no referrals, and for what its criteria rule out; Refused before its first version."""
    if new.received_on > today:
        raise Invalid({"received_on": "The date of receipt cannot be in the future."})
    found = next((one for one in among if one.code == new.programme_code), None)
    if found is None or not STATUS_FACTS[found.status].takes_referrals:
        raise Invalid({"programme": "Choose a programme that takes referrals."})
    mistakes = entry_mistakes(
        found.version_on(today).rules,
        found.name,
        route=new.route,
        contact_with_child=new.contact_with_child,
    )
    if mistakes:
        raise Invalid(mistakes)
    return found


async def _refuse_joined(person_id: UUID) -> None:
    kept = await fetch_value(
        "SELECT k.reference FROM person p JOIN person k ON k.id = p.merged_into WHERE p.id = $1",
        person_id,
    )
    if kept:
        raise Refused(f"This record is joined to {kept}. Refer that one.")


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
