"""Who was there, started, finished and completed in a period, counted in the database.

The rules of each version (how many sessions, in what order, which first one) go in as rows, so
that every mark is read once and nothing leaves the database but the counts.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from outcomes.reports.figures import Period
from outcomes.reports.planning_queries import every_mark_once
from programmes.catalogue.queries import StoredProgramme, StoredVersion
from programmes.catalogue.rules import sessions_in, sessions_needed
from programmes.catalogue.words import AllInOrder, Presence, WholeSeriesOnly
from programmes.common.db import fetch
from programmes.orders.criminal_kinds import (
    COMMUNITY_CAUTION,
    CONDITIONAL_CAUTION,
    DIVERSIONARY_CAUTION,
)

CAUTIONS = (CONDITIONAL_CAUTION, DIVERSIONARY_CAUTION, COMMUNITY_CAUTION)


class AttendanceFigures(Struct, frozen=True, kw_only=True):
    """Counts of people, but for the last three, which are of referrals received."""

    reached: int
    started: int
    started_completed: int
    started_running: int
    due_to_finish: int
    completed: int
    completed_in_time: int
    children_of_completers: int
    referrals_completed: int
    referrals_running: int


async def attendance_figures(
    period: Period, programmes: Iterable[StoredProgramme]
) -> dict[str, AttendanceFigures]:
    """By programme code, every programme."""
    async with every_mark_once():
        rows = await fetch(
            _FIGURES,
            period.starts_at,
            period.ends_at,
            period.from_on,
            period.until_on,
            list(CAUTIONS),
            rules_of(programmes),
        )
    names = AttendanceFigures.__struct_fields__
    return {row["code"]: AttendanceFigures(**{name: row[name] for name in names}) for row in rows}


def rules_of(programmes: Iterable[StoredProgramme]) -> list[dict[str, Any]]:
    return [_rule(version) for programme in programmes for version in programme.versions]


def _rule(version: StoredVersion) -> dict[str, Any]:
    """What the counting asks of a version. `sequence`: its sessions in order, as text to find."""
    rules = version.rules
    numbers = range(1, sessions_in(rules) + 1)
    in_order = isinstance(rules.completion, AllInOrder)
    return {
        "version_id": version.id,
        "sessions": sessions_in(rules),
        "needed": sessions_needed(rules),
        "sequence": ",".join(["", *map(str, numbers), ""]) if in_order else None,
        "first_only": isinstance(rules.joining, WholeSeriesOnly),
        "not_counted": [m.code for m in rules.marks if m.presence is Presence.NOT_COUNTED],
    }


# rule      what each version asks
# finished  when the last session of each group was held: its register was signed off
# of_the_period  the referrals that the period can say anything about: marked, finished or received
#           in it. What they did before it is counted with it; of all others nothing is read
# looked_at, mark  their places, and the marks of those up to the end of the period
# attended  each place's marks; sessions attended are set bits
# in_order  for series that count in order, the marks of a place as one text
# place     with what was attended before under the same referral: a transfer keeps its history
# standing  when a place was started, and when its rule was met: as its group finished. Where a
#           named person has decided on a place, their decision counts
# referred  each referral: started, completed, still running
# started, completed: people, each once
STANDING = """
WITH rule AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($6) AS r (version_id uuid, sessions int, needed int,
        sequence text, first_only boolean, not_counted jsonb)),
finished AS MATERIALIZED (
    SELECT s.cohort_id, max(s.starts_at) AS finished_at
    FROM cohort c
    JOIN rule u ON u.version_id = c.programme_version_id
    JOIN session s ON s.cohort_id = c.id AND s.number = u.sessions
    JOIN register x ON x.session_id = s.id
    WHERE x.signed_off_at IS NOT NULL AND s.status = 'planned' AND s.starts_at < $2
    GROUP BY s.cohort_id),
of_the_period AS MATERIALIZED (
    SELECT e.referral_id FROM attendance_mark m JOIN enrolment e ON e.id = m.enrolment_id
    WHERE m.is_current AND m.held_at >= $1 AND m.held_at < $2
    UNION
    SELECT e.referral_id FROM finished f JOIN enrolment e ON e.cohort_id = f.cohort_id
    WHERE f.finished_at >= $1
    UNION
    SELECT id FROM referral WHERE received_on >= $3 AND received_on < $4),
looked_at AS MATERIALIZED (
    SELECT e.* FROM enrolment e JOIN of_the_period USING (referral_id) WHERE e.enrolled_on < $4),
mark AS MATERIALIZED (
    SELECT m.enrolment_id, m.session_id, m.held_at, m.code, m.is_there
    FROM looked_at e JOIN attendance_mark m ON m.enrolment_id = e.id
    WHERE m.is_current AND m.held_at < $2),
attended AS MATERIALIZED (
    SELECT m.enrolment_id, min(m.held_at) AS first_at,
           bool_or(m.is_there AND m.held_at >= $1) AS was_reached,
           min(m.held_at) FILTER (WHERE m.is_there) AS there_at,
           min(m.held_at) FILTER (WHERE m.is_there AND s.number = 1) AS first_session_at,
           bit_or(CASE WHEN s.number < 63 THEN 1::bigint << s.number ELSE 0 END)
               FILTER (WHERE m.is_there) AS low,
           bit_or(CASE WHEN s.number < 63 THEN 0 ELSE 1::bigint << (s.number - 62) END)
               FILTER (WHERE m.is_there) AS high
    FROM mark m
    JOIN session s ON s.id = m.session_id
    GROUP BY m.enrolment_id),
