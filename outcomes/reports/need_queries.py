"""Who waits for a place, how many places there will be, and whom no programme could take."""

from collections.abc import Sequence

from msgspec import Struct

from outcomes.reports.figures import Period
from programmes.common.db import fetch_as
from programmes.referrals.words import UNMET_NEED


class Queue(Struct, frozen=True, kw_only=True):
    """`waiting`: found suitable before the end of the period, without a place at its end; also
    those who wait to repeat a pair of workshops.

    `places`: in groups that begin in the 26 weeks after it; `taken` of them are held already.
    `given`: places that began in the period.
    """

    code: str
    waiting: int
    longest_days: int | None
    given: int
    places: int
    taken: int


async def queues(period: Period) -> list[Queue]:
    """Every programme of which anything was entered."""
    return await fetch_as(Queue, _QUEUES, period.from_on, period.until_on)


class Unmet(Struct, frozen=True):
    """`people`: each once, however many referrals were refused for the reason."""

    reason: str
    is_unmet: bool
    people: int
    referrals: int


async def unmet_need(period: Period) -> Sequence[Unmet]:
    """Decisions of the period, by reason; the first are those that no programme here meets."""
    return await fetch_as(
        Unmet,
        """
        SELECT d.reason_code AS reason, d.reason_code = ANY($3) AS is_unmet,
               count(DISTINCT d.person_id)::int AS people,
               count(DISTINCT d.referral_id)::int AS referrals
        FROM (SELECT DISTINCT ON (referral_id) * FROM suitability_decision
              ORDER BY referral_id, recorded_at DESC, id DESC) d
        WHERE d.outcome = 'not suitable' AND d.decided_on >= $1 AND d.decided_on < $2
        GROUP BY d.reason_code ORDER BY is_unmet DESC, people DESC, reason
        """,
        period.from_on,
        period.until_on,
        sorted(UNMET_NEED),
    )


_QUEUES = """
WITH latest AS (
    SELECT DISTINCT ON (referral_id) referral_id, outcome, decided_on
    FROM suitability_decision WHERE decided_on < $2
    ORDER BY referral_id, recorded_at DESC, id DESC),
waiting AS (
    SELECT r.programme_id, count(*) AS people, max($2 - r.received_on) AS longest_days
    FROM latest d JOIN referral r ON r.id = d.referral_id
    WHERE d.outcome = 'suitable' AND r.status NOT IN ('closed', 'not suitable')
      AND NOT EXISTS (SELECT FROM enrolment e
                      WHERE e.referral_id = r.id AND e.enrolled_on < $2
                        AND (e.end_reason IS DISTINCT FROM 'repeats the pair' OR e.ended_on >= $2))
    GROUP BY r.programme_id),
given AS (
    SELECT programme_id, count(*) AS people FROM enrolment
    WHERE enrolled_on >= $1 AND enrolled_on < $2 GROUP BY programme_id),
ahead AS (
    SELECT c.programme_id, sum(c.capacity) AS places, sum(h.held) AS taken
    FROM cohort c
    CROSS JOIN LATERAL (SELECT count(*) AS held FROM enrolment e
                        WHERE e.cohort_id = c.id AND e.status IN ('enrolled', 'paused')) h
    WHERE c.status <> 'cancelled' AND c.first_on >= $2 AND c.first_on < $2 + 182
    GROUP BY c.programme_id)
SELECT g.code, coalesce(w.people, 0)::int AS waiting, w.longest_days,
       coalesce(v.people, 0)::int AS given, coalesce(a.places, 0)::int AS places,
       coalesce(a.taken, 0)::int AS taken
FROM programme g
LEFT JOIN waiting w ON w.programme_id = g.id
LEFT JOIN given v ON v.programme_id = g.id
LEFT JOIN ahead a ON a.programme_id = g.id
WHERE EXISTS (SELECT FROM referral r WHERE r.programme_id = g.id)
   OR EXISTS (SELECT FROM cohort c WHERE c.programme_id = g.id)
ORDER BY g.created_at, g.code
"""
