"""Signing in from a program: the same door, the same words."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody

from app.pages.sign_in import CLEAR, session_cookie, site_of, source_of
from app.signing_in.door import Credentials
from app.signing_in.passkeys import options_to_sign_in
from app.web.guard import actor_of, for_everybody, for_newcomers
from programmes.common.db import execute

AnyRequest = Request[Any, Any, Any]


class SignInRequest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    email: Annotated[str, msgspec.Meta(max_length=320)]
    password: Annotated[str, msgspec.Meta(max_length=200)]
    code: Annotated[str, msgspec.Meta(max_length=20)] = ""
    passkey: Annotated[str, msgspec.Meta(max_length=8000)] = ""


class SignedIn(msgspec.Struct, frozen=True):
    """Who the cookie that came with this answer stands for."""

    account: str
    name: str
    role: str
    side: str


@post("/sign-in", status_code=200, **for_everybody())
async def api_sign_in(
    request: AnyRequest, data: JSONBody[SignInRequest]
) -> Response[dict[str, str]]:
    """Sets the session cookie. 422 for anything that is not right, always in the same words."""
    source, site = source_of(request), site_of(request)
    given = Credentials(data.email, data.password, data.code, source, data.passkey, site)
    token = await request.app.state.door.sign_in(given, now=request.app.state.clock.now())
    return Response({"side": token.side}, cookies=[session_cookie(request, token.text)])


@post("/sign-in/passkey-options", status_code=200, sync_to_thread=False, **for_everybody())
def api_passkey_options(request: AnyRequest) -> dict[str, Any]:
    """What a browser asks a passkey for; its answer is sent as `passkey` in place of the code."""
    challenge = request.app.state.door.challenges.new(request.app.state.clock.now())
    return options_to_sign_in(site_of(request), challenge)


@get("/me", **for_newcomers())
async def api_me(request: AnyRequest) -> SignedIn:
    actor = actor_of(request)
    return SignedIn(str(actor.account_id), actor.name, actor.role, actor.side)


@post("/sign-out", status_code=204, **for_newcomers())
async def api_sign_out(request: AnyRequest) -> Response[None]:
    await execute("SELECT auth.leave()")
    return Response(None, status_code=204, headers=CLEAR)
