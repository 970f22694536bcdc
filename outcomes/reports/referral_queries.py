"""Referrals received in a period, and what became of them, counted in the database."""

from msgspec import Struct

from outcomes.reports.figures import Period
from programmes.common.db import fetch


class ReferralFigures(Struct, frozen=True):
    referred: int
    suitable: int
    waiting: int


async def referral_figures(period: Period) -> dict[str, ReferralFigures]:
    """By programme code. Waiting are those who have no decision yet."""
    rows = await fetch(
        f"""
        SELECT g.code, count(*) AS referred,
               count(*) FILTER (WHERE d.outcome = 'suitable') AS suitable,
               count(*) FILTER (WHERE d.outcome IS NULL AND r.status NOT IN
                   ('not suitable', 'closed')) AS waiting
        {_RECEIVED}
        GROUP BY g.code
        """,
        period.from_on,
        period.until_on,
    )
    return {
        row["code"]: ReferralFigures(row["referred"], row["suitable"], row["waiting"])
        for row in rows
    }


async def not_suitable(period: Period) -> dict[str, dict[str, int]]:
    """By programme code and coded reason: unmet need is an output, not a lost decline."""
    rows = await fetch(
        f"""
        SELECT g.code, d.reason_code, count(*) AS people
        {_RECEIVED} AND d.outcome = 'not suitable'
        GROUP BY g.code, d.reason_code ORDER BY g.code, people DESC, d.reason_code
        """,
        period.from_on,
        period.until_on,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["code"], {})[row["reason_code"]] = row["people"]
    return found


async def programmes_supplied() -> dict[str, bool]:
    """Every programme by code, and whether anything of it was ever entered."""
    rows = await fetch(
        """
        SELECT g.code, EXISTS (SELECT FROM referral r WHERE r.programme_id = g.id)
               OR EXISTS (SELECT FROM cohort c WHERE c.programme_id = g.id) AS is_supplied
        FROM programme g ORDER BY g.created_at, g.code
        """
    )
    return {row["code"]: row["is_supplied"] for row in rows}


# The latest decision of each referral counts, whenever it was taken.
_RECEIVED = """
FROM referral r
JOIN programme g ON g.id = r.programme_id
LEFT JOIN LATERAL (
    SELECT s.outcome, s.reason_code FROM suitability_decision s WHERE s.referral_id = r.id
    ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1) d ON true
WHERE r.received_on >= $1 AND r.received_on < $2
"""
