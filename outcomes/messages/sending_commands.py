"""Sending what is due: claimed for a while, checked again, sent, and its end written down.

A claim is committed before anything goes out. While a message is on its way its row and the
consent it rests on stay locked: whoever withdraws consent waits until it has gone, and none goes
after. A worker that dies leaves a claim that runs out: the message may have gone, and is held.
"""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import msgspec

from outcomes.messages.outcome_commands import MAY_GO, note_told, outcome_may_go
from outcomes.messages.rules import LEASE, subject_of, wait_after, words_of
from outcomes.messages.words import Channel, MessageKind, MessageState
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one_as, fetch_value
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.suitability_words import ToldBy

SEND = Permission(Resource.OUTBOX, Verb.WRITE)


class NotSent(Exception):
    """It certainly did not go. `for_good` where trying again would be of no use."""

    def __init__(self, trouble: str, *, for_good: bool = False) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.for_good = for_good


class MayHaveGone(Exception):
    """Nobody can tell whether it went: a person decides."""


class Sender(Protocol):
    """One way out. Everything about a provider stands behind this."""

    async def send(self, message_id: UUID, address: str, subject: str, words: str) -> str:
        """The provider's reference. Raises NotSent or MayHaveGone."""
        ...


class Claimed(msgspec.Struct, frozen=True):
    """A message that this worker alone may send until the lease runs out."""

    id: UUID
    kind: MessageKind
    channel: Channel
    address: str
    items: int
    attempts: int
    starts_at: datetime | None
    room: str | None
    contact_point_id: UUID | None
    outcome_told_id: UUID | None
    outcome: str | None


async def claim(
    worker: UUID,
    channels: list[Channel],
    *,
    actor: Actor,
    now: datetime,
    lease: timedelta = LEASE,
) -> Claimed | None:
    """The next message that may go now, or None.

    Consent, safe hours, the head start and whether it is still true are asked in this statement.
    """
    await begin(actor, SEND, "claim-message")
    return await fetch_one_as(Claimed, _CLAIM, now, now + lease, worker, channels)


async def deliver(
    one: Claimed, worker: UUID, sender: Sender, *, actor: Actor, now: datetime
) -> str:
    """Sends what was claimed, if it may still go; answers the state it is in now."""
    await begin(actor, SEND, "send-message")
    held = await fetch_value(
        "SELECT 1 FROM message WHERE id = $1 AND state = 'sending' AND lease_by = $2 FOR UPDATE",
        one.id,
        worker,
    )
    if held is None:
        return MessageState.HELD
    if one.contact_point_id is not None and not await fetch_value(
        "SELECT 1 FROM contact_point WHERE id = $1 AND withdrawn_at IS NULL FOR SHARE",
        one.contact_point_id,
    ):
        return await _end(one, MessageState.CANCELLED, now, trouble="consent withdrawn")
    if one.outcome_told_id is not None and not await outcome_may_go(one.outcome_told_id):
        return await _end(one, MessageState.CANCELLED, now, trouble="no longer true")
    try:
        reference = await sender.send(one.id, one.address, subject_of(one.kind), _words(one))
    except NotSent as trouble:
        return await _try_later(one, trouble, now)
    except MayHaveGone as trouble:
        return await _end(one, MessageState.HELD, now, trouble=str(trouble))
    if one.outcome_told_id is not None:
        await note_told(one.outcome_told_id, ToldBy.EMAIL, one.address, actor=actor, now=now)
    return await _end(one, MessageState.SENT, now, reference=reference)


def _words(one: Claimed) -> str:
    return words_of(
        one.kind, items=one.items, starts_at=one.starts_at, room=one.room, outcome=one.outcome
    )


