"""The outbox as staff may see it: states, never an address; and one's own choices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from outcomes.messages.words import (
    Channel,
    MessageKind,
    MessageState,
    Recipient,
    Telling,
)
from programmes.common.db import fetch, fetch_as, fetch_one_as, fetch_value
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.people.queries import READ_PEOPLE

READ_OUTBOX = Permission(Resource.OUTBOX, Verb.READ)
READ_TELLING = Permission(Resource.TASK, Verb.READ)


class MessageRow(msgspec.Struct, frozen=True):
    """One message: to staff, a participant or a referrer, never to whom."""

    id: UUID
    kind: MessageKind
    channel: Channel
    recipient: Recipient
    created_at: datetime
    next_try_at: datetime
    state: MessageState
    attempts: int
    trouble: str | None
    provider_reference: str | None
    sent_at: datetime | None
    settled_by: str | None
    version: int


class Outbox(msgspec.Struct, frozen=True):
    counts: dict[MessageState, int]
    rows: Sequence[MessageRow]
    total: int


class OutcomeMessage(msgspec.Struct, frozen=True):
    """How the e-mail to a referrer stands."""

    state: MessageState
    next_try_at: datetime
    trouble: str | None


class ContactPointRow(msgspec.Struct, frozen=True):
    id: UUID
    channel: Channel
    address: str
    safe_from: str
    safe_until: str
    consented_at: datetime
    consented_to: str
    withdrawn_at: datetime | None


async def outbox(actor: Actor, *, state: MessageState, page: int = 1) -> Outbox:
    """How many stand in each state, and those of one state, newest first."""
    must(actor, READ_OUTBOX)
    found = {
        MessageState(row["state"]): row["n"]
        for row in await fetch("SELECT state, count(*)::int AS n FROM message GROUP BY state")
    }
    rows = await fetch_as(
        MessageRow,
        f"{_MESSAGE} WHERE m.state = $1 ORDER BY m.created_at DESC, m.id DESC LIMIT $2 OFFSET $3",
        state,
        PAGE,
        (page - 1) * PAGE,
    )
    counts = {one: found.get(one, 0) for one in MessageState}
    return Outbox(counts, rows, counts[state])


async def messages_held(actor: Actor) -> int:
    must(actor, READ_OUTBOX)
    found: int = await fetch_value("SELECT count(*) FROM message WHERE state = 'held'")
    return found


async def message_of_outcome(actor: Actor, told_id: UUID) -> OutcomeMessage | None:
    must(actor, READ_OUTBOX)
    return await fetch_one_as(
        OutcomeMessage,
        "SELECT state, next_try_at, trouble FROM message WHERE outcome_told_id = $1",
        told_id,
    )


async def telling_of(actor: Actor) -> Telling:
    """The digest, where nothing was chosen."""
    must(actor, READ_TELLING)
    found = await fetch_value(
        "SELECT choice FROM telling_choice WHERE account_id = $1", actor.account_id
    )
    return Telling(found) if found else Telling.DIGEST


async def contact_points(actor: Actor, person_id: UUID) -> list[ContactPointRow]:
    """Those in use first."""
    must(actor, READ_PEOPLE)
    return await fetch_as(
        ContactPointRow,
        "SELECT c.id, c.channel, c.address, c.safe_from, c.safe_until, c.consented_at, "
        "a.name AS consented_to, c.withdrawn_at FROM contact_point c "
        "JOIN auth.account a ON a.id = c.consented_to WHERE c.person_id = $1 "
        "ORDER BY c.withdrawn_at DESC NULLS FIRST, c.consented_at DESC, c.id DESC",
        person_id,
    )


_MESSAGE = """
SELECT m.id, m.kind, m.channel, m.created_at,
       CASE WHEN m.account_id IS NOT NULL THEN 'staff' WHEN m.outcome_told_id IS NOT NULL
            THEN 'referrer' ELSE 'participant' END AS recipient,
       m.next_try_at, m.state, m.attempts, m.trouble, m.provider_reference, m.sent_at,
       a.name AS settled_by, m.version
FROM message m LEFT JOIN auth.account a ON a.id = m.settled_by
"""
