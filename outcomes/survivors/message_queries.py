"""Messages to survivors as their own worker may see them, and whether one may go."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.messages.words import MessageState
from outcomes.survivors.message_rules import reasons_not_to_message
from outcomes.survivors.queries import READ_SURVIVOR, Opened, consents_of
from outcomes.survivors.rules import contact_block
from outcomes.survivors.words import Channel, SafeContactDetails
from programmes.common.clock import london_date
from programmes.common.db import fetch_as, fetch_one
from programmes.common.permissions import must
from programmes.common.staff import Actor

SHOWN = 200
TO_SETTLE = (MessageState.HELD, MessageState.FAILED)


class HerMessageRow(Struct, frozen=True, kw_only=True):
    """One message, never where it goes. `trouble` is why it did not go, or may not have."""

    id: UUID
    survivor_id: UUID
    channel: Channel
    state: MessageState
    asked_at: datetime
    asked_by: str | None
    asked: int
    expires_at: datetime
    trouble: str | None
    sent_at: datetime | None
    settled_by: str | None
    version: int


class WayToHer(Struct, frozen=True):
    """How a message would reach her now, or every reason why none may go."""

    reasons: tuple[str, ...]
    details: SafeContactDetails | None


async def way_to(actor: Actor, one: Opened, *, now: datetime) -> WayToHer:
    """By what she last agreed to and said. Opens her safe contact: show nobody the address."""
    must(actor, READ_SURVIVOR)
    survivor_id = one.facts.id
    row = await fetch_one(
        "SELECT id, reviewed_on, sealed_details FROM safe_contact WHERE survivor_id = $1 "
        "ORDER BY recorded_at DESC, id DESC LIMIT 1",
        survivor_id,
    )
    reviewed_on: date | None = row["reviewed_on"] if row else None
    consents = (await consents_of(actor, [survivor_id]))[survivor_id]
    block = contact_block(consents, reviewed_on, is_erased=one.key is None, today=london_date(now))
    details = None
    if row and one.key:
        details = one.key.unseal_contact(row["sealed_details"], row["id"])
    return WayToHer(reasons_not_to_message(block, details), details)


async def messages_to(actor: Actor, survivor_ids: Sequence[UUID]) -> list[HerMessageRow]:
    """Those that a person has to settle first, then what waits, then what is over."""
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        HerMessageRow,
        f"{_MESSAGE} WHERE m.survivor_id = ANY($1) ORDER BY m.state NOT IN ('held', 'failed'), "
        "m.state NOT IN ('waiting', 'sending'), m.asked_at DESC, m.id DESC LIMIT $2",
        list(survivor_ids),
        SHOWN,
    )


async def messages_to_settle(actor: Actor) -> int:
    """Of one's own people."""
    must(actor, READ_SURVIVOR)
    row = await fetch_one(
        "SELECT count(*)::int AS n FROM her_message WHERE state IN ('held', 'failed') "
        "AND survivor_id IN (SELECT auth.own_survivors())"
    )
    return row["n"] if row else 0


_MESSAGE = """
SELECT m.id, m.survivor_id, m.channel, m.state, m.asked_at, a.name AS asked_by, m.asked,
       m.expires_at, m.trouble, m.sent_at, s.name AS settled_by, m.version
FROM her_message m
LEFT JOIN auth.account a ON a.id = m.asked_by
LEFT JOIN auth.account s ON s.id = m.settled_by
"""
