"""One's own passkeys as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.own_sign_in import ADD_PASSKEY, AddPasskey
from app.pages.passkeys import added
from app.pages.sign_in import site_of
from app.signing_in.passkeys import for_adding, options_to_add
from app.web.guard import actor_of, for_signed_in
from programmes.common.own_sign_in_commands import own_address
from programmes.common.passkey_commands import OwnPasskey, own_passkeys, remove_passkey

AnyRequest = Request[Any, Any, Any]


class Added(msgspec.Struct, frozen=True):
    id: UUID


@get("/account/sign-in-keys", **for_signed_in())
async def api_passkeys(request: AnyRequest) -> list[OwnPasskey]:
    return await own_passkeys(actor_of(request))


@post("/account/sign-in-keys/options", status_code=200, **for_signed_in())
async def api_options(request: AnyRequest) -> dict[str, Any]:
    """What a browser asks for a new passkey; its answer is sent as `passkey`."""
    actor, now = actor_of(request), request.app.state.clock.now()
    home = request.app.state.settings.home
    challenge = for_adding(home, actor.side, actor.account_id).new(now)
    address = await own_address(actor)
    return options_to_add(site_of(request), actor.account_id, address, challenge)


@post("/account/sign-in-keys", status_code=201, **for_signed_in())
async def api_add(request: AnyRequest, data: JSONBody[AddPasskey]) -> Added:
    return Added(await added(request, ADD_PASSKEY.checked(data)))


@post("/account/sign-in-keys/{passkey_id:uuid}/remove", status_code=204, **for_signed_in())
async def api_remove(request: AnyRequest, passkey_id: FromPath[UUID]) -> None:
    now = request.app.state.clock.now()
    await remove_passkey(passkey_id, actor=actor_of(request), now=now)
