"""What was asked for and taken away, as JSON. The lists themselves leave by the page alone."""

from typing import Any

from litestar import Request, get

from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from programmes.referrals.export_queries import ExportFacts, exports

AnyRequest = Request[Any, Any, Any]


@get("/exports", **on(Resource.EXPORT, Verb.READ))
async def api_exports(request: AnyRequest) -> list[ExportFacts]:
    return await exports(actor_of(request))
