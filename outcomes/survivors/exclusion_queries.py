"""Who may not see whom, as the lead reads it: nobody reads what keeps themselves out."""

from outcomes.survivors.assignment_queries import ARRANGE
from outcomes.survivors.exclusion_words import Excluded
from programmes.common.db import fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor


async def exclusions(actor: Actor) -> list[Excluded]:
    """Those that stand first, then the latest."""
    must(actor, ARRANGE)
    return await fetch_as(
        Excluded,
        "SELECT x.id, s.reference, x.account_id, a.name, x.why, x.from_on, x.until_on "
        "FROM survivor_exclusion x JOIN survivor s ON s.id = x.survivor_id "
        "JOIN auth.account a ON a.id = x.account_id "
        "ORDER BY x.until_on NULLS FIRST, x.from_on DESC, x.id DESC",
    )
