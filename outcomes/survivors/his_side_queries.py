"""What the survivor side may know of the people linked: read in `work` through the bridge alone.

Each of these runs in a transaction of the bridge's own login; none leaves a trace there.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.rules import HEAD_START
from outcomes.survivors.words import ChangeKind, Course
from programmes.common.db import fetch_as, fetch_one_as, fetch_value


class HisSide(Struct, frozen=True):
    """One person linked to her, as far as signed-off registers and orders tell."""

    person_id: UUID
    reference: str
    name: str
    programme: str | None
    status: str | None
    end_reason: str | None
    first_on: date | None
    last_on: date | None
    ended_on: date | None
    there: int
    held: int
    next_at: datetime | None

    @property
    def course(self) -> Course | None:
        if self.first_on is None or self.last_on is None:
            return None
        return Course(self.first_on, self.last_on, self.ended_on)


class HisOrder(Struct, frozen=True):
    id: UUID
    person_id: UUID
    kind: str
    made_on: date
    ends_on: date | None
    status: str


class HisBreach(Struct, frozen=True):
    person_id: UUID
    occurred_at: datetime
    stage: str
    kind: str


class Change(Struct, frozen=True):
    """One piece of news, on the day it happened or will happen.

    `known_at` is when the other side wrote it down; None for an end that everybody foresaw.
    `source_id` is the breach, order, place, session or fact itself: two of a day are two.
    """

    person_id: UUID
    kind: ChangeKind
    on: date
    about: str
    known_at: datetime | None
    source_id: UUID


class Found(Struct, frozen=True):
    person_id: UUID
    reference: str
    name: str


async def person_called(reference: str) -> Found | None:
    """Exactly this reference: one cannot leaf through the people of the other side."""
    return await fetch_one_as(
        Found,
        "SELECT id AS person_id, reference, first_name || ' ' || last_name AS name "
        "FROM person WHERE reference = $1",
        reference.strip().upper(),
    )


async def his_side(person_ids: Sequence[UUID]) -> dict[UUID, HisSide]:
    rows = await fetch_as(HisSide, _HIS_SIDE, list(person_ids))
    return {row.person_id: row for row in rows}


async def his_orders(person_ids: Sequence[UUID]) -> list[HisOrder]:
    return await fetch_as(
        HisOrder,
        "SELECT id, person_id, kind, made_on, ends_on, status FROM protective_order "
        "WHERE person_id = ANY($1) ORDER BY ends_on DESC NULLS FIRST, made_on DESC, id DESC",
        list(person_ids),
    )


async def his_breaches(person_ids: Sequence[UUID]) -> list[HisBreach]:
    return await fetch_as(
        HisBreach,
        "SELECT b.person_id, b.occurred_at, b.stage, o.kind FROM breach b "
        "JOIN protective_order o ON o.id = b.order_id "
        "WHERE b.person_id = ANY($1) ORDER BY b.occurred_at DESC, b.id DESC",
        list(person_ids),
    )


async def head_start_on(day: date) -> timedelta:
    """How long letters to anybody wait after a fact, by the rule in force on this day."""
    hours = await fetch_value(
        "SELECT threshold FROM reaction_rule WHERE code = 'head start' AND valid_from <= $1 "
        "ORDER BY valid_from DESC LIMIT 1",
        day,
    )
    return HEAD_START if hours is None else timedelta(hours=hours)


async def changes(
    person_ids: Sequence[UUID], *, since: date, until: date, today: date
) -> list[Change]:
    """What happened from `since` to today, and orders that end by `until`. Newest first."""
    return await fetch_as(Change, _CHANGES, list(person_ids), since, today, until)


_HIS_SIDE = """
SELECT p.id AS person_id, p.reference, p.first_name || ' ' || p.last_name AS name,
       g.name AS programme, e.status, e.end_reason, c.first_on, c.last_on, e.ended_on,
       coalesce(m.there, 0) AS there, coalesce(m.held, 0) AS held, n.starts_at AS next_at
FROM person p
LEFT JOIN LATERAL (
    SELECT x.id, x.cohort_id, x.programme_id, x.status, x.ended_on, x.end_reason
    FROM enrolment x WHERE x.person_id = p.id
    ORDER BY (x.status IN ('enrolled', 'paused')) DESC, x.enrolled_on DESC, x.id DESC
    LIMIT 1) e ON true
LEFT JOIN programme g ON g.id = e.programme_id
LEFT JOIN cohort c ON c.id = e.cohort_id
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.is_there) AS there, count(*) AS held
    FROM attendance_mark a
    WHERE a.enrolment_id = e.id AND a.is_current AND a.signed_off_at IS NOT NULL) m ON true
LEFT JOIN LATERAL (
    SELECT s.starts_at FROM session s
    WHERE s.cohort_id = e.cohort_id AND s.starts_at > now() AND s.status = 'planned'
      AND e.status = 'enrolled'
    ORDER BY s.starts_at LIMIT 1) n ON true
WHERE p.id = ANY($1)
"""
_CHANGES = """
SELECT a.person_id, 'missed' AS kind, (a.held_at AT TIME ZONE 'Europe/London')::date AS "on",
       g.name AS about, a.signed_off_at AS known_at, a.session_id AS source_id
FROM attendance_mark a JOIN enrolment e ON e.id = a.enrolment_id
JOIN programme g ON g.id = e.programme_id
WHERE a.person_id = ANY($1) AND a.is_current AND a.signed_off_at IS NOT NULL
  AND a.code IN ('absent', 'late-not-admitted', 'sent-home-behaviour')
  AND (a.held_at AT TIME ZONE 'Europe/London')::date BETWEEN $2 AND $3
UNION ALL
SELECT e.person_id, CASE e.status WHEN 'completed' THEN 'completed' ELSE 'ended' END, e.ended_on,
       g.name, (SELECT max(v.moved_at) FROM enrolment_move v
                WHERE v.enrolment_id = e.id AND v.after = e.status), e.id
FROM enrolment e JOIN programme g ON g.id = e.programme_id
WHERE e.person_id = ANY($1) AND e.status IN ('completed', 'ended')
  AND e.ended_on BETWEEN $2 AND $3
UNION ALL
SELECT f.person_id, f.kind, (f.happened_at AT TIME ZONE 'Europe/London')::date, coalesce(
    (SELECT g.name FROM enrolment e JOIN programme g ON g.id = e.programme_id
     WHERE e.person_id = f.person_id ORDER BY e.enrolled_on DESC, e.id DESC LIMIT 1), 'programme'),
    f.recorded_at, f.id
FROM fact f
WHERE f.person_id = ANY($1) AND f.kind = 'can no longer finish'
  AND (f.happened_at AT TIME ZONE 'Europe/London')::date BETWEEN $2 AND $3
UNION ALL
SELECT b.person_id, 'breach', (b.occurred_at AT TIME ZONE 'Europe/London')::date, o.kind,
       b.created_at, b.id
FROM breach b JOIN protective_order o ON o.id = b.order_id
WHERE b.person_id = ANY($1) AND b.stage <> 'withdrawn'
  AND (b.occurred_at AT TIME ZONE 'Europe/London')::date BETWEEN $2 AND $3
UNION ALL
SELECT o.person_id, 'order ending', o.ends_on, o.kind, NULL, o.id
FROM protective_order o
WHERE o.person_id = ANY($1) AND o.status IN ('live', 'varied')
  AND o.ends_on BETWEEN $3 AND $4
ORDER BY "on" DESC, kind, known_at, source_id
"""
