"""Unmet need as JSON."""

from typing import Any

from litestar import Request, get

from app.guard import on
from app.pages.unmet import unmet_of
from app.unmet_view import UnmetNeed
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/unmet-need", **on(Resource.MANAGEMENT_REPORT, Verb.READ))
async def api_unmet(request: AnyRequest) -> UnmetNeed:
    return await unmet_of(request)
