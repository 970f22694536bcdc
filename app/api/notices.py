"""The notices about one person as JSON. They look the same whoever raised them."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.web.guard import actor_of, on
from outcomes.notices.commands import raise_notice, recall_own_notice
from outcomes.notices.queries import NoticeRow, WaitingNotice, notices_of, own_waiting
from outcomes.notices.words import NoticeCode
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person

AnyRequest = Request[Any, Any, Any]


class NoticeSent(Struct, forbid_unknown_fields=True, frozen=True):
    code: NoticeCode
    is_urgent: bool = False


class Notices(Struct, frozen=True):
    """What staff can see; and what the asking person raised that nobody sees yet."""

    shown: list[NoticeRow]
    yours: list[WaitingNotice]


@get("/people/{person_id:uuid}/notices", **on(Resource.NOTICE, Verb.READ))
async def api_notices(request: AnyRequest, person_id: FromPath[UUID]) -> Notices:
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("notices", person_id, person_id=person_id)
    return await _notices(request, person_id)


@post("/people/{person_id:uuid}/notices", **on(Resource.NOTICE, Verb.CREATE))
async def api_raise_notice(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[NoticeSent]
) -> Notices:
    actor, now = actor_of(request), request.app.state.clock.now()
    await raise_notice(person_id, data.code, is_urgent=data.is_urgent, actor=actor, now=now)
    return await _notices(request, person_id)


@post(
    "/people/{person_id:uuid}/notices/{waiting_id:uuid}/recall",
    **on(Resource.NOTICE, Verb.CREATE),
)
async def api_recall_own_notice(
    request: AnyRequest, person_id: FromPath[UUID], waiting_id: FromPath[UUID]
) -> Notices:
    actor, now = actor_of(request), request.app.state.clock.now()
    await person(actor, person_id)
    await recall_own_notice(waiting_id, actor=actor, now=now)
    return await _notices(request, person_id)


async def _notices(request: AnyRequest, person_id: UUID) -> Notices:
    actor, now = actor_of(request), request.app.state.clock.now()
    return Notices(await notices_of(actor, person_id, now=now), await own_waiting(actor, person_id))
