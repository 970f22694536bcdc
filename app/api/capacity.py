"""Places against demand, as JSON."""

from typing import Any

from litestar import Request, get

from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from scheduling.placement.capacity_queries import capacity
from scheduling.placement.capacity_rules import Capacity

AnyRequest = Request[Any, Any, Any]


@get("/capacity", **on(Resource.PLACEMENT, Verb.WRITE))
async def api_capacity(request: AnyRequest) -> list[Capacity]:
    return await capacity(actor_of(request), now=request.app.state.clock.now())
