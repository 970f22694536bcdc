"""The notices about one person as JSON. They look the same whoever raised them."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.guard import actor_of, on
from outcomes.notices.commands import raise_notice
from outcomes.notices.queries import NoticeRow, notices_of
from outcomes.notices.words import NoticeCode
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person

AnyRequest = Request[Any, Any, Any]


class NoticeSent(Struct, forbid_unknown_fields=True, frozen=True):
    code: NoticeCode


@get("/people/{person_id:uuid}/notices", **on(Resource.NOTICE, Verb.READ))
async def api_notices(request: AnyRequest, person_id: FromPath[UUID]) -> list[NoticeRow]:
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("notices", person_id, person_id=person_id)
    return await notices_of(actor, person_id, now=request.app.state.clock.now())


@post("/people/{person_id:uuid}/notices", **on(Resource.NOTICE, Verb.CREATE))
async def api_raise_notice(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[NoticeSent]
) -> list[NoticeRow]:
    actor, now = actor_of(request), request.app.state.clock.now()
    await raise_notice(person_id, data.code, actor=actor, now=now)
    return await notices_of(actor, person_id, now=now)
