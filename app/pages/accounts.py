"""Accounts: who may sign in on this side, as what, and giving somebody a first password."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.accounts import CHANGE_ACCOUNT, MAKE_ACCOUNT, ChangeAccount, MakeAccount
from app.forms.field import Choice
from app.forms.form import Submitted, typed_form
from app.forms.view import FormView
from app.labels import label
from app.signing_in.accounts import FirstSignIn, new_account
from app.web.components import Cell, Fact, Tag
from app.web.guard import actor_of, on_each_side
from app.web.shell import page
from app.web.submitting import remember, submit, where_it_went
from programmes.common.accounts import account, accounts, change_account, create_account
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.staff import PEOPLE_ROLES, sides_of
from programmes.people.team_commands import TEAM_OF_ROLE, join_team

AnyRequest = Request[Any, Any, Any]
_USERS = Resource.USERS
ACTIVE, CLOSED = Tag("May sign in", "green"), Tag("Closed", "grey")


@get("/accounts", **on_each_side(_USERS, _USERS, Verb.READ))
async def accounts_page(request: AnyRequest) -> Template:
    rows = [
        [
            Cell(one.name, f"/accounts/{one.id}", note=one.email),
            label(one.role),
            present.short_date(london_date(one.created_at)),
            Cell(tag=ACTIVE if one.is_active else CLOSED),
        ]
        for one in await accounts(actor_of(request))
    ]
    return page(request, "accounts/list.html", rows=rows)


@get("/accounts/new", **on_each_side(_USERS, _USERS, Verb.WRITE))
async def new_account_page(request: AnyRequest) -> Template:
    blank = MAKE_ACCOUNT.blank(
        new_id(request.app.state.clock.now()), choices=_roles(actor_of(request).side)
    )
    return page(request, "accounts/new.html", form=blank)


@post("/accounts/new", status_code=200, **on_each_side(_USERS, _USERS, Verb.WRITE))
async def make_account(request: AnyRequest) -> Response[Any]:
    """The page that answers shows the first password and the code's key, this once."""
    actor, typed = actor_of(request), await typed_form(request)
    choices = _roles(actor.side)
    try:
        sent = MAKE_ACCOUNT.parse(typed, choices=choices)
        went_to = await where_it_went(sent.submission)
        first = None if went_to else await _make(request, sent)
    except Invalid as refusal:
        refused = MAKE_ACCOUNT.refused(typed, refusal, choices=choices)
        return page(request, "accounts/new.html", status_code=422, form=refused)
    return page(request, "accounts/made.html", first=first)


@get("/accounts/{account_id:uuid}", **on_each_side(_USERS, _USERS, Verb.READ))
async def account_page(request: AnyRequest, account_id: FromPath[UUID]) -> Template:
    return await _account_page(request, account_id)


@post("/accounts/{account_id:uuid}", status_code=303, **on_each_side(_USERS, _USERS, Verb.WRITE))
async def change(request: AnyRequest, account_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[ChangeAccount]) -> str:
        await change_account(
            account_id,
            role=sent.values.role,
            is_active=sent.values.is_active == "yes",
            version=sent.version or 0,
            actor=actor_of(request),
        )
        return "/accounts"

    async def show(form: FormView, status: int) -> Template:
        return await _account_page(request, account_id, form=form, status_code=status)

    return await submit(
        request,
        CHANGE_ACCOUNT,
        do=do,
        show=show,
        notice="The account is changed. They are signed out everywhere.",
        choices=_roles(actor_of(request).side),
    )


async def _make(request: AnyRequest, sent: Submitted[MakeAccount]) -> FirstSignIn:
    actor, now = actor_of(request), request.app.state.clock.now()
    new, first = new_account(
        request.app.state.settings.home,
        actor.side,
        name=sent.values.name,
        email=sent.values.email,
        role=sent.values.role,
        now=now,
    )
    await create_account(new, actor=actor, now=now)
    if sent.values.role in TEAM_OF_ROLE:
        await join_team(new.id, TEAM_OF_ROLE[sent.values.role], actor=actor, now=now)
    await remember(request, sent.submission, f"/accounts/{new.id}")
    return first


async def _account_page(
    request: AnyRequest, account_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor = actor_of(request)
    found = await account(account_id, actor=actor)
    shown = form or CHANGE_ACCOUNT.blank(
        new_id(request.app.state.clock.now()),
        version=found.version,
        choices=_roles(actor.side),
        initial={"role": found.role, "is_active": "yes" if found.is_active else "no"},
    )
    facts = [
        Fact("Name", found.name),
        Fact("E-mail address", found.email),
        Fact("Made on", present.long_date(london_date(found.created_at))),
    ]
    return page(
        request,
        "accounts/account.html",
        status_code=status_code,
        account=found,
        facts=facts,
        form=shown,
        is_own=account_id == actor.account_id,
    )


def _roles(side: Side) -> dict[str, list[Choice]]:
    return {"role": [Choice(role, label(role)) for role in PEOPLE_ROLES if side in sides_of(role)]}
