"""Sending what a worker asked for: claimed, checked again, sent once, and its end written down.

A claim is committed before anything goes out, and counts as a try. Nothing is tried again unless
a person asks for it. While it goes, her record stays locked: a consent that is withdrawn waits
until it has gone, and none goes after.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from outcomes.messages.rules import LEASE
from outcomes.messages.sending_commands import MayHaveGone, NotSent, Sender
from outcomes.messages.words import MessageState
from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.message_queries import WayToHer, way_to
from outcomes.survivors.message_rules import SUBJECT, WORDS, address_of
from outcomes.survivors.queries import open_survivor
from outcomes.survivors.rules import is_safe_hour
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.words import Channel, SafeContactDetails
from programmes.common.audit import begin
from programmes.common.db import execute, fetch, fetch_one
from programmes.common.staff import Actor

_NO_LONGER = "It is no longer safe, or no longer agreed to."
_TOO_LATE = "There was no safe hour in which it could go."


class Claimed(Struct, frozen=True):
    """A message that this worker alone may send until the lease runs out."""

    id: UUID
    survivor_id: UUID
    channel: Channel


async def messages_waiting(channels: list[Channel], *, actor: Actor) -> list[UUID]:
    """Whether one may go now is sealed, so each is opened to see."""
    await begin(actor, CHANGE_SURVIVOR, "look-for-her-messages")
    rows = await fetch(
        "SELECT id FROM her_message WHERE state = 'waiting' AND channel = ANY($1) "
        "ORDER BY asked_at, id LIMIT 500",
        channels,
    )
    return [row["id"] for row in rows]


async def claim_for_her(
    message_id: UUID,
    worker: UUID,
    *,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
    lease: timedelta = LEASE,
) -> Claimed | None:
    """None where it has to wait for her hours, or is not to go at all any more."""
    await begin(actor, CHANGE_SURVIVOR, "claim-her-message")
    row = await fetch_one(
        "SELECT survivor_id, channel, expires_at FROM her_message "
        "WHERE id = $1 AND state = 'waiting' FOR UPDATE SKIP LOCKED",
        message_id,
    )
    if row is None:
        return None
    one = await open_survivor(actor, row["survivor_id"], sealing=sealing)
    way = await way_to(actor, one, now=now)
    trouble = _NO_LONGER if _is_changed(way, row["channel"]) else ""
    if trouble or now >= row["expires_at"]:
        await _end(message_id, MessageState.CANCELLED, now, trouble=trouble or _TOO_LATE)
        return None
    if way.details is None or not is_safe_hour(way.details, now):
        return None
    await execute(
        "UPDATE her_message SET state = 'sending', attempts = attempts + 1, lease_until = $2, "
        "lease_by = $3, version = version + 1 WHERE id = $1",
        message_id,
        now + lease,
        worker,
    )
    return Claimed(message_id, row["survivor_id"], Channel(row["channel"]))


async def deliver_to_her(
    claimed: Claimed,
    worker: UUID,
    sender: Sender,
    *,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> MessageState:
    """Sends what was claimed, if it may still go; answers the state it is in now."""
    await begin(actor, CHANGE_SURVIVOR, "send-her-message")
    held = await fetch_one(
        "SELECT FROM her_message WHERE id = $1 AND state = 'sending' AND lease_by = $2 FOR UPDATE",
        claimed.id,
        worker,
    )
    if held is None:
        return MessageState.HELD
    await execute("SELECT FROM survivor WHERE id = $1 FOR SHARE", claimed.survivor_id)
    one = await open_survivor(actor, claimed.survivor_id, sealing=sealing)
    way = await way_to(actor, one, now=now)
    if _is_changed(way, claimed.channel) or way.details is None:
        return await _end(claimed.id, MessageState.CANCELLED, now, trouble=_NO_LONGER)
    if not is_safe_hour(way.details, now):
        return await _end(claimed.id, MessageState.FAILED, now, trouble=_TOO_LATE)
    return await _send(claimed.id, way.details, sender, now)


async def sweep_her_messages(*, actor: Actor, now: datetime) -> int:
    """Claims that ran out are held: they may have gone. How many there were."""
    await begin(actor, CHANGE_SURVIVOR, "sweep-her-messages")
    return await execute(
        "UPDATE her_message SET state = 'held', lease_by = NULL, lease_until = NULL, "
        "trouble = 'The sender stopped: it may have gone.', version = version + 1 "
        "WHERE id IN (SELECT id FROM her_message WHERE state = 'sending' AND lease_until < $1 "
        "FOR UPDATE SKIP LOCKED)",
        now,
    )


def _is_changed(way: WayToHer, channel: str) -> bool:
    """She has said otherwise since it was asked for."""
    return bool(way.reasons) or way.details is None or way.details.channel != channel


async def _send(
    message_id: UUID, details: SafeContactDetails, sender: Sender, now: datetime
) -> MessageState:
    try:
        reference = await sender.send(message_id, address_of(details), SUBJECT, WORDS)
    except NotSent as trouble:
        return await _end(message_id, MessageState.FAILED, now, trouble=trouble.trouble)
    except MayHaveGone as trouble:
        return await _end(message_id, MessageState.HELD, now, trouble=str(trouble))
    return await _end(message_id, MessageState.SENT, now, reference=reference)


async def _end(
    message_id: UUID,
    state: MessageState,
    at: datetime,
    *,
    trouble: str | None = None,
    reference: str | None = None,
) -> MessageState:
    await execute(
        "UPDATE her_message SET state = $2, trouble = $3, provider_reference = $4, "
        "sent_at = CASE WHEN $2 = 'sent' THEN $5::timestamptz END, lease_by = NULL, "
        "lease_until = NULL, version = version + 1 WHERE id = $1",
        message_id,
        state.value,
        trouble,
        reference,
        at,
    )
    return state
