"""When breaches fell against a person's programme: before it, during it, or after it."""

from datetime import date

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_REPORT = Permission(Resource.MANAGEMENT_REPORT, Verb.READ)


class BreachStages(msgspec.Struct, frozen=True):
    """Events, each counted once however many orders it broke. Alleged is not established;
    what was withdrawn is no record of a breach."""

    stage: str
    events: int
    events_established: int


async def breaches_by_programme_stage(
    actor: Actor, *, since: date, until: date
) -> list[BreachStages]:
    """Of what happened in [since, until), London days.

    During: from the first session attended on any programme to the end of the last place, or
    to now while a place is held. People who never attended are before it.
    """
    must(actor, READ_REPORT)
    return await fetch_as(BreachStages, _BY_STAGE, since, until)


_DAY = "(b.occurred_at AT TIME ZONE 'Europe/London')::date"
_BY_STAGE = f"""
WITH happened AS MATERIALIZED (
    SELECT b.event_id, b.person_id, b.occurred_at, {_DAY} AS day,
           b.stage IN ('admitted', 'proved') AS established
    FROM breach b WHERE {_DAY} >= $1 AND {_DAY} < $2 AND b.stage <> 'withdrawn'
), placed AS (
    SELECT h.event_id, h.established,
           CASE WHEN s.began IS NULL OR h.occurred_at < s.began THEN 'before'
                WHEN s.ended_on IS NULL OR h.day <= s.ended_on THEN 'during'
                ELSE 'after' END AS place
    FROM happened h
    CROSS JOIN LATERAL (
        SELECT min(m.held_at) AS began,
               CASE WHEN bool_or(e.ended_on IS NULL) THEN NULL ELSE max(e.ended_on) END AS ended_on
        FROM enrolment e JOIN attendance_mark m ON m.enrolment_id = e.id
        WHERE e.person_id = h.person_id AND m.is_there AND m.is_current) s
)
SELECT place AS stage, count(DISTINCT event_id)::int AS events,
       count(DISTINCT event_id) FILTER (WHERE established)::int AS events_established
FROM placed GROUP BY place ORDER BY place
"""
