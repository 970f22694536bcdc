"""Your sign-in: passkeys of one's own, added with password and code, removed by a press."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.params import FromPath

from app.forms.form import Submitted
from app.forms.own_sign_in import ADD_PASSKEY, AddPasskey
from app.forms.press import PRESS, Press
from app.pages.own_sign_in import own_view
from app.pages.sign_in import site_of
from app.signing_in.passkeys import for_adding, read_new_passkey
from app.web.guard import actor_of, for_signed_in
from app.web.submitting import submit
from programmes.common.errors import Invalid
from programmes.common.passkey_commands import add_passkey, remove_passkey

AnyRequest = Request[Any, Any, Any]
_NO_ANSWER = "No passkey answered. It needs a browser with scripts, and this page's own address."


@post("/account/sign-in-keys", status_code=303, **for_signed_in())
async def add(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddPasskey]) -> str:
        await added(request, sent.values)
        return "/account"

    return await submit(
        request,
        ADD_PASSKEY,
        do=do,
        show=lambda form, status: own_view(request, form, status_code=status),
        notice="The passkey is added. It opens the door in place of the code.",
    )


@post("/account/sign-in-keys/{passkey_id:uuid}/remove", status_code=303, **for_signed_in())
async def remove(request: AnyRequest, passkey_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[Press]) -> str:
        now = request.app.state.clock.now()
        await remove_passkey(passkey_id, actor=actor_of(request), now=now)
        return "/account"

    return await submit(
        request,
        PRESS,
        do=do,
        show=lambda form, status: own_view(request, form, status_code=status),
        notice="The passkey is removed.",
    )


async def added(request: AnyRequest, said: AddPasskey) -> UUID:
    """Raises Invalid, before the code is used up where no passkey answered."""
    actor, now, state = actor_of(request), request.app.state.clock.now(), request.app.state
    challenges = for_adding(state.settings.home, actor.side, actor.account_id)
    new = read_new_passkey(said.passkey or "", site_of(request), challenges, now=now)
    if new is None:
        raise Invalid({"name": _NO_ANSWER})
    await state.door.code_again(
        actor.side, actor.account_id, said.code, now=now, password=said.current
    )
    return await add_passkey(new, name=said.name, actor=actor, now=now)
