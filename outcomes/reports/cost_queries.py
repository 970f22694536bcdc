"""The costs that were entered and stand."""

from outcomes.reports.cost_rules import Cost
from programmes.common.db import fetch_as


async def costs() -> list[Cost]:
    """The latest period first."""
    return await fetch_as(
        Cost,
        """
        SELECT k.id, g.code AS programme, c.reference AS cohort, k.from_on, k.until_on, k.pence,
               k.source, k.entered_at
        FROM programme_cost k
        JOIN programme g ON g.id = k.programme_id
        LEFT JOIN cohort c ON c.id = k.cohort_id
        WHERE k.withdrawn_at IS NULL
        ORDER BY k.from_on DESC, g.code, c.reference NULLS FIRST, k.id
        """,
    )
