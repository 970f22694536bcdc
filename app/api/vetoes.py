"""Places and vetoes of her side, as JSON."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.forms.vetoes import PROTECT_PLACE, VETO_PLACE, ProtectPlace, VetoPlace
from app.pages.survivor import overview_of
from app.pages.vetoes import (
    There,
    order_choices,
    protect,
    shown_places,
    there,
    veto,
    veto_choices,
)
from app.views.survivor import opened
from app.web.guard import actor_of, on
from outcomes.survivors.place_commands import end_place, places_of
from outcomes.survivors.support_words import Place, VetoRow
from outcomes.survivors.veto_commands import end_veto
from outcomes.survivors.veto_queries import vetoes_of
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ_PLACE = on(Resource.PROTECTED_PLACE, Verb.READ)
_WRITE_PLACE = on(Resource.PROTECTED_PLACE, Verb.WRITE)
_READ, _WRITE = on(Resource.SURVIVOR, Verb.READ), on(Resource.SURVIVOR, Verb.WRITE)


class Vetoes(Struct, frozen=True):
    """What stands, and the groups and venues that may be chosen."""

    vetoes: list[VetoRow]
    there: There


@get("/survivors/{survivor_id:uuid}/places", **_READ_PLACE)
async def api_places(request: AnyRequest, survivor_id: FromPath[UUID]) -> list[Place]:
    """Masked: `place` is null until it is shown."""
    await opened(request, survivor_id)
    return await places_of(actor_of(request), survivor_id, key=None)


@post("/survivors/{survivor_id:uuid}/show-places", status_code=200, **_READ_PLACE)
async def api_show_places(request: AnyRequest, survivor_id: FromPath[UUID]) -> list[Place]:
    """Each opening is written down before it is answered."""
    return await shown_places(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/places", **_WRITE_PLACE)
async def api_protect_place(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[ProtectPlace]
) -> list[Place]:
    choices = order_choices(await overview_of(request, survivor_id))
    await protect(request, survivor_id, PROTECT_PLACE.checked(data, choices=choices))
    return await places_of(actor_of(request), survivor_id, key=None)


@post("/survivors/{survivor_id:uuid}/places/{place_id:uuid}/end", **_WRITE_PLACE)
async def api_end_place(
    request: AnyRequest, survivor_id: FromPath[UUID], place_id: FromPath[UUID]
) -> list[Place]:
    now = request.app.state.clock.now()
    await end_place(survivor_id, place_id, actor=actor_of(request), now=now)
    return await places_of(actor_of(request), survivor_id, key=None)


@get("/survivors/{survivor_id:uuid}/vetoes", **_READ)
async def api_vetoes(request: AnyRequest, survivor_id: FromPath[UUID]) -> Vetoes:
    await note_reading("vetoes", survivor_id)
    return await _vetoes(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/vetoes", **_WRITE)
async def api_veto_place(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[VetoPlace]
) -> Vetoes:
    choices = await veto_choices(request, await overview_of(request, survivor_id))
    await veto(request, survivor_id, VETO_PLACE.checked(data, choices=choices))
    return await _vetoes(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/vetoes/{veto_id:uuid}/end", **_WRITE)
async def api_end_veto(
    request: AnyRequest, survivor_id: FromPath[UUID], veto_id: FromPath[UUID]
) -> Vetoes:
    now = request.app.state.clock.now()
    await end_veto(survivor_id, veto_id, actor=actor_of(request), now=now)
    return await _vetoes(request, survivor_id)


async def _vetoes(request: AnyRequest, survivor_id: UUID) -> Vetoes:
    one = await opened(request, survivor_id)
    found = await vetoes_of(actor_of(request), survivor_id, key=one.key)
    return Vetoes(found, await there(request))
