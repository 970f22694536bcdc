"""Where people stand, read for many at once, and the decisions on their completion."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from outcomes.completion.rules import standing
from outcomes.completion.standing_words import Found, Standing
from outcomes.completion.words import CompletionOutcome
from programmes.catalogue.queries import version as programme_version
from programmes.common.db import fetch, fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.sessions.catch_up_words import OpenSession

READ_STANDING = Permission(Resource.ATTENDANCE, Verb.READ)
READ_COMPLETION = Permission(Resource.COHORTS, Verb.READ)
LOOKS_AHEAD = timedelta(days=400)


class DecisionRow(msgspec.Struct, frozen=True):
    """A decision on one place, as it was made."""

    id: UUID
    enrolment_id: UUID
    outcome: CompletionOutcome
    attended: int
    needed: int
    sessions: int
    rule_number: int
    reason: str | None
    revision: int
    is_current: bool
    decided_at: datetime
    decided_by: str | None


async def standings(
    actor: Actor,
    *,
    now: datetime,
    cohort_id: UUID | None = None,
    person_id: UUID | None = None,
    enrolments: Iterable[UUID] | None = None,
) -> list[Standing]:
    """Of a group, of a person, or of some places; four statements, however many they are."""
    must(actor, READ_STANDING)
    chosen = None if enrolments is None else list(enrolments)
    rows = await fetch(_FOUND, now, cohort_id, person_id, chosen)
    found = [msgspec.convert(dict(row), Found) for row in rows]
    elsewhere = await _open_sessions({one.programme for one in found}, now)
    versions = {
        one: (await programme_version(one)).rules for one in {f.programme_version_id for f in found}
    }
    return [
        standing(versions[one.programme_version_id], one, elsewhere=elsewhere, now=now)
        for one in found
    ]


async def decisions_on(actor: Actor, enrolment_id: UUID) -> list[DecisionRow]:
    """Newest first."""
    must(actor, READ_COMPLETION)
    return await fetch_as(
        DecisionRow,
        "SELECT d.id, d.enrolment_id, d.outcome, d.attended, d.needed, d.sessions, "
        "v.number AS rule_number, d.reason, d.revision, d.is_current, d.decided_at, "
        "a.name AS decided_by FROM completion_decision d "
        "JOIN programme_version v ON v.id = d.programme_version_id "
        "LEFT JOIN auth.account a ON a.id = d.decided_by "
        "WHERE d.enrolment_id = $1 ORDER BY d.revision DESC",
        enrolment_id,
    )


async def undecided_places(actor: Actor) -> list[Any]:
    """Live places in groups whose last register is signed off: each wants a decision."""
    must(actor, READ_COMPLETION)
    return await fetch_as(
        UndecidedPlace,
        """
        SELECT e.id AS enrolment_id, p.first_name || ' ' || p.last_name AS person_name,
               c.id AS cohort_id, c.reference AS cohort_reference, c.last_on
        FROM enrolment e JOIN cohort c ON c.id = e.cohort_id JOIN person p ON p.id = e.person_id
        WHERE e.status IN ('enrolled', 'paused') AND c.status = 'finished'
        ORDER BY c.last_on, p.name_key COLLATE "C" LIMIT 200
        """,
    )


class UndecidedPlace(msgspec.Struct, frozen=True):
    enrolment_id: UUID
    person_name: str
    cohort_id: UUID
    cohort_reference: str
    last_on: Any


async def _open_sessions(programmes: set[str], now: datetime) -> list[OpenSession]:
    """Coming sessions of these programmes with room in them."""
    rows = await fetch(_OPEN, list(programmes), now, now + LOOKS_AHEAD)
    return [
        msgspec.convert(
            {
                **dict(row),
                "module": int(row["module"]),
                "interpreted": {row["interpreter_language"]} - {None},
            },
            OpenSession,
        )
        for row in rows
    ]


# marks     of the same referral in every group, so that a transfer keeps its history; a mark made
#           as a guest counts as the session that was owed; a session that the service cancelled
#           and did not hold again is a mark of its own, so that it counts against nobody
# coming    what they are booked for and is not marked yet; not what was held before they joined
_FOUND = """
SELECT e.id AS enrolment_id, e.person_id, p.first_name || ' ' || p.last_name AS person_name,
       e.cohort_id, g.code AS programme, e.programme_version_id, e.status, p.sex,
       CASE WHEN p.interpreter_needed THEN p.first_language END AS language,
       (SELECT max(o.ends_on) FROM protective_order o WHERE o.person_id = e.person_id
        AND o.kind LIKE '%caution' AND o.status <> 'refused') AS caution_ends_on,
       (SELECT max(o.ends_on) FROM protective_order o WHERE o.person_id = e.person_id
        AND o.status IN ('live', 'varied') AND o.kind NOT LIKE '%caution') AS order_ends_on,
       EXISTS (SELECT FROM session s WHERE s.cohort_id = e.cohort_id
               AND s.status = 'planned' AND s.starts_at <= $1) AND NOT EXISTS (
           SELECT FROM session s WHERE s.cohort_id = e.cohort_id AND s.status = 'planned'
           AND s.kind <> 'extra' AND NOT EXISTS (
               SELECT FROM attendance_mark m WHERE m.session_id = s.id
               AND m.signed_off_at IS NOT NULL AND m.is_current)) AS is_over,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(x.cohort_id, x.number, x.held_at, x.code)
                                  ORDER BY x.held_at), '[]')
        FROM (SELECT m.cohort_id, coalesce(a.number, s.number) AS number, m.held_at, m.code
              FROM enrolment f JOIN attendance_mark m ON m.enrolment_id = f.id AND m.is_current
              JOIN session s ON s.id = m.session_id
              LEFT JOIN appointment a ON a.session_id = m.session_id
                AND a.enrolment_id = m.enrolment_id AND a.given_up_at IS NULL
              WHERE f.referral_id = e.referral_id
              UNION ALL
              SELECT s.cohort_id, s.number, s.starts_at, 'cancelled-by-service' FROM session s
              WHERE s.cohort_id = e.cohort_id AND s.status = 'cancelled' AND s.kind <> 'extra'
                AND NOT EXISTS (SELECT FROM session t WHERE t.cohort_id = s.cohort_id
                                AND t.number = s.number AND t.status = 'planned')) x) AS marks,
       CASE WHEN e.status NOT IN ('enrolled', 'paused') THEN '[]' ELSE (
           SELECT coalesce(jsonb_agg(jsonb_build_array(x.cohort_id, x.number, x.starts_at)
                                     ORDER BY x.starts_at), '[]')
           FROM (SELECT s.cohort_id, s.number, s.starts_at FROM session s
                 WHERE s.cohort_id = e.cohort_id AND s.status = 'planned' AND s.kind <> 'extra'
                   AND s.ends_at > e.created_at AND NOT EXISTS (
                     SELECT FROM attendance_mark m WHERE m.session_id = s.id
                     AND m.enrolment_id = e.id AND m.is_current)
                   AND NOT EXISTS (SELECT FROM register t WHERE t.session_id = s.id
                                   AND t.signed_off_at IS NOT NULL)
                 UNION ALL
                 SELECT s.cohort_id, a.number, s.starts_at FROM appointment a
                 JOIN session s ON s.id = a.session_id AND s.status = 'planned'
                 WHERE a.enrolment_id = e.id AND a.given_up_at IS NULL AND s.ends_at > $1
                   AND NOT EXISTS (SELECT FROM attendance_mark m WHERE m.session_id = s.id
                                   AND m.enrolment_id = e.id AND m.is_current)) x) END AS coming
FROM enrolment e JOIN person p ON p.id = e.person_id JOIN cohort c ON c.id = e.cohort_id
JOIN programme g ON g.id = e.programme_id
WHERE ($2::uuid IS NULL OR e.cohort_id = $2) AND ($3::uuid IS NULL OR e.person_id = $3)
  AND ($4::uuid[] IS NULL OR e.id = ANY($4))
ORDER BY p.name_key COLLATE "C", p.id, e.created_at DESC
"""
_OPEN = """
SELECT s.id AS session_id, s.cohort_id, g.code AS programme, s.number, s.module, s.kind,
       s.starts_at, s.ends_at, c.sex, c.interpreter_language,
       c.capacity - (SELECT count(*) FROM enrolment e WHERE e.cohort_id = c.id
                     AND e.status IN ('enrolled', 'paused'))
         - (SELECT count(*) FROM appointment a WHERE a.session_id = s.id
            AND a.given_up_at IS NULL) AS places_left
FROM session s JOIN cohort c ON c.id = s.cohort_id JOIN programme g ON g.id = c.programme_id
WHERE g.code = ANY($1) AND s.status = 'planned' AND s.starts_at > $2 AND s.starts_at < $3
"""
