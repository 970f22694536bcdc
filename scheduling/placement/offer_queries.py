"""Who to offer a place in one group next, ranked with reasons."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from programmes.common.errors import NotFound
from programmes.common.permissions import must
from programmes.common.staff import Actor
from scheduling.cohorts.queries import cohort
from scheduling.placement.fit_rules import about_them
from scheduling.placement.offers import next_offers_for
from scheduling.placement.world_queries import READ_PLACEMENT, world_of
from scheduling.placement.world_rules import solvable

NEXT = 12


class NextOffer(Struct, frozen=True, kw_only=True):
    """`is_reserve`: no place is free for them until somebody says no."""

    referral_id: UUID
    person_id: UUID
    name: str
    points: int
    is_reserve: bool
    why: tuple[str, ...]
    warnings: tuple[str, ...]


async def next_offers(actor: Actor, cohort_id: UUID, *, now: datetime) -> list[NextOffer]:
    """The next twelve, each as if those before had taken theirs. Raises NotFound."""
    must(actor, READ_PLACEMENT)
    found = await cohort(actor, cohort_id)
    world = await world_of(actor, found.programme_code, now=now)
    if cohort_id not in {group.id for group in world.groups}:
        raise NotFound
    ready = solvable(world)
    here, seekers = str(cohort_id), {str(one.referral_id): one for one in world.seekers}
    offers = next_offers_for(here, ready.instance, placements=ready.settled, count=NEXT)
    return [
        NextOffer(
            referral_id=seekers[one.person].referral_id,
            person_id=seekers[one.person].person_id,
            name=seekers[one.person].name,
            points=one.value,
            is_reserve=not one.is_possible,
            why=(*ready.worth[one.person, here].says, *(one.reasons if one.barriers else ())),
            warnings=about_them(ready.fits[one.person, here].warnings),
        )
        for one in offers
    ]
