"""Which groups are not offered to whom, without a reason: nobody here knows one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from programmes.common.clock import london_date
from programmes.common.db import fetch


async def not_offered_to(people: Iterable[UUID], *, now: datetime) -> dict[UUID, set[UUID]]:
    """Groups by person; everybody asked for is there, and most with none."""
    asked = list(people)
    rows = await fetch(
        "SELECT person_id, cohort_id FROM auth.not_offered($1, $2)", asked, london_date(now)
    )
    found: dict[UUID, set[UUID]] = defaultdict(set, {one: set() for one in asked})
    for row in rows:
        found[row["person_id"]].add(row["cohort_id"])
    return found
