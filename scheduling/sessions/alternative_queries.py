"""What is free instead of a change that clashes."""

from datetime import datetime, timedelta
from uuid import UUID

from programmes.common.db import fetch
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.sessions.alternative_rules import free_among, nearby
from scheduling.sessions.change_words import Change
from scheduling.sessions.planning_queries import taken_times
from scheduling.sessions.standing_queries import standing

WRITE_SERIES = Permission(Resource.COHORTS, Verb.WRITE)
_A_YEAR = timedelta(days=366)


async def free_instead(
    cohort_id: UUID, change: Change, *, actor: Actor, now: datetime
) -> tuple[Change, ...]:
    """The nearest changes of the same kind that would clash with nothing; none where none is."""
    must(actor, WRITE_SERIES)
    stands = await standing(actor, cohort_id, now=now, change=change)
    rows = await fetch(
        "SELECT person_id FROM enrolment WHERE cohort_id = $1 AND status IN ('enrolled', 'paused')",
        cohort_id,
    )
    people = [row["person_id"] for row in rows]
    known = stands.circumstances
    whats = {*people, *(one.id for one in known.rooms), *(one.id for one in known.staff)}
    last = max((one.ends_at for one in stands.sessions), default=now)
    taken = await taken_times(whats, from_at=now, until_at=max(last, now) + _A_YEAR)
    candidates = nearby(stands, change)
    return free_among(stands, candidates, taken=taken, people=people)
