"""Somebody's individual sessions, with the times that are booked for them."""

from uuid import UUID

from programmes.common.db import fetch_as
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.cohorts.queries import place
from scheduling.sessions.individual_words import IndividualSession

READ_COHORTS = Permission(Resource.COHORTS, Verb.READ)


async def individual_sessions(actor: Actor, place_id: UUID) -> list[IndividualSession]:
    """In the order of the series. Raises NotFound for a place that this person may not see."""
    must(actor, READ_COHORTS)
    await place(actor, place_id)
    return await fetch_as(IndividualSession, _SESSIONS, place_id)


async def individual_session(actor: Actor, place_id: UUID, session_id: UUID) -> IndividualSession:
    """Raises NotFound for one that is not of this person's group."""
    for one in await individual_sessions(actor, place_id):
        if one.session_id == session_id:
            return one
    raise NotFound


_SESSIONS = """
SELECT s.id AS session_id, s.number, s.starts_at AS week_at,
       (extract(epoch FROM s.ends_at - s.starts_at) / 60)::int AS minutes,
       EXISTS (SELECT FROM attendance_mark m WHERE m.session_id = s.id
               AND m.enrolment_id = e.id) AS is_marked,
       a.id AS appointment_id, a.starts_at, a.ends_at, a.room_id,
       v.name || ', ' || r.name AS room, a.facilitator_id, f.name AS facilitator, a.interpreter_id
FROM enrolment e JOIN session s ON s.cohort_id = e.cohort_id
LEFT JOIN appointment a ON a.session_id = s.id AND a.enrolment_id = e.id
  AND a.kind = 'individual' AND a.given_up_at IS NULL
LEFT JOIN room r ON r.id = a.room_id LEFT JOIN venue v ON v.id = r.venue_id
LEFT JOIN auth.account f ON f.id = a.facilitator_id
WHERE e.id = $1 AND s.kind = 'individual' AND s.status = 'planned'
ORDER BY s.number
"""
