"""Sessions between two instants, as calendars show them; and what a feed may say."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.sessions.words import SessionStatus

READ_COHORTS = Permission(Resource.COHORTS, Verb.READ)


class CalendarSession(msgspec.Struct, frozen=True):
    """One session in a calendar. `lines` of it name rooms and staff, never participants."""

    id: UUID
    cohort_id: UUID
    cohort_reference: str
    number: int
    kind: str
    status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    room: str
    staff: Sequence[str]


class FeedSession(msgspec.Struct, frozen=True):
    """All that leaves the service by a feed: a time, a group's number, a room's number."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    cohort: str
    room: str


class FeedRow(msgspec.Struct, frozen=True):
    id: UUID
    made_at: datetime


async def sessions_between(
    actor: Actor,
    *,
    from_at: datetime,
    until_at: datetime,
    room_id: UUID | None = None,
    account_id: UUID | None = None,
    cohort_id: UUID | None = None,
) -> list[CalendarSession]:
    """Of one room, one member of staff or one group, where asked; in the order of time."""
    must(actor, READ_COHORTS)
    return await fetch_as(
        CalendarSession,
        """
        SELECT s.id, s.cohort_id, c.reference AS cohort_reference, s.number, s.kind, s.status,
               s.starts_at, s.ends_at, v.name || ', ' || r.name AS room,
               ARRAY(SELECT a.name FROM auth.account a
                     WHERE CASE WHEN s.facilitators IS NULL
                           THEN a.id IN (SELECT k.account_id FROM cohort_staff k
                                         WHERE k.cohort_id = s.cohort_id AND k.until_on IS NULL)
                           ELSE s.facilitators ? a.id::text END ORDER BY a.name) AS staff
        FROM session s JOIN cohort c ON c.id = s.cohort_id
        JOIN room r ON r.id = s.room_id JOIN venue v ON v.id = r.venue_id
        WHERE s.status <> 'withdrawn' AND s.starts_at >= $1 AND s.starts_at < $2
          AND ($3::uuid IS NULL OR s.room_id = $3) AND ($5::uuid IS NULL OR s.cohort_id = $5)
          AND ($4::uuid IS NULL OR s.facilitators ? ($4::uuid)::text
               OR (s.facilitators IS NULL AND EXISTS (
                   SELECT FROM cohort_staff k WHERE k.cohort_id = s.cohort_id
                   AND k.account_id = $4::uuid AND k.until_on IS NULL)))
        ORDER BY s.starts_at, s.id
        """,
        from_at,
        until_at,
        room_id,
        account_id,
        cohort_id,
    )


async def feed_of(actor: Actor) -> FeedRow | None:
    """The asking person's own live feed."""
    must(actor, READ_COHORTS)
    return await fetch_one_as(
        FeedRow,
        "SELECT id, made_at FROM calendar_feed WHERE account_id = $1 AND revoked_at IS NULL",
        actor.account_id,
    )


async def sessions_for_feed(token_hash: bytes) -> list[FeedSession] | None:
    """None for an address that is not live. Asked by a calendar program: nobody is signed in."""
    if not await fetch_value("SELECT auth.is_live_feed($1)", token_hash):
        return None
    return await fetch_as(
        FeedSession,
        "SELECT id, starts_at, ends_at, cohort, room FROM auth.sessions_for_feed($1)",
        token_hash,
    )
