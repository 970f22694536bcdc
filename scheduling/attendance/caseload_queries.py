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

    `lost_on` is the day on which it became out of reach to finish. `changed_at` is the latest
    mark, sign-off, judgement or breach, `looked_at` when this officer last opened the person.
    `recent` holds his latest marks, newest first, each a code and, for an absence that was judged,
    a slash and the verdict. `undecided` counts absences that nobody has judged.
    """

    person_id: UUID
    reference: str
    name: str
    risk_level: str | None
    programme: str | None
    place: str | None
    cohort_reference: str | None
    there: int
    held: int
    undecided: int
    recent: Sequence[str]
    last_held_at: datetime | None
    next_at: datetime | None
    order_kind: str | None
    order_ends_on: date | None
    breaches: int
    last_breach_at: datetime | None
    lost_on: date | None
    changed_at: datetime | None
    looked_at: datetime | None

    @property
    def is_changed(self) -> bool:
        """Something is new since this officer last looked."""
        if self.changed_at is None:
            return False
        return self.looked_at is None or self.changed_at > self.looked_at


async def caseload(actor: Actor) -> list[CaseloadRow]:
    """What needs doing first: absences to judge, who can no longer finish, breaches of the last
    four weeks, then orders that end soonest, then by name."""
    must(actor, READ_CASELOAD)
    return await fetch_as(CaseloadRow, _CASELOAD, MOST)


_CASELOAD = """
WITH own AS MATERIALIZED (
    SELECT p.id, p.reference, p.first_name || ' ' || p.last_name AS name, p.name_key
    FROM person p WHERE p.id IN (SELECT auth.own_people()) ORDER BY p.name_key LIMIT $1
)
SELECT o.id AS person_id, o.reference, o.name, r.risk_level, g.name AS programme,
       e.status AS place, c.reference AS cohort_reference, coalesce(m.there, 0) AS there,
       coalesce(m.held, 0) AS held, coalesce(m.undecided, 0) AS undecided,
       coalesce(m.recent, '{}') AS recent, m.last_held_at, n.starts_at AS next_at,
       k.kind AS order_kind, k.ends_on AS order_ends_on, coalesce(b.breaches, 0) AS breaches,
       b.last_at AS last_breach_at, l.lost_on, v.looked_at,
       greatest(m.changed_at, b.changed_at) AS changed_at
FROM own o
LEFT JOIN LATERAL (
    SELECT e.id, e.cohort_id, e.programme_id, e.referral_id, e.status FROM enrolment e
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
           max(a.held_at) AS last_held_at,
           max(greatest(a.entered_at, a.signed_off_at, j.decided_at)) AS changed_at
    FROM attendance_mark a
    LEFT JOIN acceptability j ON j.mark_id = a.id AND j.is_current
    WHERE a.enrolment_id = ANY(ARRAY(
        SELECT x.id FROM enrolment x WHERE x.referral_id = e.referral_id
        AND (x.id = e.id OR x.status = 'transferred'))) AND a.is_current) m ON true
LEFT JOIN LATERAL (
    SELECT s.starts_at FROM session s
    WHERE s.cohort_id = e.cohort_id AND s.starts_at > now() AND s.status = 'planned'
        AND e.status = 'enrolled'
    ORDER BY s.starts_at LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT q.kind, q.ends_on FROM protective_order q
    WHERE q.person_id = o.id AND q.status IN ('live', 'varied')
      AND (q.ends_on IS NULL OR q.ends_on >= (SELECT auth.today()))
    ORDER BY q.ends_on NULLS LAST LIMIT 1) k ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS breaches, max(x.occurred_at) AS last_at, max(x.created_at) AS changed_at
    FROM breach x WHERE x.person_id = o.id AND x.stage <> 'withdrawn') b ON true
LEFT JOIN finish_lost l ON l.enrolment_id = e.id AND l.over_at IS NULL
LEFT JOIN last_look v ON v.person_id = o.id AND v.account_id = (SELECT auth.uid())
ORDER BY (coalesce(m.undecided, 0) > 0) DESC, (l.lost_on IS NOT NULL) DESC,
    (coalesce(b.last_at > now() - interval '28 days', false)) DESC, k.ends_on NULLS LAST,
    o.name_key COLLATE "C"
"""
