"""Your sign-in: linking one's own account to oneself at the provider, and ending that."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.forms.form import Submitted
from app.forms.linked_sign_in import LINK_ACCOUNT, LinkAccount
from app.forms.press import PRESS, Press
from app.forms.view import FormView
from app.pages.own_sign_in import own_view
from app.pages.provider_sign_in import back_of, provider_of
from app.signing_in.way_there import Leaving
from app.web.guard import actor_of, for_signed_in
from app.web.shell import page
from app.web.submitting import submit
from app.web.way_cookie import cookie_for, gone
from programmes.common.db import Side
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.linked_sign_ins.commands import end_link, link, refuse_link

AnyRequest = Request[Any, Any, Any]


@get("/account/provider/leave", **for_signed_in())
async def leave(request: AnyRequest) -> Redirect:
    """Without asking the provider anything: nobody's transaction waits for another machine."""
    provider_of(request)
    leaving = Leaving(str(_actor(request).account_id), request.app.state.clock.now())
    cookies = [cookie_for(request, leaving)]
    return Redirect("/sign-in/provider/link", status_code=303, cookies=cookies)


@get("/account/provider", **for_signed_in())
async def link_page(request: AnyRequest) -> Response[Any]:
    if back_of(request, account=str(_actor(request).account_id)) is None:
        return Redirect("/account", status_code=303)
    return _link_page(request, LINK_ACCOUNT.blank(new_id(request.app.state.clock.now())))


@post("/account/provider", status_code=303, **for_signed_in())
async def link_account(request: AnyRequest) -> Response[Any]:
    if back_of(request, account=str(_actor(request).account_id)) is None:
        return Redirect("/account", status_code=303)

    async def do(sent: Submitted[LinkAccount]) -> str:
        await _link(request, sent.values)
        return "/account"

    async def show(form: FormView, status: int) -> Template:
        return _link_page(request, form, status_code=status)

    name = provider_of(request).settings.name
    answer = await submit(
        request,
        LINK_ACCOUNT,
        do=do,
        show=show,
        notice=f"Linked. You can sign in with {name} and your code.",
    )
    if answer.status_code == 303:
        answer.cookies.append(gone(request))
    return answer


@post("/account/provider/{link_id:uuid}/end", status_code=303, **for_signed_in())
async def end(request: AnyRequest, link_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[Press]) -> str:
        await end_link(link_id, actor=_actor(request), now=request.app.state.clock.now())
        return "/account"

    return await submit(
        request,
        PRESS,
        do=do,
        show=lambda form, status: own_view(request, form, status_code=status),
        notice="The link is ended. You sign in with your password and your code.",
    )


def _actor(request: AnyRequest) -> Actor:
    """Raises NotFound for the survivor side, which has no provider."""
    actor = actor_of(request)
    if actor.side is not Side.WORK:
        raise NotFound
    return actor


async def _link(request: AnyRequest, said: LinkAccount) -> None:
    """Raises Invalid, before the code is used up where there can be no link."""
    actor, now = _actor(request), request.app.state.clock.now()
    back = back_of(request, account=str(actor.account_id))
    if back is None:
        raise NotFound
    await refuse_link(back.who, actor=actor)
    await request.app.state.door.code_again(
        actor.side, actor.account_id, said.code, now=now, password=said.current
    )
    await link(back.who, actor=actor, now=now)


def _link_page(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    back = back_of(request, account=str(_actor(request).account_id))
    return page(
        request,
        "provider_link.html",
        status_code=status_code,
        form=form,
        provider=provider_of(request).settings.name,
        known_as=back.who.known_as if back else "",
    )
