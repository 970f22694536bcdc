"""Your sign-in: one's own password, and where one is signed in."""

import asyncio
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.own_sign_in import ADD_PASSKEY, CHANGE_PASSWORD, ChangePassword
from app.forms.press import PRESS, Press
from app.forms.view import FormView
from app.pages.sign_in import site_of
from app.signing_in.door import hash_password
from app.signing_in.passwords import why_not
from app.web.guard import actor_of, for_newcomers
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.db import Side
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.own_sign_in_commands import (
    change_own_password,
    end_other_sign_ins,
    own_address,
    own_sign_ins,
)
from programmes.common.passkey_commands import OwnPasskey, own_passkeys
from programmes.linked_sign_ins.commands import OwnLink, own_link

AnyRequest = Request[Any, Any, Any]


@get("/account", **for_newcomers())
async def own_page(request: AnyRequest) -> Template:
    return await own_view(request, CHANGE_PASSWORD.blank(new_id(request.app.state.clock.now())))


@post("/account/password", status_code=303, **for_newcomers())
async def change_password(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[ChangePassword]) -> str:
        await change(request, sent.values)
        return "/" if is_first(request) else "/account"

    return await submit(
        request,
        CHANGE_PASSWORD,
        do=do,
        show=lambda form, status: own_view(request, form, status_code=status),
        notice="Your password is changed. You are signed out everywhere else.",
    )


@post("/account/sign-ins/end", status_code=303, **for_newcomers())
async def end_others(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[Press]) -> str:
        await end_other_sign_ins(actor=actor_of(request))
        return "/account"

    return await submit(
        request,
        PRESS,
        do=do,
        show=lambda form, status: own_view(request, form, status_code=status),
        notice="You are signed out everywhere else.",
    )


def is_first(request: AnyRequest) -> bool:
    """Whether they have still the password that they were given."""
    return bool(request.scope["state"].get("password_is_first"))


async def change(request: AnyRequest, said: ChangePassword) -> None:
    """Raises Invalid, before the code is used up where the new password cannot stand."""
    actor, now = actor_of(request), request.app.state.clock.now()
    wrong = why_not(said.new, email=await own_address(actor), name=actor.name)
    if not wrong and said.new == said.current:
        wrong = "Choose another one than you have now"
    if wrong:
        raise Invalid({"new": f"{wrong}."})
    if said.new != said.again:
        raise Invalid({"again": "Type the same new password twice."})
    await request.app.state.door.code_again(
        actor.side, actor.account_id, said.code, now=now, password=said.current
    )
    await change_own_password(await asyncio.to_thread(hash_password, said.new), actor=actor)


def _about(one: OwnPasskey) -> str:
    added = present.short_date_and_time(one.added_at)
    return f"For {one.host}, added {added}, last: {_last(one.last_used_at)}"


def _says_of_link(one: OwnLink) -> str:
    linked = present.short_date_and_time(one.linked_at)
    return f"At {one.issuer}, linked {linked}, last: {_last(one.last_used_at)}"


def _last(used_at: datetime | None) -> str:
    return present.short_date_and_time(used_at) if used_at else "not used yet"


async def own_view(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    actor, provider = actor_of(request), request.app.state.provider
    linked = await own_link(actor) if actor.side is Side.WORK else None
    found = await own_sign_ins(actor)
    blank = new_id(request.app.state.clock.now())
    return page(
        request,
        "own_sign_in.html",
        status_code=status_code,
        form=form,
        password=form if "new" in form.fields else CHANGE_PASSWORD.blank(blank),
        adding=form if "passkey" in form.fields else ADD_PASSKEY.blank(blank),
        passkeys=[
            (one, _about(one), PRESS.blank(new_id(request.app.state.clock.now())))
            for one in await own_passkeys(actor)
        ],
        provider=provider.settings.name if provider and actor.side is Side.WORK else "",
        linked=linked,
        linked_says=_says_of_link(linked) if linked else "",
        press=PRESS.blank(new_id(request.app.state.clock.now())),
        is_first=is_first(request),
        by_name=site_of(request).by_name,
        address=await own_address(actor),
        has_others=len(found) > 1,
        rows=[
            [
                present.short_date_and_time(one.started_at),
                present.short_date_and_time(one.last_seen_at),
                "This one" if one.is_this else "Another browser",
            ]
            for one in found
        ],
    )