async def sweep(*, actor: Actor, now: datetime) -> int:
    """Claims that ran out are held; what may no longer go is cancelled. How many were moved."""
    await begin(actor, SEND, "sweep-outbox")
    held = await execute(
        "UPDATE message SET state = 'held', trouble = 'the sender stopped: it may have gone', "
        "lease_by = NULL, lease_until = NULL, version = version + 1 WHERE id IN ("
        "SELECT id FROM message WHERE state = 'sending' AND lease_until < $1 "
        "FOR UPDATE SKIP LOCKED)",
        now,
    )
    return held + await execute(_CANCEL, now)


async def _try_later(one: Claimed, trouble: NotSent, now: datetime) -> str:
    wait = None if trouble.for_good else wait_after(one.attempts)
    if wait is None:
        return await _end(one, MessageState.FAILED, now, trouble=trouble.trouble)
    return await _end(one, MessageState.WAITING, now + wait, trouble=trouble.trouble)


async def _end(
    one: Claimed,
    state: MessageState,
    at: datetime,
    *,
    trouble: str | None = None,
    reference: str | None = None,
) -> str:
    await execute(
        "UPDATE message SET state = $2, next_try_at = $3, trouble = $4, provider_reference = $5, "
        "sent_at = CASE WHEN $2 = 'sent' THEN $3::timestamptz END, lease_by = NULL, "
        "lease_until = NULL, version = version + 1 WHERE id = $1",
        one.id,
        state.value,
        at,
        trouble,
        reference,
    )
    return state


_STILL_TRUE = f"""
    (m.kind <> 'reminder' OR EXISTS (
        SELECT FROM session s WHERE s.id = m.about_id AND s.status = 'planned'
          AND s.starts_at > $1))
    AND (m.kind <> 'missed' OR EXISTS (
        SELECT FROM attendance_mark k WHERE k.id = m.about_id AND k.is_current AND NOT k.is_there
          AND k.signed_off_at IS NOT NULL))
    AND {MAY_GO}
    AND (m.expires_at IS NULL OR m.expires_at > $1)"""
_CLAIM = f"""
WITH next AS (
    SELECT m.id FROM message m
    LEFT JOIN contact_point c ON c.id = m.contact_point_id
    LEFT JOIN auth.account a ON a.id = m.account_id
    WHERE m.state = 'waiting' AND m.next_try_at <= $1 AND m.channel = ANY($4)
      AND (m.account_id IS NULL OR a.is_active)
      AND (m.contact_point_id IS NULL OR (c.withdrawn_at IS NULL
           AND to_char($1 AT TIME ZONE 'Europe/London', 'HH24:MI') >= c.safe_from
           AND to_char($1 AT TIME ZONE 'Europe/London', 'HH24:MI') < c.safe_until))
      AND {_STILL_TRUE}
    ORDER BY m.next_try_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED
), taken AS (
    UPDATE message SET state = 'sending', lease_until = $2, lease_by = $3,
           attempts = attempts + 1, version = version + 1
    WHERE id = (SELECT id FROM next) RETURNING *
)
SELECT t.id, t.kind, t.channel, coalesce(c.address, a.email, d.worker_email) AS address, t.items,
       t.attempts, s.starts_at, r.code AS room, t.contact_point_id, t.outcome_told_id,
       o.words AS outcome
FROM taken t
LEFT JOIN contact_point c ON c.id = t.contact_point_id
LEFT JOIN auth.account a ON a.id = t.account_id
LEFT JOIN session s ON s.id = t.about_id AND t.kind = 'reminder'
LEFT JOIN room r ON r.id = s.room_id
LEFT JOIN outcome_told o ON o.id = t.outcome_told_id
LEFT JOIN referral_detail d ON d.referral_id = o.referral_id
"""
_CANCEL = f"""
UPDATE message m SET state = 'cancelled', version = version + 1,
       trouble = 'it may no longer go, or is no longer true'
WHERE m.state = 'waiting' AND (NOT ({_STILL_TRUE}) OR EXISTS (
    SELECT FROM contact_point c WHERE c.id = m.contact_point_id AND c.withdrawn_at IS NOT NULL))
"""
