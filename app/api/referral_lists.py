"""Lists of referrals as JSON: sent, decided row by row, approved by a second person, undone."""

import base64
import hashlib
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Line
from app.referral_lists import MOST_BYTES, read_list, taking
from app.web.guard import actor_of, on
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.permissions import Resource, Verb
from programmes.referrals.import_commands import (
    apply_import,
    decide_row,
    discard_import,
    keep_import,
    undo_import,
)
from programmes.referrals.import_queries import (
    ImportFacts,
    ImportRow,
    import_of,
    import_rows,
    imports,
)

AnyRequest = Request[Any, Any, Any]
_MAY: dict[str, Any] = on(Resource.IMPORT, Verb.CREATE)


class ListSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file itself, in base64; its name says whether it is .csv or .xlsx."""

    file_name: Line
    content: Annotated[str, msgspec.Meta(max_length=MOST_BYTES // 3 * 4 + 8)]


class RowDecided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`leave`, `take`, or the id of a person that the row is like."""

    decision: Line


class AtVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`version` is that of the list as it was read."""

    version: int


class WholeList(msgspec.Struct, frozen=True):
    facts: ImportFacts
    rows: list[ImportRow]


@get("/referral-lists", **_MAY)
async def api_lists(request: AnyRequest) -> list[ImportFacts]:
    return list(await imports(actor_of(request)))


@get("/referral-lists/{import_id:uuid}", **_MAY)
async def api_list(request: AnyRequest, import_id: FromPath[UUID]) -> WholeList:
    return await _whole(request, import_id)


@post("/referral-lists", **_MAY)
async def api_send_list(request: AnyRequest, data: JSONBody[ListSent]) -> WholeList:
    """Nothing is taken in yet."""
    actor, now = actor_of(request), request.app.state.clock.now()
    try:
        content = base64.b64decode(data.content, validate=True)
    except ValueError:
        raise Invalid({"content": "Send the file in base64."}) from None
    rows = await read_list(data.file_name, content, today=london_date(now), actor=actor)
    digest = hashlib.sha256(content).hexdigest()
    name = data.file_name[-80:]
    return await _whole(request, await keep_import(name, digest, rows, actor=actor, now=now))


@post("/referral-lists/{import_id:uuid}/rows/{row_id:uuid}", status_code=200, **_MAY)
async def api_decide_row(
    request: AnyRequest,
    import_id: FromPath[UUID],
    row_id: FromPath[UUID],
    data: JSONBody[RowDecided],
) -> WholeList:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await decide_row(row_id, data.decision, actor=actor, now=now)
    return await _whole(request, found)


@post("/referral-lists/{import_id:uuid}/approve", status_code=200, **_MAY)
async def api_approve_list(
    request: AnyRequest, import_id: FromPath[UUID], data: JSONBody[AtVersion]
) -> WholeList:
    actor, now = actor_of(request), request.app.state.clock.now()
    take = taking(actor, now)
    await apply_import(import_id, take, version=data.version, actor=actor, now=now)
    return await _whole(request, import_id)


@post("/referral-lists/{import_id:uuid}/undo", status_code=200, **_MAY)
async def api_undo_list(
    request: AnyRequest, import_id: FromPath[UUID], data: JSONBody[AtVersion]
) -> WholeList:
    actor, now = actor_of(request), request.app.state.clock.now()
    await undo_import(import_id, version=data.version, actor=actor, now=now)
    return await _whole(request, import_id)


@post("/referral-lists/{import_id:uuid}/discard", status_code=200, **_MAY)
async def api_discard_list(
    request: AnyRequest, import_id: FromPath[UUID], data: JSONBody[AtVersion]
) -> WholeList:
    await discard_import(import_id, version=data.version, actor=actor_of(request))
    return await _whole(request, import_id)


async def _whole(request: AnyRequest, import_id: UUID) -> WholeList:
    actor = actor_of(request)
    found = await import_of(actor, import_id)
    await note_reading("referral-import", import_id)
    return WholeList(found, await import_rows(actor, import_id))
