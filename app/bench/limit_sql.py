"""The statements of the limit, each the shortest way to its answer."""

from typing import Final

ENTER: Final = "SELECT account_id, name, role FROM auth.enter($1)"
NAME_ACT: Final = (
    "SELECT set_config('waymark.act', $1, true), set_config('waymark.reason', '', true)"
)

CASELOAD: Final = """
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

MOST_COUNTED: Final = 201
"""Given with the statement: written into it, all whose names begin so are sorted (14 ms, not 2)."""
PEOPLE_BY_NAME: Final = """
WITH found AS MATERIALIZED (
    SELECT id, reference, first_name, last_name, date_of_birth FROM person
    WHERE name_key COLLATE "C" >= $1 AND name_key COLLATE "C" < $2
    ORDER BY name_key COLLATE "C", id LIMIT $3)
SELECT *, (SELECT count(*) FROM found) AS total FROM found LIMIT 25
"""
PERSON_BY_REFERENCE: Final = """
SELECT id, reference, first_name, last_name, date_of_birth, 1 AS total FROM person
WHERE reference = $1
"""

NEXT_VERSION: Final = """
UPDATE register SET version = version + 1
WHERE session_id = $1 AND version = $2 AND signed_off_at IS NULL RETURNING version
"""
SUPERSEDE: Final = """
UPDATE attendance_mark SET is_current = false
WHERE session_id = $1 AND enrolment_id = ANY ($2) AND is_current
"""
APPEND_MARKS: Final = """
INSERT INTO attendance_mark (id, session_id, enrolment_id, cohort_id, person_id, code, is_there,
    minutes_late, revision, is_current, held_at, entered_at, entered_by)
SELECT given.id, s.id, e.id, e.cohort_id, e.person_id, given.code,
       given.code NOT IN ('absent', 'late-not-admitted'), given.minutes,
       coalesce((SELECT max(m.revision) FROM attendance_mark m
                 WHERE m.session_id = s.id AND m.enrolment_id = e.id), 0) + 1,
       true, s.starts_at, $6, $7
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[]) AS given (id, enrolment, code, minutes)
JOIN session s ON s.id = $1
JOIN enrolment e ON e.id = given.enrolment AND e.cohort_id = s.cohort_id
"""
SESSION: Final = """
SELECT s.id, s.cohort_id, s.number, s.module, s.kind, s.starts_at, s.ends_at,
       v.name || ', ' || r.name AS room, s.status, s.cancelled_because, s.version, t.signed_off_at
FROM session s JOIN room r ON r.id = s.room_id JOIN venue v ON v.id = r.venue_id
LEFT JOIN register t ON t.session_id = s.id WHERE s.id = $1
"""
PLACES: Final = """
SELECT e.id, e.person_id, p.first_name || ' ' || p.last_name AS person_name,
       p.reference AS person_reference, e.referral_id, e.status, e.enrolled_on, e.ended_on,
       e.end_reason
FROM (SELECT n.id FROM session s JOIN enrolment n ON n.cohort_id = s.cohort_id WHERE s.id = $1
      UNION SELECT a.enrolment_id FROM appointment a
      WHERE a.session_id = $1 AND a.given_up_at IS NULL) AS here
JOIN enrolment e ON e.id = here.id JOIN person p ON p.id = e.person_id
ORDER BY p.name_key COLLATE "C", p.id
"""
PLACES_OF_ANY: Final = """
SELECT e.id, e.status, p.name_key FROM assignment a
JOIN enrolment e ON e.person_id = a.person_id JOIN person p ON p.id = e.person_id
WHERE a.account_id = (SELECT auth.uid()) ORDER BY e.enrolled_on DESC, e.id LIMIT 12
"""
MARKS: Final = """
SELECT m.id, m.session_id, m.enrolment_id, m.person_id, m.cohort_id, s.number, m.held_at, m.code,
       m.is_there, m.minutes_late, m.claimed_reason, m.note, m.revision, m.signed_off_at,
       (SELECT a.verdict FROM acceptability a WHERE a.mark_id = m.id AND a.is_current) AS verdict
FROM attendance_mark m JOIN session s ON s.id = m.session_id
WHERE m.is_current AND m.session_id = $1
"""

NEXT_NUMBER: Final = "SELECT auth.next_number('cohort')"
NEXT_NUMBER_AS_OWNER: Final = """
SELECT coalesce(max(reference::integer), 0) + 1 FROM cohort WHERE reference ~ '^[0-9]{1,6}$'
"""
ADD_COHORT: Final = """
INSERT INTO cohort (id, reference, programme_id, programme_version_id, room_id, capacity, sex,
    status, first_on, last_on, slots, created_at, version)
VALUES ($2, $1, $3, $4, $5, $6, $7, 'planned', $8, $9, $10, $11, 1)
"""
ADD_STAFF: Final = """
INSERT INTO cohort_staff (id, cohort_id, account_id, duty, from_on)
SELECT id, cohort_id, account_id, 'facilitator', from_on
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[])
    AS given (id, cohort_id, account_id, from_on)
"""
ADD_SESSIONS: Final = """
INSERT INTO session (id, cohort_id, number, module, kind, starts_at, ends_at, room_id, status,
    facilitators, interpreters, version)
SELECT id, cohort_id, number, module, kind, starts_at, ends_at, room_id, 'planned', who, '[]', 1
FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::timestamptz[],
    $7::timestamptz[], $8::uuid[], $9::jsonb[])
    AS given (id, cohort_id, number, module, kind, starts_at, ends_at, room_id, who)
"""
ADD_BOOKINGS: Final = """
INSERT INTO booking (id, session_id, cohort_id, kind, what, starts_at, ends_at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[],
    $6::timestamptz[], $7::timestamptz[])
"""
