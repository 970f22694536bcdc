"""The first breach after a programme was due to finish, for those who completed and who did not.

The day on which somebody's own group finished is the landmark for both, so that living long
enough to complete does not count as success (Anderson, Cain and Gelber, Journal of Clinical
Oncology 1, 1983). Counted in the database: no person leaves it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from outcomes.reports.attendance_queries import STANDING, rules_of
from outcomes.reports.figures import Period
from outcomes.reports.planning_queries import every_mark_once
from programmes.catalogue.queries import StoredProgramme
from programmes.common.db import Row, fetch

WATCHED_FOR: Final = timedelta(weeks=52)
"""How long anybody is watched at most; sooner where the orders of that day have ended."""


class LandmarkGroup(Struct, frozen=True, kw_only=True):
    """`lengths`: people by whole weeks after the landmark and whether a breach ended them.

    The others were due to finish too, and are counted beside the curve.
    """

    lengths: Mapping[tuple[int, bool], int]
    breached_before: int
    no_order: int
    gone: int


async def first_breach_after_landmark(
    period: Period, programmes: Iterable[StoredProgramme], *, today: date
) -> dict[bool, LandmarkGroup]:
    """Of everybody whose group finished in the period, by whether they completed."""
    async with every_mark_once():
        rows = await fetch(
            STANDING + _AFTER,
            period.starts_at,
            period.ends_at,
            today,
            period.until_on,
            WATCHED_FOR.days,
            rules_of(programmes),
        )
    return {done: _group([r for r in rows if r["is_complete"] is done]) for done in (True, False)}


def _group(rows: list[Row]) -> LandmarkGroup:
    beside = {row["seen"]: row["people"] for row in rows if row["seen"] != "watched"}
    watched = [row for row in rows if row["seen"] == "watched"]
    return LandmarkGroup(
        lengths={(row["weeks"], row["breached"]): row["people"] for row in watched},
        breached_before=beside.get("breached before", 0),
        no_order=beside.get("no order", 0),
        gone=beside.get("gone", 0),
    )


# landmark  each person once, by the first of their groups to finish in the period
# covered   until when an order runs that is in force on that day
# breached  the first breach since they started, before that day and from it on
_AFTER = """,
landmark AS MATERIALIZED (
    SELECT DISTINCT ON (s.person_id) s.person_id, coalesce(s.is_complete, false) AS is_complete,
           (s.finished_at AT TIME ZONE 'Europe/London')::date AS due_on,
           coalesce(r.started_at, s.finished_at) AS started_at,
           s.end_reason IN ('died', 'moved away') AS is_gone
    FROM standing s
    JOIN referred r ON r.referral_id = s.referral_id AND r.programme_id = s.programme_id
    WHERE s.finished_at >= $1 AND s.status <> 'transferred'
      AND s.end_reason IS DISTINCT FROM 'repeats the pair'
    ORDER BY s.person_id, s.finished_at, s.id),
covered AS (
    SELECT l.person_id, max(coalesce(o.ends_on, 'infinity')) AS until_on
    FROM landmark l
    JOIN protective_order o ON o.person_id = l.person_id AND o.status <> 'refused'
        AND o.made_on <= l.due_on AND (o.ends_on IS NULL OR o.ends_on >= l.due_on)
    GROUP BY l.person_id),
breached AS (
    SELECT l.person_id, bool_or(b.day_on < l.due_on) AS is_before,
           min(b.day_on) FILTER (WHERE b.day_on >= l.due_on) AS after_on
    FROM landmark l
    JOIN (SELECT person_id, occurred_at,
                 (occurred_at AT TIME ZONE 'Europe/London')::date AS day_on
          FROM breach WHERE stage <> 'withdrawn') b
        ON b.person_id = l.person_id AND b.occurred_at >= l.started_at
    GROUP BY l.person_id),
watched AS (
    SELECT l.is_complete, l.due_on, b.after_on,
           CASE WHEN b.is_before THEN 'breached before' WHEN l.is_gone THEN 'gone'
                WHEN c.until_on IS NULL THEN 'no order' ELSE 'watched' END AS seen,
           least(c.until_on, $3::date, l.due_on + $5::int) AS until_on
    FROM landmark l
    LEFT JOIN covered c ON c.person_id = l.person_id
    LEFT JOIN breached b ON b.person_id = l.person_id),
lengths AS (
    SELECT is_complete, seen,
           seen = 'watched' AND coalesce(after_on <= until_on, false) AS breached,
           CASE WHEN seen = 'watched' THEN (least(after_on, until_on) - due_on) / 7 END AS weeks
    FROM watched)
SELECT is_complete, seen, weeks, breached, count(*)::int AS people
FROM lengths GROUP BY is_complete, seen, weeks, breached
"""
