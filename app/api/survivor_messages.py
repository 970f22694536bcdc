"""Messages to survivors, as JSON. Where one goes is in none of them."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.pages.survivor_messages import ToHer, settle_one, to_her
from app.safekeeping.her_side import her_side
from app.web.guard import actor_of, on
from outcomes.survivors.message_commands import ask_for_message
from outcomes.survivors.message_queries import HerMessageRow, messages_to
from outcomes.survivors.queries import survivors
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ, _WRITE = on(Resource.SURVIVOR, Verb.READ), on(Resource.SURVIVOR, Verb.WRITE)


class SettleHers(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`again`: it goes once more. Otherwise it does not go."""

    again: bool
    version: int


@get("/survivors/{survivor_id:uuid}/messages", **_READ)
async def api_messages_to(request: AnyRequest, survivor_id: FromPath[UUID]) -> ToHer:
    return (await to_her(request, survivor_id))[0]


@post("/survivors/{survivor_id:uuid}/messages", **_WRITE)
async def api_ask(request: AnyRequest, survivor_id: FromPath[UUID]) -> ToHer:
    sealing, now = her_side(request).sealing, request.app.state.clock.now()
    await ask_for_message(survivor_id, sealing=sealing, actor=actor_of(request), now=now)
    return (await to_her(request, survivor_id))[0]


@get("/survivor-messages", **_READ)
async def api_queue(request: AnyRequest) -> list[HerMessageRow]:
    actor = actor_of(request)
    people = await survivors(actor, sealing=her_side(request).sealing)
    return await messages_to(actor, [one.facts.id for one in people])


@post("/survivor-messages/{message_id:uuid}", status_code=200, **_WRITE)
async def api_settle(
    request: AnyRequest, message_id: FromPath[UUID], data: JSONBody[SettleHers]
) -> ToHer:
    survivor_id = await settle_one(request, message_id, is_again=data.again, version=data.version)
    return (await to_her(request, survivor_id))[0]
