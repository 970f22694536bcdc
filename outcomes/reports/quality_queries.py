"""What is missing from the records of a period, by field, and for how long it has been."""

from datetime import date, timedelta

from msgspec import Struct

from outcomes.reports.figures import Period
from programmes.common.db import fetch_as
from programmes.common.wall_time import midnight


class Missing(Struct, frozen=True, kw_only=True):
    """`of` records the field is asked of, and how many lack it, by the age of the record."""

    field: str
    of: int
    missing: int
    under_4_weeks: int
    weeks_4_to_12: int
    over_12_weeks: int
    oldest_days: int | None


async def missing_fields(period: Period, *, today: date) -> list[Missing]:
    """Ages run to the end of the period, or to today where that comes first."""
    until = min(period.until_on, today + timedelta(days=1))
    rows = await fetch_as(
        Missing, _MISSING, period.from_on, until, period.starts_at, midnight(until)
    )
    return sorted(rows, key=lambda row: (-row.missing, row.field))


# Each record of the period with the days since it should have been there, and whether it is.
_MISSING = """
WITH new_person AS MATERIALIZED (
    SELECT p.*, $2 - r.received_on AS days, r.contact_with_child, r.referring_worker,
           r.risk_level, EXISTS (SELECT FROM person_child k WHERE k.person_id = p.id) AS has_child,
           EXISTS (SELECT FROM suitability_decision d WHERE d.referral_id = r.id) AS is_decided,
           r.status
    FROM referral r JOIN person p ON p.id = r.person_id
    WHERE r.received_on >= $1 AND r.received_on < $2),
held AS MATERIALIZED (
    SELECT $2 - (s.ends_at AT TIME ZONE 'Europe/London')::date AS days,
           x.signed_off_at IS NULL AS is_missing
    FROM session s JOIN cohort c ON c.id = s.cohort_id
    LEFT JOIN register x ON x.session_id = s.id
    WHERE s.ends_at >= $3 AND s.ends_at < $4 AND s.status = 'planned'
      AND c.status <> 'cancelled' AND s.kind = 'group'),
judged AS MATERIALIZED (
    SELECT $2 - (m.held_at AT TIME ZONE 'Europe/London')::date AS days,
           NOT EXISTS (SELECT FROM acceptability a WHERE a.mark_id = m.id) AS is_missing
    FROM attendance_mark m
    WHERE m.is_current AND m.code = 'absent' AND m.held_at >= $3 AND m.held_at < $4),
asked AS (
    SELECT 'ethnic group' AS field, days, coalesce(ethnic_group, '') = '' AS is_missing
    FROM new_person
    UNION ALL SELECT 'first language', days, coalesce(first_language, '') = '' FROM new_person
    UNION ALL SELECT 'postcode district', days, coalesce(postcode_district, '') = ''
    FROM new_person
    UNION ALL SELECT 'sex', days, sex = 'not stated' FROM new_person
    UNION ALL SELECT 'contact with a child', days, contact_with_child IS NULL FROM new_person
    UNION ALL SELECT 'referring worker', days, coalesce(referring_worker, '') = ''
    FROM new_person
    UNION ALL SELECT 'decision on suitability', days, NOT is_decided FROM new_person
    WHERE status NOT IN ('closed', 'not suitable')
    UNION ALL SELECT 'children, where there is contact with one', days, NOT has_child
    FROM new_person WHERE contact_with_child
    UNION ALL SELECT 'register signed off', days, is_missing FROM held
    UNION ALL SELECT 'verdict on an absence', days, is_missing FROM judged
    UNION ALL SELECT 'time of service of an order', $2 - made_on, served_at IS NULL
    FROM protective_order WHERE made_on >= $1 AND made_on < $2 AND status <> 'refused'
    UNION ALL SELECT 'outcome of a breach',
        $2 - (occurred_at AT TIME ZONE 'Europe/London')::date,
        stage IN ('alleged', 'arrested', 'before court')
    FROM breach WHERE occurred_at >= $3 AND occurred_at < $4
    UNION ALL SELECT 'reason why a place ended', $2 - ended_on, end_reason IS NULL
    FROM enrolment WHERE status = 'ended' AND ended_on >= $1 AND ended_on < $2)
SELECT field, count(*)::int AS of, count(*) FILTER (WHERE is_missing)::int AS missing,
       count(*) FILTER (WHERE is_missing AND days < 28)::int AS under_4_weeks,
       count(*) FILTER (WHERE is_missing AND days >= 28 AND days < 84)::int AS weeks_4_to_12,
       count(*) FILTER (WHERE is_missing AND days >= 84)::int AS over_12_weeks,
       max(days) FILTER (WHERE is_missing)::int AS oldest_days
FROM asked GROUP BY field
"""
