"""Lists that leave the service, as JSON: asked for, agreed to, taken away with the code again."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Line
from app.forms.exports import ASK_EXPORT, AskExport
from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from programmes.referrals.export_commands import agree_export, ask_export, take_export
from programmes.referrals.export_queries import ExportFacts, export_of, exports, list_called

AnyRequest = Request[Any, Any, Any]
_MAY: dict[str, Any] = on(Resource.EXPORT, Verb.READ)


class CodeAgain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The six digits of now: a program that holds a token alone takes nothing away."""

    code: Line = ""


class ListTaken(msgspec.Struct, frozen=True):
    """What the file of the page holds."""

    name: str
    headings: list[str]
    rows: list[list[Any]]


@get("/exports", **_MAY)
async def api_exports(request: AnyRequest) -> list[ExportFacts]:
    return await exports(actor_of(request))


@post("/exports", **_MAY)
async def api_ask_export(request: AnyRequest, data: JSONBody[AskExport]) -> ExportFacts:
    actor, said = actor_of(request), ASK_EXPORT.checked(data)
    now = request.app.state.clock.now()
    export_id = await ask_export(said.list_name, reason=said.reason, actor=actor, now=now)
    return await export_of(actor, export_id)


@post("/exports/{export_id:uuid}/agree", status_code=200, **_MAY)
async def api_agree_export(request: AnyRequest, export_id: FromPath[UUID]) -> list[ExportFacts]:
    """What still waits afterwards."""
    actor = actor_of(request)
    await agree_export(export_id, actor=actor, now=request.app.state.clock.now())
    return await exports(actor)


@post("/exports/{export_id:uuid}/take", status_code=200, **_MAY)
async def api_take_export(
    request: AnyRequest, export_id: FromPath[UUID], data: JSONBody[CodeAgain]
) -> ListTaken:
    actor, now = actor_of(request), request.app.state.clock.now()
    await export_of(actor, export_id)
    await request.app.state.door.code_again(actor.side, actor.account_id, data.code, now=now)
    name, rows = await take_export(export_id, actor=actor, now=now)
    return ListTaken(name, list(list_called(name).headings), [list(row) for row in rows])
