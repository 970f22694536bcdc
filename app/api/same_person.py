"""The same person? As JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.field import Choice
from app.forms.people import JOIN, TAKE_APART, Join, TakeApart
from app.web.guard import actor_of, on
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.people.merge_commands import merge_people, unmerge_people
from programmes.people.merge_queries import AlikeRow, MergeRow, alike_to, merges_of

AnyRequest = Request[Any, Any, Any]
_WRITES: dict[str, Any] = on(Resource.PERSON, Verb.WRITE)


class SamePerson(msgspec.Struct, frozen=True):
    """Records alike, and every join there was."""

    alike: list[AlikeRow]
    joins: list[MergeRow]


@get("/people/{person_id:uuid}/same", **_WRITES)
async def api_same(request: AnyRequest, person_id: FromPath[UUID]) -> SamePerson:
    await note_reading("person", person_id, person_id=person_id)
    return await _same(request, person_id)


@post("/people/{person_id:uuid}/same", **_WRITES)
async def api_join(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[Join]
) -> SamePerson:
    said = JOIN.checked(data, choices={"other": [Choice(str(data.other), "")]})
    actor, now = actor_of(request), request.app.state.clock.now()
    await merge_people(person_id, said.other, reason=said.reason, actor=actor, now=now)
    return await _same(request, person_id)


@post("/people/{person_id:uuid}/part-again", **_WRITES)
async def api_take_apart(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[TakeApart]
) -> SamePerson:
    said = TAKE_APART.checked(data)
    actor, now = actor_of(request), request.app.state.clock.now()
    await unmerge_people(person_id, reason=said.reason, actor=actor, now=now)
    return await _same(request, person_id)


async def _same(request: AnyRequest, person_id: UUID) -> SamePerson:
    actor = actor_of(request)
    return SamePerson(await alike_to(actor, person_id), await merges_of(actor, person_id))
