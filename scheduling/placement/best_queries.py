"""The best groups for one person, out of those that are open now."""

from datetime import datetime
from uuid import UUID

from programmes.common.errors import NotFound
from programmes.common.staff import Actor
from scheduling.placement.best_rules import BestGroup, best_groups_for_one
from scheduling.placement.world_queries import world_of


async def best_groups(
    actor: Actor, referral_id: UUID, programme: str, *, now: datetime
) -> tuple[BestGroup, ...]:
    """Every group of the programme that is not over, the best for them first. Raises NotFound."""
    world = await world_of(actor, programme, now=now, only=referral_id)
    if not world.seekers:
        raise NotFound
    return best_groups_for_one(world)
