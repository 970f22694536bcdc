"""Telling who referred how it was decided: by e-mail from the outbox, or by telephone.

An e-mail waits the same head start for everybody, so that its time says nothing of anybody.
"""

from datetime import datetime, timedelta
from uuid import UUID

from outcomes.messages.words import MessageKind
from programmes.common.audit import begin
from programmes.common.db import execute, fetch, fetch_one, fetch_value
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.suitability_queries import MAY_BE_TOLD, OUTCOME_STANDS
from programmes.referrals.suitability_words import ToldBy

TELL_REFERRER = Permission(Resource.SUITABILITY, Verb.WRITE)


async def due_outcomes(since: datetime, head_start: timedelta) -> list[dict[str, object]]:
    """The messages to referrers that are to be written, by what they are about."""
    rows = await fetch(_DUE, since)
    return [
        {
            "kind": MessageKind.OUTCOME,
            "channel": "email",
            "outcome_told_id": row["id"],
            "person_id": row["person_id"],
            "cause": f"outcome:{row['id']}",
            "next_try_at": row["told_at"] + head_start,
        }
        for row in rows
    ]


async def outcome_may_go(told_id: UUID) -> bool:
    """Locks the referral and its consent: whoever decides anew, or withdraws it, waits until it
    has gone, or it does not go."""
    return bool(await fetch_value(f"{_ALLOWED} AND t.id = $1 FOR SHARE OF r, d", told_id))


async def note_told(told_id: UUID, way: ToldBy, whom: str, *, actor: Actor, now: datetime) -> None:
    """The same once more is no change."""
    await execute(
        "INSERT INTO referrer_told (id, outcome_told_id, person_id, way, whom, told_at, told_by) "
        "SELECT $1, t.id, t.person_id, $3, $4, $5, $6 FROM outcome_told t WHERE t.id = $2 "
        "ON CONFLICT DO NOTHING",
        new_id(now),
        told_id,
        way.value,
        whom,
        now,
        actor.account_id,
    )


async def told_by_telephone(
    referral_id: UUID, told_id: UUID, *, whom: str, actor: Actor, now: datetime
) -> None:
    """An e-mail that still waits does not go then. Raises Refused where they may not be told,
    Conflict where something else was decided meanwhile."""
    await begin(actor, TELL_REFERRER, "tell-by-telephone")
    row = await fetch_one(_TO_TELL, told_id, referral_id)
    if row is None:
        raise NotFound
    if not row["stands"]:
        raise Conflict("This is no longer what was decided. Look at the referral again.")
    if row["is_withdrawn"]:
        raise Refused("Consent was withdrawn: nobody is told the outcome any more.")
    if not row["may_be_told"]:
        raise Refused("The referral does not say that the referrer may be told the outcome.")
    await note_told(told_id, ToldBy.TELEPHONE, whom.strip(), actor=actor, now=now)


# Never to an address that may be the person's own: reminders ask for consent, this does not.
_ALLOWED = f"""
SELECT 1 FROM outcome_told t
JOIN suitability_decision s ON s.id = t.decision_id
JOIN referral r ON r.id = t.referral_id
JOIN referral_detail d ON d.referral_id = r.id
JOIN agency a ON a.id = r.agency_id
WHERE {OUTCOME_STANDS} AND {MAY_BE_TOLD} AND a.kind <> 'self' AND d.worker_email IS NOT NULL
  AND NOT EXISTS (SELECT FROM referrer_told w WHERE w.outcome_told_id = t.id)
"""
MAY_GO = f"(m.kind <> 'outcome' OR EXISTS ({_ALLOWED} AND t.id = m.outcome_told_id))"
"""Of a message `m`: it is still true, may be told, and nobody has told it yet."""
_DUE = f"""
SELECT o.id, o.person_id, o.told_at FROM outcome_told o
WHERE o.told_at > $1 AND EXISTS ({_ALLOWED} AND t.id = o.id) ORDER BY o.told_at, o.id
"""
_TO_TELL = f"""
SELECT {OUTCOME_STANDS} AS stands, coalesce({MAY_BE_TOLD}, false) AS may_be_told,
       d.consent_withdrawn_at IS NOT NULL AS is_withdrawn
FROM outcome_told t
JOIN suitability_decision s ON s.id = t.decision_id
JOIN referral r ON r.id = t.referral_id
JOIN agency a ON a.id = r.agency_id
LEFT JOIN referral_detail d ON d.referral_id = r.id
WHERE t.id = $1 AND t.referral_id = $2 FOR SHARE OF r
"""
