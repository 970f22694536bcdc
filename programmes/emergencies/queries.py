"""Records opened in an emergency: one's own, or everybody's for whoever looks at them."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.emergencies.commands import FOUND_NOBODY, LOOK_AT_EMERGENCIES

READ_EMERGENCIES = Permission(Resource.EMERGENCY, Verb.READ)
MOST = 100


class EmergencyRow(Struct, frozen=True):
    """`person_name` is null once the hour is over, for whoever may no longer see him."""

    id: UUID
    person_id: UUID
    reference: str | None
    person_name: str | None
    opened_by: str
    role: str
    reason: str
    opened_at: datetime
    until_at: datetime
    is_open: bool
    seen_at: datetime | None
    seen_words: str | None


class Guesses(Struct, frozen=True):
    """Tries of somebody that found nobody, within the last day."""

    who: str
    role: str
    times: int
    last_at: datetime


async def guesses(actor: Actor) -> list[Guesses]:
    """For managers, who ask about them. Whoever tried most comes first."""
    must(actor, LOOK_AT_EMERGENCIES)
    return await fetch_as(Guesses, _GUESSES, FOUND_NOBODY)


async def emergencies(actor: Actor, *, only_unseen: bool = False) -> list[EmergencyRow]:
    """Newest first."""
    must(actor, READ_EMERGENCIES)
    return await fetch_as(EmergencyRow, _EMERGENCIES, only_unseen, MOST)


_EMERGENCIES = """
SELECT o.id, o.person_id, p.reference, p.first_name || ' ' || p.last_name AS person_name,
       a.name AS opened_by, a.role, o.reason, o.opened_at, o.until_at,
       o.until_at > now() AS is_open, o.seen_at, o.seen_words
FROM emergency_opening o
JOIN auth.account a ON a.id = o.account_id
LEFT JOIN person p ON p.id = o.person_id
WHERE NOT $1 OR o.seen_at IS NULL
ORDER BY o.opened_at DESC, o.id DESC LIMIT $2
"""
_GUESSES = """
SELECT a.name AS who, a.role, count(*)::int AS times, max(e.at) AS last_at
FROM audit.entry e JOIN auth.account a ON a.id = e.account_id
WHERE e.act = $1 AND e.at > now() - interval '1 day'
GROUP BY a.id, a.name, a.role ORDER BY times DESC, last_at DESC, a.id
"""
