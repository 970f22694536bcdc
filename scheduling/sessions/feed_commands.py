"""A member of staff's private calendar address: made, and revoked."""

import hashlib
import secrets
from datetime import datetime

from programmes.common.audit import begin
from programmes.common.db import execute, insert
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.sessions.tables import CalendarFeed

WRITE_FEED = Permission(Resource.COHORTS, Verb.WRITE)


def feed_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def make_feed(*, actor: Actor, now: datetime) -> str:
    """A new address, told this once; the one before stops working."""
    await begin(actor, WRITE_FEED, "make-calendar-feed")
    await _revoke(actor, now)
    token = secrets.token_urlsafe(32)
    await insert(
        CalendarFeed,
        id=new_id(now),
        account_id=actor.account_id,
        token_hash=feed_hash(token),
        made_at=now,
    )
    return token


async def revoke_feed(*, actor: Actor, now: datetime) -> None:
    """From now on the address answers like one that never was."""
    await begin(actor, WRITE_FEED, "revoke-calendar-feed")
    await _revoke(actor, now)


async def _revoke(actor: Actor, now: datetime) -> None:
    await execute(
        "UPDATE calendar_feed SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL",
        actor.account_id,
        now,
    )
