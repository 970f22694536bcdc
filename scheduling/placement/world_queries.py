"""One programme as it stands, for a proposal: who waits, what is open, who is there already."""

from datetime import datetime
from uuid import UUID

from programmes.common.clock import london_date
from programmes.common.db import fetch
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.placement.group_queries import known_staff, open_groups, seekers
from scheduling.placement.words import Risk
from scheduling.placement.world_rules import Member, World

READ_PLACEMENT = Permission(Resource.PLACEMENT, Verb.READ)


async def world_of(
    actor: Actor, programme: str, *, now: datetime, only: UUID | None = None
) -> World:
    """With everybody who waits, or with one of them: `only` is a referral."""
    must(actor, READ_PLACEMENT)
    groups = await open_groups(actor, programme=programme, now=now)
    asked = () if only is None else (only,)
    waiting = await seekers(actor, programme=programme, now=now, referrals=asked)
    members = await _members([one.id for one in groups])
    people = [*(one.person_id for one in waiting), *(one.person_id for one in members)]
    pairs = await fetch("SELECT one, other FROM auth.kept_apart($1, $2)", people, london_date(now))
    return World(
        today=london_date(now),
        groups=tuple(groups),
        seekers=tuple(waiting),
        members=tuple(members),
        apart=frozenset((row["one"], row["other"]) for row in pairs),
        known=await known_staff(actor),
    )


async def _members(cohorts: list[UUID]) -> list[Member]:
    rows = await fetch(
        "SELECT e.person_id, e.cohort_id, r.risk_level AS risk "
        "FROM enrolment e JOIN referral r ON r.id = e.referral_id "
        "WHERE e.cohort_id = ANY($1) AND e.status IN ('enrolled', 'paused', 'completed') "
        "ORDER BY e.id",
        cohorts,
    )
    return [
        Member(
            person_id=row["person_id"],
            cohort_id=row["cohort_id"],
            risk=Risk(row["risk"]),
        )
        for row in rows
    ]


async def programmes_waiting(actor: Actor) -> list[tuple[str, str, int]]:
    """Code, name and how many wait, of every programme that has a waiting list."""
    must(actor, READ_PLACEMENT)
    rows = await fetch(
        "SELECT g.code, g.name, count(r.id) AS waiting FROM programme g "
        "JOIN referral r ON r.programme_id = g.id AND r.status IN ('waiting', 'offered') "
        "GROUP BY g.code, g.name ORDER BY g.name"
    )
    return [(row["code"], row["name"], row["waiting"]) for row in rows]
