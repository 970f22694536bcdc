"""Programs that may ask: administrators ask for tokens and revoke them, managers approve them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted, typed_form
from app.forms.tokens import ASK_FOR_TOKEN, PRESS_TOKEN, AskForToken, PressToken
from app.forms.view import FormView
from app.labels import label, tag
from app.signing_in.asked_tokens import MadeToken, make_token
from app.web.components import Cell
from app.web.guard import actor_of, now_of, on
from app.web.shell import page
from app.web.submitting import remember, submit, where_it_went
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.tokens.commands import approve_token, refuse_token, revoke_token
from programmes.tokens.queries import tokens, tokens_waiting
from programmes.tokens.rules import state_of
from programmes.tokens.words import TokenRow, TokenState

AnyRequest = Request[Any, Any, Any]
_READS = on(Resource.USERS, Verb.READ, side=Side.WORK)
_WRITES = on(Resource.USERS, Verb.WRITE, side=Side.WORK)
_APPROVES = on(Resource.USERS, Verb.APPROVE, side=Side.WORK)


@get("/api-tokens", **_READS)
async def tokens_page(request: AnyRequest) -> Template:
    return await _page(request, ASK_FOR_TOKEN.blank(new_id(now_of(request))), 200)


@post("/api-tokens", status_code=200, **_WRITES)
async def ask_for(request: AnyRequest) -> Response[Any]:
    """The page that answers shows the token, this once."""
    typed = await typed_form(request)
    try:
        sent = ASK_FOR_TOKEN.parse(typed)
        made = None if await where_it_went(sent.submission) else await _make(request, sent)
    except Invalid as refusal:
        return await _page(request, ASK_FOR_TOKEN.refused(typed, refusal), 422)
    return page(request, "accounts/token.html", made=made)


@post("/api-tokens/{token_id:uuid}/revoke", status_code=303, **_WRITES)
async def revoke(request: AnyRequest, token_id: FromPath[UUID]) -> Response[Any]:
    return await _press(request, token_id, revoke_token, "/api-tokens", "The token is revoked.")


@get("/token-requests", **_APPROVES)
async def requests_page(request: AnyRequest) -> Template:
    return await _requests(request, 200)


@post("/token-requests/{token_id:uuid}/approve", status_code=303, **_APPROVES)
async def approve(request: AnyRequest, token_id: FromPath[UUID]) -> Response[Any]:
    notice = "The program may ask from now on."
    return await _press(request, token_id, approve_token, "/token-requests", notice)


@post("/token-requests/{token_id:uuid}/refuse", status_code=303, **_APPROVES)
async def refuse(request: AnyRequest, token_id: FromPath[UUID]) -> Response[Any]:
    notice = "The program may not ask."
    return await _press(request, token_id, refuse_token, "/token-requests", notice)


@get("/api-tokens", **_READS)
async def api_tokens(request: AnyRequest) -> list[TokenRow]:
    return await tokens(actor_of(request))


@get("/token-requests", **_APPROVES)
async def api_token_requests(request: AnyRequest) -> list[TokenRow]:
    return await tokens_waiting(actor_of(request))


async def _make(request: AnyRequest, sent: Submitted[AskForToken]) -> MadeToken:
    asked = sent.values
    made = await make_token(
        asked.email,
        name=asked.name,
        days=asked.days,
        may_write=asked.may_write == "yes",
        actor=actor_of(request),
        now=now_of(request),
    )
    await remember(request, sent.submission, "/api-tokens")
    return made


async def _press(
    request: AnyRequest,
    token_id: UUID,
    act: Callable[..., Awaitable[None]],
    back: str,
    notice: str,
) -> Response[Any]:
    async def do(sent: Submitted[PressToken]) -> str:
        await act(token_id, actor=actor_of(request), now=now_of(request))
        return back

    async def show(form: FormView, status: int) -> Template:
        if back == "/token-requests":
            return await _requests(request, status)
        return await _page(request, ASK_FOR_TOKEN.blank(new_id(now_of(request))), status)

    return await submit(request, PRESS_TOKEN, do=do, show=show, notice=notice)


async def _page(request: AnyRequest, form: FormView, status: int) -> Template:
    now = now_of(request)
    rows = [
        (_cells(one, now), one.id if _opens(one, now) else None)
        for one in await tokens(actor_of(request))
    ]
    return page(
        request,
        "accounts/tokens.html",
        status_code=status,
        rows=rows,
        form=form,
        press=PRESS_TOKEN.blank(new_id(now)),
    )


async def _requests(request: AnyRequest, status: int) -> Template:
    now = now_of(request)
    waiting = [(_cells(one, now), one.id) for one in await tokens_waiting(actor_of(request))]
    press = PRESS_TOKEN.blank(new_id(now))
    return page(
        request, "accounts/token_requests.html", status_code=status, rows=waiting, press=press
    )


def _cells(one: TokenRow, now: datetime) -> list[Any]:
    rights = "reads and writes" if one.may_write else "reads"
    used = present.short_date_and_time(one.last_used_at) if one.last_used_at else "Never"
    return [
        Cell(one.name, note=f"asked for by {one.asker}"),
        Cell(one.holder, note=f"{label(one.role)}; {rights}"),
        present.short_date(london_date(one.expires_at)),
        used,
        Cell(tag=tag(state_of(one, now=now)), note=one.ended_because or ""),
    ]


def _opens(one: TokenRow, now: datetime) -> bool:
    return state_of(one, now=now) in (TokenState.LIVE, TokenState.WAITING)
