"""Unmet need as JSON."""

from typing import Any

from litestar import Request, get

from app.pages.unmet import unmet_of
from app.views.unmet import UnmetNeed
from app.web.guard import on
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/unmet-need", **on(Resource.MANAGEMENT_REPORT, Verb.READ))
async def api_unmet(request: AnyRequest) -> UnmetNeed:
    return await unmet_of(request)
