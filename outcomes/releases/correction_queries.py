"""What was entered or corrected after a release was computed, and what its list already says."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.releases.correction_words import Corrected
from programmes.common.db import fetch_as


class CorrectionDue(Struct, frozen=True):
    release_id: UUID
    what: Corrected
    corrected_on: date


class CorrectionNoted(Struct, frozen=True):
    what: Corrected
    corrected_on: date
    noted_at: datetime


async def corrections_due() -> list[CorrectionDue]:
    """Kinds of record and days that no list names yet, of published releases."""
    return await fetch_as(CorrectionDue, _DUE)


async def corrections_of(release_id: UUID) -> list[CorrectionNoted]:
    """The latest day first."""
    return await fetch_as(
        CorrectionNoted,
        "SELECT what, corrected_on, noted_at FROM release_correction "
        "WHERE release_id = $1 ORDER BY corrected_on DESC, what",
        release_id,
    )


# Each record with the instant it was made and the day or instant that it is about. A place and
# an order that change later tell so in their moves; so does a breach.
_DUE = """
WITH late AS (
    SELECT 'registers' AS what, m.entered_at AS made_at, m.held_at AS about_at
    FROM attendance_mark m WHERE m.entered_at >= (SELECT min(computed_at) FROM release)
    UNION ALL
    SELECT 'registers', x.signed_off_at, s.starts_at
    FROM register x JOIN session s ON s.id = x.session_id
    WHERE x.signed_off_at >= (SELECT min(computed_at) FROM release)
    UNION ALL
    SELECT 'decisions', d.recorded_at, d.decided_on::timestamp AT TIME ZONE 'Europe/London'
    FROM suitability_decision d
    UNION ALL
    SELECT 'orders', o.created_at, o.made_on::timestamp AT TIME ZONE 'Europe/London'
    FROM protective_order o
    UNION ALL
    SELECT 'orders', c.changed_at, o.made_on::timestamp AT TIME ZONE 'Europe/London'
    FROM order_change c JOIN protective_order o ON o.id = c.order_id
    WHERE c.what IN ('refused', 'reopened')
    UNION ALL
    SELECT 'breaches', b.created_at, b.occurred_at FROM breach b
    UNION ALL
    SELECT 'breaches', v.moved_at, b.occurred_at
    FROM breach_move v JOIN breach b ON b.id = v.breach_id
    UNION ALL
    SELECT 'places', v.moved_at, e.ended_on::timestamp AT TIME ZONE 'Europe/London'
    FROM enrolment_move v JOIN enrolment e ON e.id = v.enrolment_id
    WHERE e.ended_on IS NOT NULL)
SELECT DISTINCT r.id AS release_id, l.what,
       (l.made_at AT TIME ZONE 'Europe/London')::date AS corrected_on
FROM release r
JOIN late l ON l.made_at > r.computed_at
  AND l.about_at >= r.period_from::timestamp AT TIME ZONE 'Europe/London'
  AND l.about_at < r.period_until::timestamp AT TIME ZONE 'Europe/London'
WHERE r.published_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM release_correction k WHERE k.release_id = r.id AND k.what = l.what
                  AND k.corrected_on = (l.made_at AT TIME ZONE 'Europe/London')::date)
ORDER BY 1, 3, 2
"""
