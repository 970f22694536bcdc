"""One's own link to a provider as JSON. Making one needs a browser that goes there and back."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath

from app.web.guard import actor_of, for_signed_in
from programmes.common.db import Side
from programmes.common.errors import NotFound
from programmes.linked_sign_ins.commands import OwnLink, end_link, own_link

AnyRequest = Request[Any, Any, Any]


@get("/account/provider", **for_signed_in())
async def api_links(request: AnyRequest) -> list[OwnLink]:
    """One at most."""
    actor = actor_of(request)
    found = await own_link(actor) if actor.side is Side.WORK else None
    return [found] if found else []


@post("/account/provider/{link_id:uuid}/end", status_code=204, **for_signed_in())
async def api_end(request: AnyRequest, link_id: FromPath[UUID]) -> None:
    actor = actor_of(request)
    if actor.side is not Side.WORK:
        raise NotFound
    await end_link(link_id, actor=actor, now=request.app.state.clock.now())