in_order AS MATERIALIZED (
    SELECT m.enrolment_id,
           string_agg(CASE WHEN m.is_there THEN s.number::text ELSE '-' END, ','
                      ORDER BY m.held_at, s.number) AS marks
    FROM looked_at e
    JOIN rule u ON u.version_id = e.programme_version_id AND u.sequence IS NOT NULL
    JOIN mark m ON m.enrolment_id = e.id
    JOIN session s ON s.id = m.session_id
    WHERE NOT u.not_counted ? m.code
    GROUP BY m.enrolment_id),
place AS (
    SELECT e.id, e.person_id, e.referral_id, e.programme_id, e.status, e.ended_on, e.end_reason,
           u.needed, u.sequence,
           f.finished_at, a.was_reached, o.marks, d.outcome AS decided,
           CASE WHEN u.first_only THEN a.first_session_at ELSE a.there_at END AS started_at,
           bit_or(a.low) OVER so_far AS low, bit_or(a.high) OVER so_far AS high
    FROM looked_at e
    JOIN rule u ON u.version_id = e.programme_version_id
    LEFT JOIN finished f ON f.cohort_id = e.cohort_id
    LEFT JOIN attended a ON a.enrolment_id = e.id
    LEFT JOIN in_order o ON o.enrolment_id = e.id
    LEFT JOIN completion_decision d ON d.enrolment_id = e.id AND d.is_current
    WINDOW so_far AS (PARTITION BY e.referral_id ORDER BY a.first_at, e.id)),
standing AS MATERIALIZED (
    SELECT p.*, CASE WHEN p.decided IS NOT NULL THEN p.decided = 'completed'
            WHEN p.sequence IS NULL
            THEN bit_count(p.low::bit(64)) + bit_count(p.high::bit(64)) >= p.needed
            ELSE position(p.sequence IN ',' || p.marks || ',') > 0
        END AND p.finished_at IS NOT NULL AS is_complete
    FROM place p),
referred AS MATERIALIZED (
    SELECT referral_id, person_id, programme_id, min(started_at) AS started_at,
           coalesce(bool_or(is_complete), false) AS is_complete,
           bool_or(finished_at IS NULL) AS is_running
    FROM standing GROUP BY referral_id, person_id, programme_id)
"""
_FIGURES = f"""
{STANDING},
started AS (
    SELECT programme_id, person_id, bool_or(is_complete) AS is_complete,
           bool_or(is_running) AS is_running
    FROM referred WHERE started_at >= $1 AND started_at < $2 GROUP BY programme_id, person_id),
completed AS MATERIALIZED (
    SELECT s.programme_id, s.person_id,
           bool_or(c.ends_on IS NOT NULL OR c.is_open) AS is_in_time
    FROM standing s
    LEFT JOIN LATERAL (
        SELECT o.ends_on, o.ends_on IS NULL AS is_open FROM (
            SELECT x.ends_on FROM protective_order x
            WHERE x.person_id = s.person_id AND x.kind = ANY($5) AND x.status <> 'refused'
              AND x.made_on <= (s.finished_at AT TIME ZONE 'Europe/London')::date
            ORDER BY x.made_on DESC, x.id DESC LIMIT 1) o
        WHERE o.ends_on IS NULL
           OR o.ends_on >= (s.finished_at AT TIME ZONE 'Europe/London')::date) c ON true
    WHERE s.is_complete AND s.finished_at >= $1 AND s.status <> 'transferred'
    GROUP BY s.programme_id, s.person_id)
SELECT g.code,
    (SELECT count(DISTINCT person_id) FROM standing
     WHERE programme_id = g.id AND was_reached) AS reached,
    (SELECT count(*) FROM started WHERE programme_id = g.id) AS started,
    (SELECT count(*) FROM started
     WHERE programme_id = g.id AND is_complete) AS started_completed,
    (SELECT count(*) FROM started
     WHERE programme_id = g.id AND is_running AND NOT is_complete) AS started_running,
    (SELECT count(DISTINCT person_id) FROM standing
     WHERE programme_id = g.id AND finished_at >= $1
       AND status <> 'transferred') AS due_to_finish,
    (SELECT count(*) FROM completed WHERE programme_id = g.id) AS completed,
    (SELECT count(*) FROM completed
     WHERE programme_id = g.id AND is_in_time) AS completed_in_time,
    (SELECT count(DISTINCT k.child_id) FROM completed c
     JOIN person_child k ON k.person_id = c.person_id
     WHERE c.programme_id = g.id) AS children_of_completers,
    (SELECT count(*) FROM referral r JOIN referred f ON f.referral_id = r.id
     WHERE r.programme_id = g.id AND r.received_on >= $3 AND r.received_on < $4
       AND f.is_complete) AS referrals_completed,
    (SELECT count(*) FROM referral r JOIN referred f ON f.referral_id = r.id
     WHERE r.programme_id = g.id AND r.received_on >= $3 AND r.received_on < $4
       AND f.is_running AND NOT f.is_complete) AS referrals_running
FROM programme g
"""
