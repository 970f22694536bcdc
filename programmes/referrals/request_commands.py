"""Referrals that programs send: the same key is the same referral, however often it comes."""

from datetime import datetime
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.tables import ReferralRequest

SEND_REFERRAL = Permission(Resource.PERSON, Verb.CREATE)


async def referral_sent_before(key: str, body_hash: bytes, *, actor: Actor) -> UUID | None:
    """Waits for a first request that is still under way; None where this is the first.

    Raises Invalid where the key came with another body.
    """
    await begin(actor, SEND_REFERRAL, "send-referral")
    of_mine = f"{actor.account_id} {key}"
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 8))", of_mine)
    row = await fetch_one(
        "SELECT referral_id, body_hash FROM referral_request "
        "WHERE account_id = $1 AND idempotency_key = $2",
        actor.account_id,
        key,
    )
    if row is None:
        return None
    if row["body_hash"] != body_hash:
        raise Invalid({"Idempotency-Key": "This key was used for another referral. Use a new one."})
    found: UUID = row["referral_id"]
    return found


async def remember_request(
    key: str, body_hash: bytes, referral_id: UUID, *, actor: Actor, now: datetime
) -> None:
    await begin(actor, SEND_REFERRAL, "send-referral")
    await insert(
        ReferralRequest,
        id=new_id(now),
        account_id=actor.account_id,
        idempotency_key=key,
        body_hash=body_hash,
        referral_id=referral_id,
        sent_at=now,
    )
