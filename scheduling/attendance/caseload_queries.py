"""An officer's caseload: everybody of theirs on one page, in one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_CASELOAD = Permission(Resource.ATTENDANCE, Verb.READ)
MOST = 200


class CaseloadRow(msgspec.Struct, frozen=True):
    """One person as his officer needs him: attendance, what is next, orders, breaches.

    `recent` holds his latest marks, newest first, each a code and, for an absence that was judged,
    a slash and the verdict. `undecided` counts absences that nobody has judged.
    """

    person_id: UUID
    reference: str
    name: str
    risk_level: str | None
    programme: str | None
    cohort_reference: str | None
    there: int
    held: int
    undecided: int
    recent: Sequence[str]
    last_held_at: datetime | None
    next_at: datetime | None
    order_kind: str | None
    order_ends_on: date | None
    last_breach_at: datetime | None


async def caseload(actor: Actor) -> list[CaseloadRow]:
    """Undecided absences first, then orders that end soonest, then by name."""
    must(actor, READ_CASELOAD)
    return await fetch_as(CaseloadRow, _CASELOAD, MOST)


_CASELOAD = """
WITH own AS MATERIALIZED (
    SELECT p.id, p.reference, p.first_name || ' ' || p.last_name AS name, p.name_key
    FROM person p WHERE p.id IN (SELECT auth.own_people()) ORDER BY p.name_key LIMIT $1
)
SELECT o.id AS person_id, o.reference, o.name, r.risk_level, g.name AS programme,
       c.reference AS cohort_reference, coalesce(m.there, 0) AS there,
       coalesce(m.held, 0) AS held, coalesce(m.undecided, 0) AS undecided,
       coalesce(m.recent, '{}') AS recent, m.last_held_at, n.starts_at AS next_at,
       k.kind AS order_kind, k.ends_on AS order_ends_on, b.occurred_at AS last_breach_at
FROM own o
LEFT JOIN LATERAL (
    SELECT e.id, e.cohort_id, e.programme_id, e.referral_id FROM enrolment e
    WHERE e.person_id = o.id
    ORDER BY (e.status IN ('enrolled', 'paused')) DESC, e.enrolled_on DESC LIMIT 1) e ON true
LEFT JOIN programme g ON g.id = e.programme_id
LEFT JOIN cohort c ON c.id = e.cohort_id
LEFT JOIN LATERAL (
    SELECT r.risk_level FROM referral r WHERE r.person_id = o.id
    ORDER BY r.received_on DESC LIMIT 1) r ON true
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.is_there) AS there, count(*) AS held,
           count(*) FILTER (WHERE NOT a.is_there AND a.code IN ('absent', 'late-not-admitted')
               AND j.id IS NULL) AS undecided,
           (array_agg(a.code || coalesce('/' || j.verdict, '')
                      ORDER BY a.held_at DESC))[1:5] AS recent,
           max(a.held_at) AS last_held_at
    FROM attendance_mark a
    LEFT JOIN acceptability j ON j.mark_id = a.id AND j.is_current
    WHERE a.enrolment_id = ANY(ARRAY(
        SELECT x.id FROM enrolment x WHERE x.referral_id = e.referral_id
        AND (x.id = e.id OR x.status = 'transferred'))) AND a.is_current) m ON true
LEFT JOIN LATERAL (
    SELECT s.starts_at FROM session s
    WHERE s.cohort_id = e.cohort_id AND s.starts_at > now() AND s.status = 'planned'
    ORDER BY s.starts_at LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT q.kind, q.ends_on FROM protective_order q
    WHERE q.person_id = o.id AND q.status IN ('live', 'varied')
      AND (q.ends_on IS NULL OR q.ends_on >= current_date)
    ORDER BY q.ends_on NULLS LAST LIMIT 1) k ON true
LEFT JOIN LATERAL (
    SELECT x.occurred_at FROM breach x WHERE x.person_id = o.id AND x.stage <> 'withdrawn'
    ORDER BY x.occurred_at DESC LIMIT 1) b ON true
ORDER BY (coalesce(m.undecided, 0) > 0) DESC, k.ends_on NULLS LAST, o.name_key COLLATE "C"
"""
