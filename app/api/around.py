"""What goes on around the programmes, as JSON."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.pages.around import around_of
from app.web.guard import actor_of, on
from programmes.catalogue.around_commands import (
    NewAccreditation,
    NewConsultation,
    NewOnward,
    NewTraining,
    add_accreditation,
    add_consultation,
    add_training,
    refer_onward,
)
from programmes.catalogue.around_queries import Around, OnwardRow, onward_of
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person

AnyRequest = Request[Any, Any, Any]
_WRITES: dict[str, Any] = on(Resource.CATALOGUE, Verb.WRITE)


@get("/around", **on(Resource.CATALOGUE, Verb.READ))
async def api_around(request: AnyRequest) -> Around:
    return await around_of(request)


@post("/around/accreditations", **_WRITES)
async def api_add_accreditation(request: AnyRequest, data: JSONBody[NewAccreditation]) -> Around:
    await add_accreditation(data, actor=actor_of(request), now=request.app.state.clock.now())
    return await around_of(request)


@post("/around/consultations", **on(Resource.CONTACT, Verb.CREATE))
async def api_add_consultation(request: AnyRequest, data: JSONBody[NewConsultation]) -> Around:
    await add_consultation(data, actor=actor_of(request), now=request.app.state.clock.now())
    return await around_of(request)


@post("/around/trainings", **_WRITES)
async def api_add_training(request: AnyRequest, data: JSONBody[NewTraining]) -> Around:
    await add_training(data, actor=actor_of(request), now=request.app.state.clock.now())
    return await around_of(request)


@get("/people/{person_id:uuid}/onward", **on(Resource.CONTACT, Verb.READ))
async def api_onward(request: AnyRequest, person_id: FromPath[UUID]) -> list[OnwardRow]:
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("onward-referrals", person_id, person_id=person_id)
    return await onward_of(actor, person_id)


@post("/people/{person_id:uuid}/onward", **on(Resource.CONTACT, Verb.CREATE))
async def api_refer_onward(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[NewOnward]
) -> list[OnwardRow]:
    actor, now = actor_of(request), request.app.state.clock.now()
    await refer_onward(person_id, data, actor=actor, now=now)
    return await onward_of(actor, person_id)
