"""Who could not be offered anything, quarter by quarter and by coded reason."""

from datetime import date

from msgspec import Struct

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.referrals.words import UNMET_NEED

READ_UNMET = Permission(Resource.MANAGEMENT_REPORT, Verb.READ)


class UnmetQuarter(Struct, frozen=True):
    """`people`: each once within the quarter and reason; `quarter` is its first day."""

    quarter: date
    reason: str
    is_unmet: bool
    people: int


async def unmet_by_quarter(actor: Actor, *, since: date, until: date) -> list[UnmetQuarter]:
    """The latest decision of each referral counts, in the quarter in which it was made."""
    must(actor, READ_UNMET)
    return await fetch_as(
        UnmetQuarter,
        """
        SELECT date_trunc('quarter', d.decided_on::timestamp)::date AS quarter,
               d.reason_code AS reason, d.reason_code = ANY($3) AS is_unmet,
               count(DISTINCT d.person_id)::int AS people
        FROM (SELECT DISTINCT ON (referral_id) * FROM suitability_decision
              ORDER BY referral_id, recorded_at DESC, id DESC) d
        WHERE d.outcome = 'not suitable' AND d.decided_on >= $1 AND d.decided_on < $2
        GROUP BY 1, 2 ORDER BY 1, 2
        """,
        since,
        until,
        sorted(UNMET_NEED),
    )
