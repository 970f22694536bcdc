"""Signing in and out."""

import re
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect, Template

from app.forms.field import Typed
from app.forms.form import typed_form
from app.forms.sign_in import SIGN_IN, SIGN_IN_BY_PASSKEY
from app.forms.view import FormView
from app.signing_in.door import Credentials
from app.signing_in.passkeys import Site
from app.signing_in.tokens import Token
from app.web.guard import cookie_name, for_everybody, for_newcomers
from app.web.roles import demo_roles
from app.web.shell import page
from programmes.common.db import execute
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.staff import PEOPLE_ROLES

AnyRequest = Request[Any, Any, Any]
_OWN_PATH = re.compile(r"/([A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?")
CLEAR = {"Clear-Site-Data": '"cache", "storage"'}
"""Asks the browser to forget what it kept; the cookie is ended by itself."""


@get("/sign-in", **for_everybody())
async def sign_in_page(request: AnyRequest) -> Template:
    return _sign_in_page(request, SIGN_IN.blank(new_id(request.app.state.clock.now())))


@post("/sign-in", status_code=303, **for_everybody())
async def sign_in(request: AnyRequest) -> Response[Any]:
    typed = await typed_form(request)
    try:
        credentials = _credentials(request, typed)
        token = await request.app.state.door.sign_in(credentials, now=request.app.state.clock.now())
    except Invalid as refusal:
        kept = {name: value for name, value in typed.items() if name != "passkey"}
        return _sign_in_page(request, SIGN_IN.refused(kept, refusal), status_code=422)
    return _welcome(request, token)


@post("/demo-sign-in", status_code=303, **for_everybody())
async def demo_sign_in(request: AnyRequest) -> Response[Any]:
    """One press, in the demonstration only."""
    if not request.app.state.settings.is_demo:
        raise NotFound
    typed = await typed_form(request)
    email = request.app.state.demo_emails.get("".join(typed.get("role", ())))
    if email is None:
        raise NotFound
    now = request.app.state.clock.now()
    return _welcome(request, await request.app.state.door.sign_in_demo(email, now=now))


@post("/sign-out", status_code=303, **for_newcomers())
async def sign_out(request: AnyRequest) -> Redirect:
    await execute("SELECT auth.leave()")
    gone = session_cookie(request, "", seconds=0)
    return Redirect("/sign-in", status_code=303, cookies=[gone], headers=CLEAR)


def _credentials(request: AnyRequest, typed: Typed) -> Credentials:
    """Raises Invalid for what is missing: a code, unless a passkey has answered."""
    has_passkey = bool("".join(typed.get("passkey", ())))
    values = (SIGN_IN_BY_PASSKEY if has_passkey else SIGN_IN).parse(typed).values
    return Credentials(
        values.email,
        values.password,
        values.code or "",
        source_of(request),
        passkey=values.passkey or "",
        site=site_of(request),
    )


def site_of(request: AnyRequest) -> Site:
    """As the browser sees it. Outside the demonstration it is always behind TLS."""
    scheme = "http" if request.app.state.settings.is_demo else "https"
    return Site(scheme, request.headers.get("host", ""))


def source_of(request: AnyRequest) -> str:
    """Where the request came from, for counting tries."""
    return request.client.host if request.client else "unknown"


def session_cookie(request: AnyRequest, value: str, *, seconds: int | None = None) -> Cookie:
    settings = request.app.state.settings
    return Cookie(
        key=cookie_name(settings),
        value=value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=not settings.is_demo,
        samesite="lax",
    )


def _welcome(request: AnyRequest, token: Token) -> Redirect:
    to = asked_for(request) or "/"
    return Redirect(to, status_code=303, cookies=[session_cookie(request, token.text)])


def asked_for(request: AnyRequest) -> str:
    """The page that sent them here: a path of this service and nothing else, or empty."""
    asked = request.query_params.get("next", "")
    return asked if _OWN_PATH.fullmatch(asked) and not asked.startswith("/sign-") else ""


def _sign_in_page(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    state = request.app.state
    roles = tuple(role for role in PEOPLE_ROLES if role.value in state.demo_emails)
    shown = demo_roles(roles) if state.settings.is_demo else ()
    asked = asked_for(request)
    return page(
        request,
        "sign_in.html",
        status_code=status_code,
        form=form,
        demo_roles=shown,
        leads_to=f"?next={asked}" if asked else "",
        provider=state.provider.settings.name if state.provider else "",
    )
