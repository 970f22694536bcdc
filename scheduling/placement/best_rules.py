"""The best groups for one person: what can be given first, ranked by worth, then what cannot."""

from collections.abc import Iterator

from msgspec import Struct

from scheduling.placement.group_words import OpenGroup
from scheduling.placement.not_offered_words import NOT_OFFERED_HERE
from scheduling.placement.offers import Offer, best_cohorts_for
from scheduling.placement.world_rules import Solvable, World, solvable
from scheduling.sessions.words import PlanWarning


class BestGroup(Struct, frozen=True, kw_only=True):
    """`why` says what this group is worth to them; `reasons` are against it, and none means open.

    `cautions` bar nobody by themselves: the proposal for everybody would not put them here.
    """

    group: OpenGroup
    points: int
    why: tuple[str, ...]
    cautions: tuple[str, ...]
    reasons: tuple[str, ...]
    warnings: tuple[PlanWarning, ...]


def best_groups_for_one(world: World) -> tuple[BestGroup, ...]:
    """For the one seeker of the world; whoever has a place stays, and counts."""
    ready, me = solvable(world), str(world.seekers[0].referral_id)
    groups = {str(group.id): group for group in world.groups}
    offers = best_cohorts_for(me, ready.instance, placements=ready.settled)
    return tuple(_best(groups[one.cohort], one, ready) for one in offers)


def _best(group: OpenGroup, offer: Offer, ready: Solvable) -> BestGroup:
    fit = ready.fits[offer.person, offer.cohort]
    worth = ready.worth[offer.person, offer.cohort]
    return BestGroup(
        group=group,
        points=worth.points,
        why=worth.here,
        cautions=offer.reasons if offer.is_offered and offer.barriers else (),
        reasons=tuple(_against(offer, fit.reasons)),
        warnings=fit.warnings,
    )


def _against(offer: Offer, reasons: tuple[str, ...]) -> Iterator[str]:
    """Somebody there to be kept apart from reads like any other reason not to offer it."""
    yield from reasons
    if not reasons and not offer.is_offered:
        yield NOT_OFFERED_HERE
