"""Who goes where, as JSON: the next offers of one group, a proposal, and its application."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from app.api.texts import Line
from app.views.placement import asked_of
from app.web.guard import actor_of, on
from programmes.catalogue.queries import programme as programme_called
from programmes.common.permissions import Resource, Verb
from scheduling.placement.group_queries import groups_with_room
from scheduling.placement.offer_queries import NextOffer, next_offers
from scheduling.placement.proposal_commands import apply_proposal, propose_places
from scheduling.placement.proposal_words import Asked, Proposal
from scheduling.placement.world_queries import programmes_waiting

AnyRequest = Request[Any, Any, Any]


class PairSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    referral_id: UUID
    cohort_id: UUID


class ProposalSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`hash` is that of the proposal as it was shown; what was asked for is sent again."""

    hash: Line
    pinned: Annotated[list[PairSent], msgspec.Meta(max_length=200)] = []
    forbidden: Annotated[list[PairSent], msgspec.Meta(max_length=200)] = []


class Placed(msgspec.Struct, frozen=True):
    placed: int


class ProgrammeWaiting(msgspec.Struct, frozen=True):
    code: str
    name: str
    waiting: int


class GroupWithRoom(msgspec.Struct, frozen=True):
    cohort_id: UUID
    reference: str
    programme: str
    first_on: date
    last_on: date
    free: int
    capacity: int


class PlacementSaid(msgspec.Struct, frozen=True):
    """How many wait, and the groups that still take somebody who waits, the next one first."""

    waiting: list[ProgrammeWaiting]
    groups: list[GroupWithRoom]


@get("/placement", **on(Resource.PLACEMENT, Verb.READ))
async def api_placement(request: AnyRequest) -> PlacementSaid:
    actor, now = actor_of(request), request.app.state.clock.now()
    return PlacementSaid(
        [ProgrammeWaiting(*one) for one in await programmes_waiting(actor)],
        [
            GroupWithRoom(
                cohort_id=one.id,
                reference=one.reference,
                programme=one.programme_code,
                first_on=one.first_on,
                last_on=one.places.last_on,
                free=one.free,
                capacity=one.places.capacity,
            )
            for one in await groups_with_room(actor, now=now)
        ],
    )


@get("/cohorts/{cohort_id:uuid}/offers", **on(Resource.PLACEMENT, Verb.READ))
async def api_next_offers(request: AnyRequest, cohort_id: FromPath[UUID]) -> list[NextOffer]:
    now = request.app.state.clock.now()
    return await next_offers(actor_of(request), cohort_id, now=now)


@get("/placement/{programme:str}", **on(Resource.PLACEMENT, Verb.WRITE))
async def api_proposal(
    request: AnyRequest,
    programme: FromPath[str],
    pin: FromQuery[list[str] | None] = None,
    forbid: FromQuery[list[str] | None] = None,
    one_more: FromQuery[str] = "",
) -> Proposal:
    """`pin` and `forbid` are REFERRAL:GROUP, any number; `one_more=yes` supposes a group."""
    await programme_called(programme)
    asked, now = asked_of(request.url.query), request.app.state.clock.now()
    return await propose_places(programme, asked, actor=actor_of(request), now=now)


@post("/placement/{programme:str}", status_code=201, **on(Resource.PLACEMENT, Verb.WRITE))
async def api_apply_proposal(
    request: AnyRequest, programme: FromPath[str], data: JSONBody[ProposalSent]
) -> Placed:
    """409 where the proposal would be another by now; 422 with every reason."""
    await programme_called(programme)
    asked = Asked(
        pinned=tuple(sorted((one.referral_id, one.cohort_id) for one in data.pinned)),
        forbidden=tuple(sorted((one.referral_id, one.cohort_id) for one in data.forbidden)),
    )
    actor, now = actor_of(request), request.app.state.clock.now()
    return Placed(await apply_proposal(programme, asked, shown=data.hash, actor=actor, now=now))
