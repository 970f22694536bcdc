"""Places against demand, for every programme that runs, or that somebody waits for."""

from collections import defaultdict
from datetime import date, datetime

from programmes.catalogue.words import ProgrammeStatus
from programmes.common.clock import london_date
from programmes.common.db import fetch
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.placement.capacity_rules import Capacity, capacity_of, months_around

SEE_CAPACITY = Permission(Resource.PLACEMENT, Verb.WRITE)
ByMonth = dict[str, dict[date, int]]


async def capacity(actor: Actor, *, now: datetime) -> list[Capacity]:
    must(actor, SEE_CAPACITY)
    today = london_date(now)
    months = months_around(today)
    demand = await _by_month(_DEMAND, months[0])
    free, begin = (
        await _by_month(_FREE, months[0], today),
        await _by_month(_PLACES, months[0], today),
    )
    rows = await fetch(_PROGRAMMES)
    return [
        capacity_of(
            row["code"],
            row["name"],
            today,
            status=ProgrammeStatus(row["status"]),
            waiting=row["waiting"],
            free_now=sum(free[row["code"]].values()),
            demand=demand[row["code"]],
            places=begin[row["code"]],
        )
        for row in rows
    ]


async def _by_month(sql: str, *arguments: date) -> ByMonth:
    found: ByMonth = defaultdict(dict)
    for row in await fetch(sql, *arguments):
        found[row["code"]][row["month"]] = row["number"]
    return found


_PROGRAMMES = """
SELECT g.code, g.name, g.status, w.waiting
FROM programme g, LATERAL (SELECT count(*) AS waiting FROM referral r WHERE r.programme_id = g.id
                           AND r.status IN ('waiting', 'offered')) w
WHERE g.status IN ('open', 'paused', 'closing') OR w.waiting > 0 ORDER BY g.name
"""
# Everybody is counted in the month in which they were first put on the waiting list.
_DEMAND = """
SELECT g.code, w.month, count(*) AS number
FROM (SELECT m.referral_id,
             date_trunc('month', min(m.moved_at) AT TIME ZONE 'Europe/London')::date AS month
      FROM referral_move m WHERE m.after = 'waiting' GROUP BY m.referral_id) w
JOIN referral r ON r.id = w.referral_id JOIN programme g ON g.id = r.programme_id
WHERE w.month >= $1 GROUP BY g.code, w.month
"""
# A group that has not begun offers what is still free in it; one that is over offered all it had.
_PLACES = """
SELECT g.code, date_trunc('month', c.first_on)::date AS month,
       sum(CASE WHEN c.first_on > $2 THEN greatest(0, c.capacity - t.taken)
                ELSE c.capacity END)::int AS number
FROM cohort c JOIN programme g ON g.id = c.programme_id
CROSS JOIN LATERAL (SELECT count(*) AS taken FROM enrolment e WHERE e.cohort_id = c.id
                    AND e.status IN ('enrolled', 'paused', 'completed')) t
WHERE c.first_on >= $1 AND c.status <> 'cancelled'
  AND (c.first_on > $2 OR date_trunc('month', c.first_on) < date_trunc('month', $2::timestamp))
GROUP BY g.code, month
"""
# What is free now in groups that have begun and still take people: not after their third session.
_FREE = """
SELECT g.code, date_trunc('month', c.first_on)::date AS month,
       sum(greatest(0, c.capacity - t.taken))::int AS number
FROM cohort c JOIN programme g ON g.id = c.programme_id
JOIN programme_version v ON v.id = c.programme_version_id
CROSS JOIN LATERAL (SELECT count(*) AS taken FROM enrolment e WHERE e.cohort_id = c.id
                    AND e.status IN ('enrolled', 'paused', 'completed')) t
CROSS JOIN LATERAL (SELECT count(*) AS held FROM register x WHERE x.cohort_id = c.id
                    AND x.signed_off_at IS NOT NULL) h
WHERE c.first_on >= $1 AND c.first_on <= $2 AND c.last_on >= $2 AND c.status = 'running'
  AND CASE v.rules -> 'joining' ->> 'rule' WHEN 'rolling' THEN true
        WHEN 'closed after session' THEN h.held < (v.rules -> 'joining' ->> 'session')::int
        ELSE h.held = 0 END
GROUP BY g.code, month
"""
