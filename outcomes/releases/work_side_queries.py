"""The programme side of a release, read by the survivor side's own login: bare facts, no names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from outcomes.disclosure.periods import Period
from outcomes.releases.counting_words import (
    ArrestFact,
    BreachFact,
    ClockedFact,
    EndFact,
    FollowFact,
    MarkFact,
    PlaceFact,
    ReferralFact,
    StartFact,
    WorkFacts,
)
from programmes.catalogue.rules import sessions_in
from programmes.catalogue.words import ProgrammeVersion, WholeSeriesOnly
from programmes.common.db import fetch, fetch_as
from programmes.common.wall_time import midnight

PROTECTION_ORDERS: Final = ["dvpo", "dapo"]
"""The orders that the board counts; bail and cautions stand in the management report."""
LONGEST_CLOCK: Final = timedelta(days=21)
"""No clock to a hearing, to court or for notification runs so long, holidays taken in."""


FOLLOWED_FOR: Final = timedelta(weeks=26)
"""How long everybody is watched after the landmark, whatever became of them."""


class _Ends(Struct, frozen=True):
    """A period as both days and instants in London; half open."""

    from_on: date
    until_on: date
    starts_at: datetime
    ends_at: datetime


async def work_facts(period: Period, versions: Mapping[UUID, ProgrammeVersion]) -> WorkFacts:
    """Everything of one period that a release counts on the programme side."""
    at = _Ends(period.first_on, period.until, midnight(period.first_on), midnight(period.until))
    due = await _due(at, versions)
    before = at.starts_at - LONGEST_CLOCK
    followed = await _followed(at, versions)
    return WorkFacts(
        received=await fetch_as(ReferralFact, _RECEIVED, at.from_on, at.until_on),
        decided=await fetch_as(ReferralFact, _DECIDED, at.from_on, at.until_on),
        reached=[row["person_id"] for row in await fetch(_REACHED, at.starts_at, at.ends_at)],
        started=await _started(at, versions),
        due=due,
        marks=await fetch_as(MarkFact, _MARKS, [one.referral_id for one in due], at.ends_at),
        followed=followed,
        followed_marks=await fetch_as(
            MarkFact, _MARKS, [one.referral_id for one in followed], at.ends_at - FOLLOWED_FOR
        ),
        ended=await fetch_as(EndFact, _ENDED, at.from_on, at.until_on),
        children=await _children({one.person_id for one in due}),
        orders_made=[
            row["id"] for row in await fetch(_ORDERS, at.from_on, at.until_on, PROTECTION_ORDERS)
        ],
        breaches=await fetch_as(BreachFact, _BREACHES, at.starts_at, at.ends_at, PROTECTION_ORDERS),
        clocked=await fetch_as(ClockedFact, _CLOCKED, before, at.ends_at),
        arrests=await fetch_as(ArrestFact, _ARRESTS, before, at.ends_at),
    )


async def _started(at: _Ends, versions: Mapping[UUID, ProgrammeVersion]) -> list[StartFact]:
    """Where everybody starts with the first session, being at a later one is no start."""
    from_first = [
        key for key, rules in versions.items() if isinstance(rules.joining, WholeSeriesOnly)
    ]
    return await fetch_as(StartFact, _STARTED, at.starts_at, at.ends_at, from_first)


async def _due(at: _Ends, versions: Mapping[UUID, ProgrammeVersion]) -> list[PlaceFact]:
    return await fetch_as(PlaceFact, _DUE, at.starts_at, at.ends_at, _lasts(versions))


async def _followed(at: _Ends, versions: Mapping[UUID, ProgrammeVersion]) -> list[FollowFact]:
    """Those whose 26 weeks after the landmark end in the period: all are followed to the end."""
    return await fetch_as(
        FollowFact,
        _FOLLOWED,
        at.starts_at - FOLLOWED_FOR,
        at.ends_at - FOLLOWED_FOR,
        _lasts(versions),
        FOLLOWED_FOR,
    )


def _lasts(versions: Mapping[UUID, ProgrammeVersion]) -> list[dict[str, object]]:
    return [{"version_id": key, "last": sessions_in(rules)} for key, rules in versions.items()]


async def _children(person_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    rows = await fetch(
        "SELECT person_id, child_id FROM person_child WHERE person_id = ANY($1)",
        list(person_ids),
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row["child_id"])
    return dict(found)


# The latest decision of each referral counts.
_REFERRAL = """
SELECT r.id, g.code AS programme, a.kind AS agency_kind, r.received_on, d.outcome, d.reason_code,
       d.decided_on
FROM referral r
JOIN programme g ON g.id = r.programme_id
JOIN agency a ON a.id = r.agency_id
LEFT JOIN LATERAL (
    SELECT s.outcome, s.reason_code, s.decided_on FROM suitability_decision s
    WHERE s.referral_id = r.id ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1) d ON true
"""
_RECEIVED = f"{_REFERRAL} WHERE r.received_on >= $1 AND r.received_on < $2"
_DECIDED = f"{_REFERRAL} WHERE d.decided_on >= $1 AND d.decided_on < $2"
_REACHED = """
SELECT DISTINCT m.person_id FROM attendance_mark m
WHERE m.is_current AND m.is_there AND m.held_at >= $1 AND m.held_at < $2
"""
_STARTED = """
SELECT r.id AS referral_id, f.first_there_at, r.received_on, p.date_of_birth, p.ethnic_group
FROM (
    SELECT e.referral_id, min(m.held_at) AS first_there_at
    FROM attendance_mark m
    JOIN enrolment e ON e.id = m.enrolment_id
    JOIN session s ON s.id = m.session_id
    WHERE m.is_current AND m.is_there AND m.held_at < $2
      AND (s.number = 1 OR e.programme_version_id <> ALL($3))
    GROUP BY e.referral_id) f
