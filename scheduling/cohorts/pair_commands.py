"""Programmes that are repeated whole: miss one workshop, repeat both."""

from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.rules import allows_catch_up
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import fetch_one
from programmes.common.errors import NotFound, Refused
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.commands import move_referral
from programmes.referrals.words import ReferralStatus
from scheduling.cohorts.commands import end_place, enrol
from scheduling.cohorts.words import EndReason, EnrolmentId

WRITE_COHORTS = Permission(Resource.COHORTS, Verb.WRITE)
REPEATS = "Missed a workshop, or came too late to be admitted: repeats both."


async def repeat_pair(
    enrolment_id: UUID, *, into: UUID | None, actor: Actor, now: datetime
) -> EnrolmentId | None:
    """Ends the place and gives one in a later pair, or puts them back among those who wait.

    Raises Refused for a programme in which one missed session can be made up alone, and for a
    pair that cannot take them.
    """
    await begin(actor, WRITE_COHORTS, "repeat-pair", reason=REPEATS)
    place = await _live_place(enrolment_id)
    rules = (await programme_version(place["programme_version_id"])).rules
    if allows_catch_up(rules):
        raise Refused("In this programme a missed session is made up alone: book a catch-up.")
    if into == place["cohort_id"]:
        raise Refused("Choose another pair: this is the one to be repeated.")
    await end_place(
        enrolment_id,
        why=EndReason.REPEATS,
        note=REPEATS,
        on=london_date(now),
        actor=actor,
        now=now,
    )
    await move_referral(
        place["referral_id"],
        ReferralStatus.WAITING,
        version=place["referral_version"],
        reason=REPEATS,
        actor=actor,
        now=now,
    )
    if into is None:
        return None
    return await enrol(
        place["referral_id"],
        into,
        referral_version=place["referral_version"] + 1,
        actor=actor,
        now=now,
    )


async def _live_place(enrolment_id: UUID) -> Any:
    row = await fetch_one(
        "SELECT e.cohort_id, e.referral_id, e.programme_version_id, e.status, "
        "r.version AS referral_version FROM enrolment e JOIN referral r ON r.id = e.referral_id "
        "WHERE e.id = $1 FOR UPDATE OF e",
        enrolment_id,
    )
    if row is None:
        raise NotFound
    if row["status"] not in ("enrolled", "paused"):
        raise Refused("This place is over already.")
    return row
