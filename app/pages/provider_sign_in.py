"""Signing in by way of an outside provider: there, back, and the second step that stays ours."""

import hmac
import logging
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect, Template

from app.forms.form import typed_form
from app.forms.linked_sign_in import SECOND_STEP, SECOND_STEP_BY_PASSKEY
from app.forms.view import FormView
from app.pages.sign_in import asked_for, session_cookie, site_of, source_of
from app.signing_in.back_channel import ProviderAway
from app.signing_in.door import Credentials
from app.signing_in.id_token import NotProven
from app.signing_in.linked_door import LinkedDoor
from app.signing_in.provider import Provider, Question
from app.signing_in.way_there import Away, Back, Leaving
from app.web.guard import for_everybody
from app.web.shell import page
from app.web.way_cookie import cookie_for, gone, step_of
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id

AnyRequest = Request[Any, Any, Any]
RETURN_PATH = "/sign-in/provider/return"
log = logging.getLogger("waymark")


@get("/sign-in/provider", **for_everybody())
async def leave(request: AnyRequest) -> Response[Any]:
    return await _sent_there(request, account="", leads_to=asked_for(request))


@get("/sign-in/provider/link", **for_everybody())
async def leave_to_link(request: AnyRequest) -> Response[Any]:
    """From *Your sign-in*, which has just said for which account; else as any stranger."""
    step = step_of(request)
    account = step.account if isinstance(step, Leaving) else ""
    return await _sent_there(request, account=account, leads_to="")


@get(RETURN_PATH, **for_everybody())
async def come_back(request: AnyRequest) -> Response[Any]:
    """With a code for the one way that this browser is on, and no other."""
    provider, step, now = provider_of(request), step_of(request), request.app.state.clock.now()
    said = request.query_params
    state = said.get("state", "").encode()
    if not isinstance(step, Away) or not hmac.compare_digest(step.question.state.encode(), state):
        words = "This was not begun in this browser, or it took too long."
        return _trouble(request, words, step=None)
    if not said.get("code"):
        return _trouble(request, f"{provider.settings.name} did not sign you in.", step=step)
    door, source = _door(request), source_of(request)
    try:
        await door.refuse_too_many_returns(source, now=now)
        who = await provider.who_came(said["code"], step.question, issuer=said.get("iss"), now=now)
    except Invalid as too_many:
        return _trouble(request, too_many.errors["email"], step=step)
    except ProviderAway as trouble:
        return _away(request, trouble, step=step)
    except NotProven as wrong:
        log.warning("a sign-in by the provider was refused", extra={"facts": {"why": str(wrong)}})
        await door.note_refused_return(step.question.state, source, now=now)
        words = f"{provider.settings.name} did not confirm who you are."
        return _trouble(request, words, step=step)
    back = Back(who, step.account, step.leads_to, now)
    to = "/account/provider" if step.account else "/sign-in/code"
    return Redirect(to, status_code=303, cookies=[cookie_for(request, back)])


@get("/sign-in/code", **for_everybody())
async def code_page(request: AnyRequest) -> Response[Any]:
    if back_of(request) is None:
        return Redirect("/sign-in", status_code=303)
    return _code_page(request, SECOND_STEP.blank(new_id(request.app.state.clock.now())))


@post("/sign-in/code", status_code=303, **for_everybody())
async def give_code(request: AnyRequest) -> Response[Any]:
    back, typed, now = back_of(request), await typed_form(request), request.app.state.clock.now()
    if back is None:
        return Redirect("/sign-in", status_code=303)
    form = SECOND_STEP_BY_PASSKEY if "".join(typed.get("passkey", ())) else SECOND_STEP
    try:
        values = form.parse(typed).values
        given = Credentials(
            "",
            "",
            values.code or "",
            source_of(request),
            passkey=values.passkey or "",
            site=site_of(request),
        )
        token = await _door(request).sign_in(back.who, given, now=now)
    except Invalid as refusal:
        kept = {name: value for name, value in typed.items() if name != "passkey"}
        return _code_page(request, SECOND_STEP.refused(kept, refusal), status_code=422)
    cookies = [session_cookie(request, token.text), gone(request)]
    return Redirect(back.leads_to or "/", status_code=303, cookies=cookies)


def provider_of(request: AnyRequest) -> Provider:
    """Raises NotFound where none is set: then there are no such pages."""
    provider = request.app.state.provider
    if not isinstance(provider, Provider):
        raise NotFound
    return provider


def back_of(request: AnyRequest, *, account: str = "") -> Back | None:
    """Whoever is back for this purpose: to sign in, or to link this account."""
    provider_of(request)
    step = step_of(request)
    return step if isinstance(step, Back) and step.account == account else None


async def _sent_there(request: AnyRequest, *, account: str, leads_to: str) -> Response[Any]:
    provider, now = provider_of(request), request.app.state.clock.now()
    away = Away(Question.new(site_of(request).origin + RETURN_PATH), account, leads_to, now)
    try:
        to = await provider.address(away.question, asks_again=bool(account), now=now)
    except ProviderAway as trouble:
        return _away(request, trouble, step=away)
    return Redirect(to, status_code=303, cookies=[cookie_for(request, away)])


def _door(request: AnyRequest) -> LinkedDoor:
    return LinkedDoor(request.app.state.door)


def _code_page(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    name = provider_of(request).settings.name
    return page(request, "sign_in_code.html", status_code=status_code, form=form, provider=name)


def _away(request: AnyRequest, trouble: ProviderAway, *, step: Away) -> Template:
    log.warning("the sign-in provider is away", extra={"facts": {"why": str(trouble)}})
    words = f"{provider_of(request).settings.name} does not answer as it should just now."
    return _trouble(request, words, step=step, status_code=503)


def _trouble(
    request: AnyRequest, words: str, *, step: Away | None, status_code: int = 422
) -> Template:
    """In one way, whatever was wrong. That way is over; another one, in this browser, is not."""
    answer = page(
        request,
        "provider_trouble.html",
        status_code=status_code,
        words=words,
        is_linking=bool(step and step.account),
    )
    if step is not None:
        answer.cookies.append(gone(request))
    return answer
