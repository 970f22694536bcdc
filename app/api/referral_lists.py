"""Lists of referrals as JSON: what was sent, and every row as it was compared."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get
from litestar.params import FromPath

from app.web.guard import actor_of, on
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.referrals.import_queries import (
    ImportFacts,
    ImportRow,
    import_of,
    import_rows,
    imports,
)

AnyRequest = Request[Any, Any, Any]
_MAY: dict[str, Any] = on(Resource.IMPORT, Verb.CREATE)


class WholeList(msgspec.Struct, frozen=True):
    facts: ImportFacts
    rows: list[ImportRow]


@get("/referral-lists", **_MAY)
async def api_lists(request: AnyRequest) -> list[ImportFacts]:
    return list(await imports(actor_of(request)))


@get("/referral-lists/{import_id:uuid}", **_MAY)
async def api_list(request: AnyRequest, import_id: FromPath[UUID]) -> WholeList:
    actor = actor_of(request)
    found = await import_of(actor, import_id)
    await note_reading("referral-import", import_id)
    return WholeList(found, await import_rows(actor, import_id))