JOIN referral r ON r.id = f.referral_id
JOIN person p ON p.id = r.person_id
WHERE f.first_there_at >= $1
"""
# A group's last session is held when its register is signed off. Whoever moved to another group,
# or repeats the pair, finishes with that one.
_DUE = """
WITH last AS (SELECT * FROM jsonb_to_recordset($3) AS v (version_id uuid, last int))
SELECT e.id, e.referral_id, e.person_id, g.code AS programme,
       e.programme_version_id AS version_id, d.outcome AS decided
FROM session s
JOIN cohort c ON c.id = s.cohort_id
JOIN last v ON v.version_id = c.programme_version_id AND v.last = s.number
JOIN register x ON x.session_id = s.id AND x.signed_off_at IS NOT NULL
JOIN enrolment e ON e.cohort_id = c.id
JOIN programme g ON g.id = e.programme_id
LEFT JOIN completion_decision d ON d.enrolment_id = e.id AND d.is_current
WHERE s.status = 'planned' AND s.starts_at >= $1 AND s.starts_at < $2
  AND e.status <> 'transferred' AND e.end_reason IS DISTINCT FROM 'repeats the pair'
"""
_FOLLOWED = """
WITH last AS (SELECT * FROM jsonb_to_recordset($3) AS v (version_id uuid, last int)),
place AS (
    SELECT e.id, e.referral_id, e.person_id, e.programme_version_id AS version_id,
           d.outcome AS decided, s.starts_at AS landmark_at, s.starts_at + $4::interval AS until_at,
           (SELECT min(m.held_at) FROM attendance_mark m JOIN enrolment x ON x.id = m.enrolment_id
            WHERE x.referral_id = e.referral_id AND m.is_current AND m.is_there) AS started_at
    FROM session s
    JOIN cohort c ON c.id = s.cohort_id
    JOIN last v ON v.version_id = c.programme_version_id AND v.last = s.number
    JOIN register x ON x.session_id = s.id AND x.signed_off_at IS NOT NULL
    JOIN enrolment e ON e.cohort_id = c.id
    LEFT JOIN completion_decision d ON d.enrolment_id = e.id AND d.is_current
    WHERE s.status = 'planned' AND s.starts_at >= $1 AND s.starts_at < $2
      AND e.status <> 'transferred' AND e.end_reason IS DISTINCT FROM 'repeats the pair')
SELECT p.id, p.referral_id, p.version_id, p.decided,
       EXISTS (SELECT FROM breach b WHERE b.person_id = p.person_id AND b.stage <> 'withdrawn'
               AND b.occurred_at >= coalesce(p.started_at, p.landmark_at)
               AND b.occurred_at < p.landmark_at) AS breached_before,
       EXISTS (SELECT FROM breach b WHERE b.person_id = p.person_id AND b.stage <> 'withdrawn'
               AND b.occurred_at >= p.landmark_at AND b.occurred_at < p.until_at)
           AS breached_after,
       EXISTS (SELECT FROM protective_order o
               WHERE o.person_id = p.person_id AND o.status <> 'refused'
               AND o.made_on < (p.until_at AT TIME ZONE 'Europe/London')::date
               AND (o.ends_on IS NULL OR o.ends_on >=
                    (p.landmark_at AT TIME ZONE 'Europe/London')::date)) AS had_order
FROM place p
"""
_MARKS = """
SELECT e.referral_id, e.cohort_id, s.number, m.held_at, m.code
FROM attendance_mark m
JOIN enrolment e ON e.id = m.enrolment_id
JOIN session s ON s.id = m.session_id
WHERE m.is_current AND e.referral_id = ANY($1) AND m.held_at < $2
ORDER BY m.held_at, m.id
"""
_ENDED = """
SELECT id, end_reason FROM enrolment
WHERE status = 'ended' AND ended_on >= $1 AND ended_on < $2
"""
_ORDERS = """
SELECT id FROM protective_order
WHERE made_on >= $1 AND made_on < $2 AND kind = ANY($3) AND status <> 'refused'
"""
_CLOCKED = """
SELECT o.id, k.law, o.made_on, o.status, o.ends_on, o.served_at, o.hearing_at, o.arrested_at,
       o.offence_on, o.notified_at, (SELECT min(s.made_on) FROM protective_order s
                                     WHERE s.follows_id = o.id) AS succeeded_on
FROM protective_order o JOIN order_kind k ON k.id = o.kind_id
WHERE (o.served_at >= $1 AND o.served_at < $2)
   OR (o.made_on >= $1::date AND o.made_on < $2::date)
   OR EXISTS (SELECT FROM breach b WHERE b.order_id = o.id
              AND b.arrested_at >= $1 AND b.arrested_at < $2)
"""
_ARRESTS = """
SELECT id AS breach_id, order_id, arrested_at, court_at, stage FROM breach
WHERE arrested_at >= $1 AND arrested_at < $2 ORDER BY arrested_at, id
"""
_BREACHES = """
SELECT b.event_id, b.order_id, b.stage FROM breach b
JOIN protective_order o ON o.id = b.order_id
WHERE b.occurred_at >= $1 AND b.occurred_at < $2 AND b.stage <> 'withdrawn' AND o.kind = ANY($3)
"""
