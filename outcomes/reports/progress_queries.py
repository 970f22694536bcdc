"""How far those who started in a period came, how long they had waited, and why places ended."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from outcomes.reports.figures import Period
from outcomes.reports.planning_queries import every_mark_once
from programmes.catalogue.queries import StoredProgramme
from programmes.catalogue.rules import sessions_in, sessions_needed
from programmes.catalogue.words import WholeSeriesOnly
from programmes.common.db import fetch, fetch_as

Lengths = Mapping[tuple[int, bool], int]


async def drop_out_lengths(
    period: Period, programmes: Iterable[StoredProgramme]
) -> Mapping[str, Lengths]:
    """By programme: how many starters by the session that they came to, and whether they left.

    Left: the place ended before completion, or the group finished without them. Whoever
    completed, still comes, came to the last session, moved away, died, or whose order ended is
    censored there.
    """
    async with every_mark_once():
        rows = await fetch(_DROP_OUT, period.starts_at, period.ends_at, _rules(programmes))
    found: dict[str, dict[tuple[int, bool], int]] = {}
    for row in rows:
        found.setdefault(row["code"], {})[row["length"], row["has_left"]] = row["people"]
    return found


class Wait(Struct, frozen=True, kw_only=True):
    """Days from referral to first session, of those who started in the period."""

    code: str
    people: int
    quarter: int
    median: int
    three_quarters: int
    longest: int


async def waits(period: Period, programmes: Iterable[StoredProgramme]) -> list[Wait]:
    async with every_mark_once():
        return await fetch_as(Wait, _WAITS, period.starts_at, period.ends_at, _rules(programmes))


class Ending(Struct, frozen=True):
    code: str
    reason: str
    people: int


async def endings(period: Period) -> list[Ending]:
    """Places that ended before completion; whoever repeats a pair goes on and did not end."""
    return await fetch_as(
        Ending,
        """
        SELECT g.code, coalesce(e.end_reason, 'not recorded') AS reason, count(*) AS people
        FROM enrolment e JOIN programme g ON g.id = e.programme_id
        WHERE e.status = 'ended' AND e.ended_on >= $1 AND e.ended_on < $2
          AND e.end_reason IS DISTINCT FROM 'repeats the pair'
        GROUP BY g.code, 2 ORDER BY g.code, people DESC, reason
        """,
        period.from_on,
        period.until_on,
    )


def _rules(programmes: Iterable[StoredProgramme]) -> list[dict[str, Any]]:
    return [
        {
            "version_id": version.id,
            "sessions": sessions_in(version.rules),
            "needed": sessions_needed(version.rules),
            "first_only": isinstance(version.rules.joining, WholeSeriesOnly),
        }
        for programme in programmes
        for version in programme.versions
    ]


# place     each place: where it began, the last session attended, the last that has a mark
# started   each referral whose first time there falls in the period
_STARTED = """
WITH rule AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($3) AS r (version_id uuid, sessions int, needed int,
        first_only boolean)),
place AS MATERIALIZED (
    SELECT m.enrolment_id,
           min(m.held_at) FILTER (WHERE m.is_there) AS there_at,
           min(m.held_at) FILTER (WHERE m.is_there AND s.number = 1) AS first_session_at,
           max(s.number) FILTER (WHERE m.is_there) AS last_there,
           max(s.number) AS last_marked,
           count(DISTINCT s.number) FILTER (WHERE m.is_there) AS attended
    FROM attendance_mark m JOIN session s ON s.id = m.session_id
    WHERE m.is_current AND m.held_at < $2
    GROUP BY m.enrolment_id),
started AS MATERIALIZED (
    SELECT e.referral_id, e.programme_id,
           min(CASE WHEN u.first_only THEN p.first_session_at ELSE p.there_at END) AS started_at
    FROM place p
    JOIN enrolment e ON e.id = p.enrolment_id
    JOIN rule u ON u.version_id = e.programme_version_id
    GROUP BY e.referral_id, e.programme_id
    HAVING min(CASE WHEN u.first_only THEN p.first_session_at ELSE p.there_at END) >= $1)
"""
_DROP_OUT = f"""
{_STARTED},
finished AS MATERIALIZED (
    SELECT s.cohort_id FROM cohort c
    JOIN rule u ON u.version_id = c.programme_version_id
    JOIN session s ON s.cohort_id = c.id AND s.number = u.sessions
    JOIN register x ON x.session_id = s.id
    WHERE x.signed_off_at IS NOT NULL AND s.status = 'planned' AND s.starts_at < $2
    GROUP BY s.cohort_id),
latest AS (
    SELECT DISTINCT ON (t.referral_id) t.programme_id, u.sessions, p.last_marked,
           coalesce(p.last_there, 0) AS last_there,
           e.status = 'completed'
               OR sum(p.attended) OVER (PARTITION BY t.referral_id) >= u.needed AS is_done,
           e.status = 'ended' AND e.ended_on < ($2 AT TIME ZONE 'Europe/London')::date AS is_over,
           e.end_reason IN ('order ended', 'moved away', 'died', 'repeats the pair') AS is_lost,
           f.cohort_id IS NOT NULL AS is_finished
    FROM started t
    JOIN enrolment e ON e.referral_id = t.referral_id
    JOIN place p ON p.enrolment_id = e.id
    JOIN rule u ON u.version_id = e.programme_version_id
    LEFT JOIN finished f ON f.cohort_id = e.cohort_id
    ORDER BY t.referral_id, p.there_at DESC NULLS LAST, e.id DESC)
SELECT g.code,
       (CASE WHEN l.is_done THEN l.sessions
             WHEN l.is_over OR l.is_finished THEN l.last_there
             ELSE l.last_marked END)::int AS length,
       NOT l.is_done AND (l.is_over OR l.is_finished) AND l.is_lost IS NOT TRUE
           AND l.last_there < l.sessions AS has_left,
       count(*)::int AS people
FROM latest l JOIN programme g ON g.id = l.programme_id
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_WAITS = f"""
{_STARTED},
waited AS (
    SELECT t.programme_id,
           (t.started_at AT TIME ZONE 'Europe/London')::date - r.received_on AS days
    FROM started t JOIN referral r ON r.id = t.referral_id)
SELECT g.code, count(*)::int AS people,
       percentile_disc(0.25) WITHIN GROUP (ORDER BY w.days) AS quarter,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY w.days) AS median,
       percentile_disc(0.75) WITHIN GROUP (ORDER BY w.days) AS three_quarters,
       max(w.days) AS longest
FROM waited w JOIN programme g ON g.id = w.programme_id
GROUP BY g.code ORDER BY g.code
"""
