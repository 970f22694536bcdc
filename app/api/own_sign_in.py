"""One's own sign-ins and password as JSON."""

from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody

from app.forms.own_sign_in import CHANGE_PASSWORD, ChangePassword
from app.pages.own_sign_in import change
from app.web.guard import actor_of, for_newcomers
from programmes.common.own_sign_in_commands import OwnSignIn, end_other_sign_ins, own_sign_ins

AnyRequest = Request[Any, Any, Any]


class Ended(msgspec.Struct, frozen=True):
    ended: int


@get("/account", **for_newcomers())
async def api_own_sign_ins(request: AnyRequest) -> list[OwnSignIn]:
    return await own_sign_ins(actor_of(request))


@post("/account/password", status_code=204, **for_newcomers())
async def api_change_password(request: AnyRequest, data: JSONBody[ChangePassword]) -> None:
    """Ends every other sign-in of one's own."""
    await change(request, CHANGE_PASSWORD.checked(data))


@post("/account/sign-ins/end", status_code=200, **for_newcomers())
async def api_end_others(request: AnyRequest) -> Ended:
    return Ended(await end_other_sign_ins(actor=actor_of(request)))
