"""Support offered and papers held elsewhere, as JSON."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.support import (
    ANSWER_OFFER,
    MAKE_OFFER,
    SAY_WHERE_HELD,
    AnswerOffer,
    MakeOffer,
    SayWhereHeld,
)
from app.pages.support import Support, held_of, offer_choices, offer_of, support_of
from app.pages.survivor import overview_of
from app.safekeeping.her_side import her_side
from app.views.survivor import opened
from app.web.guard import actor_of, on
from outcomes.survivors.support_commands import (
    end_held,
    record_answer,
    record_held,
    record_offer,
)
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ, _WRITE = on(Resource.SURVIVOR, Verb.READ), on(Resource.SURVIVOR, Verb.WRITE)


@get("/survivors/{survivor_id:uuid}/support", **_READ)
async def api_support(request: AnyRequest, survivor_id: FromPath[UUID]) -> Support:
    return await _support(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/offers", **_WRITE)
async def api_make_offer(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[MakeOffer]
) -> Support:
    choices = offer_choices(await overview_of(request, survivor_id))
    await record_offer(
        survivor_id,
        offer_of(MAKE_OFFER.checked(data, choices=choices)),
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await _support(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/offers/{offer_id:uuid}", **_WRITE)
async def api_answer_offer(
    request: AnyRequest,
    survivor_id: FromPath[UUID],
    offer_id: FromPath[UUID],
    data: JSONBody[AnswerOffer],
) -> Support:
    values = ANSWER_OFFER.checked(data)
    await record_answer(
        survivor_id,
        offer_id,
        values.answer,
        answered_on=values.answered_on,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await _support(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/held", **_WRITE)
async def api_say_where_held(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[SayWhereHeld]
) -> Support:
    await record_held(
        survivor_id,
        held_of(SAY_WHERE_HELD.checked(data)),
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await _support(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/held/{held_id:uuid}/end", **_WRITE)
async def api_end_held(
    request: AnyRequest, survivor_id: FromPath[UUID], held_id: FromPath[UUID]
) -> Support:
    now = request.app.state.clock.now()
    await end_held(survivor_id, held_id, actor=actor_of(request), now=now)
    return await _support(request, survivor_id)


async def _support(request: AnyRequest, survivor_id: UUID) -> Support:
    """Opening it is written down, as opening the record is."""
    one = await opened(request, survivor_id)
    return await support_of(request, one, await overview_of(request, survivor_id))
