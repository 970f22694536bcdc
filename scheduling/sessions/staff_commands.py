"""Who facilitates a cohort, when its sessions pass from one to another."""

from datetime import datetime
from uuid import UUID

from programmes.common.clock import london_date
from programmes.common.db import execute
from programmes.common.ids import new_id


async def hand_over(cohort_id: UUID, *, leaves: UUID, comes: UUID, now: datetime) -> None:
    """Whoever comes belongs to the cohort from today; whoever leaves, until they lead none of it.

    Membership is what opens the group's pages, so it follows the sessions.
    """
    today = london_date(now)
    await execute(
        "INSERT INTO cohort_staff (id, cohort_id, account_id, duty, from_on) "
        "SELECT $1, $2, $3, 'facilitator', $4 WHERE NOT EXISTS (SELECT FROM cohort_staff "
        "WHERE cohort_id = $2 AND account_id = $3 AND until_on IS NULL)",
        new_id(now),
        cohort_id,
        comes,
        today,
    )
    await execute(
        "UPDATE cohort_staff k SET until_on = greatest(k.from_on, $3) WHERE k.cohort_id = $1 "
        "AND k.account_id = $2::uuid AND k.until_on IS NULL AND NOT EXISTS (SELECT FROM session s "
        "WHERE s.cohort_id = $1 AND s.status = 'planned' AND s.starts_at > $4 "
        "AND s.facilitators ? ($2::uuid)::text)",
        cohort_id,
        leaves,
        today,
        now,
    )
