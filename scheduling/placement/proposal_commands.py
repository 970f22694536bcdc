"""Proposing who goes where in one programme, and giving the places as they were shown."""

import asyncio
from datetime import datetime

from programmes.common.audit import begin
from programmes.common.db import execute
from programmes.common.errors import Conflict, Refused
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.cohorts.commands import enrol
from scheduling.placement.proposal_rules import (
    placements_to_make,
    proposal_of,
    variation_of,
)
from scheduling.placement.proposal_words import Asked, Proposal
from scheduling.placement.proposals import propose
from scheduling.placement.what_if import Variation, settled, to_solve
from scheduling.placement.words import Answer
from scheduling.placement.world_queries import world_of
from scheduling.placement.world_rules import Solvable, World, solvable

WRITE_PLACEMENT = Permission(Resource.PLACEMENT, Verb.WRITE)
SECONDS = 6.0
"""For solving, on a page; a programme of this size takes a few hundredths."""
OTHER_THAN_SHOWN = "What this proposal depends on has changed since it was shown. Look at it again."


async def propose_places(programme: str, asked: Asked, *, actor: Actor, now: datetime) -> Proposal:
    """The best proposal for everybody who waits. Writes nothing.

    Raises Refused for what was pinned and cannot be.
    """
    must(actor, WRITE_PLACEMENT)
    return await _proposal(programme, await world_of(actor, programme, now=now), asked)


async def apply_proposal(
    programme: str, asked: Asked, *, shown: str, actor: Actor, now: datetime
) -> int:
    """Gives every place that was shown, or none; answers how many.

    Raises Conflict where the proposal would be another by now, Refused with every reason.
    """
    await begin(actor, WRITE_PLACEMENT, "apply-proposal")
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", programme)
    world = await world_of(actor, programme, now=now)
    proposal = await _proposal(programme, world, asked)
    if proposal.hash != shown:
        raise Conflict(OTHER_THAN_SHOWN)
    places = placements_to_make(world, proposal)
    for referral_id, cohort_id, version in places:
        await enrol(referral_id, cohort_id, referral_version=version, actor=actor, now=now)
    return len(places)


async def _proposal(programme: str, world: World, asked: Asked) -> Proposal:
    ready = solvable(world)
    variation = variation_of(world, ready, asked)
    as_is = Variation(pinned=ready.settled)
    before = await _solved(ready, as_is)
    answer = before if variation == as_is else await _solved(ready, variation)
    return proposal_of(
        programme,
        world,
        ready,
        asked,
        variation,
        answer=answer,
        before=before.placements,
    )


async def _solved(ready: Solvable, variation: Variation) -> Answer:
    """In a thread: it waits for a process of its own, and the service goes on meanwhile."""
    question = to_solve(ready.instance, variation)
    answer = await asyncio.to_thread(propose, question, seconds=SECONDS)
    try:
        return settled(answer, ready.instance, variation)
    except Refused:
        raise Refused(
            "No arrangement keeps everything that is pinned. Take one pin away."
        ) from None
