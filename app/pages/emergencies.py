"""Records opened in an emergency: opening one, and the manager's look at it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.emergencies import (
    LOOK_AT_EMERGENCY,
    OPEN_IN_EMERGENCY,
    LookAtEmergency,
    OpenInEmergency,
)
from app.forms.form import Submitted
from app.forms.view import FormView
from app.web.components import Tag
from app.web.guard import actor_of, on
from app.web.request_transaction import REFUSED_ACT
from app.web.roles import NAMES
from app.web.shell import page
from app.web.submitting import must_be_shown, submit
from programmes.common.errors import Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Role
from programmes.emergencies.commands import (
    FOUND_NOBODY,
    LOOK_AT_EMERGENCIES,
    look_at_emergency,
    open_in_emergency,
    refuse_guesses,
)
from programmes.emergencies.commands import (
    OPEN_IN_EMERGENCY as MAY_OPEN,
)
from programmes.emergencies.queries import EmergencyRow, Guesses, emergencies, guesses

AnyRequest = Request[Any, Any, Any]
_LOOK: dict[str, Any] = on(Resource.EMERGENCY, Verb.APPROVE)
OPENED = "The record is open to you for one hour. A manager has been told."


@get("/emergencies", **on(Resource.EMERGENCY, Verb.READ))
async def emergencies_page(request: AnyRequest) -> Template:
    return await _list(request, {})


@get("/emergencies/new", **on(Resource.EMERGENCY, Verb.CREATE))
async def new_page(request: AnyRequest) -> Template:
    return _new(request, OPEN_IN_EMERGENCY.blank(new_id(request.app.state.clock.now())))


@post("/emergencies", status_code=303, **on(Resource.EMERGENCY, Verb.CREATE))
async def open_page(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[OpenInEmergency]) -> str:
        return f"/people/{await opened(request, sent.values)}"

    async def show(form: FormView, status: int) -> Template:
        return _new(request, form, status_code=status)

    return await submit(request, OPEN_IN_EMERGENCY, do=do, show=show, notice=OPENED)


@post("/emergencies/{opening_id:uuid}/seen", status_code=303, **_LOOK)
async def look(request: AnyRequest, opening_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[LookAtEmergency]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        await look_at_emergency(opening_id, sent.values.words, actor=actor, now=now)
        return "/emergencies"

    async def show(form: FormView, status: int) -> Template:
        return await _list(request, {opening_id: form}, status_code=status)

    return await submit(request, LOOK_AT_EMERGENCY, do=do, show=show, notice="Recorded.")


async def opened(request: AnyRequest, said: OpenInEmergency) -> UUID:
    """Asks for the code first, right or wrong: whoever guesses names has one try a code, and five
    tries an hour, and each that found nobody stands under its own name in the audit."""
    actor, now = actor_of(request), request.app.state.clock.now()
    await refuse_guesses(actor)
    await request.app.state.door.code_again(actor.side, actor.account_id, said.code, now=now)
    try:
        return await open_in_emergency(
            surname=said.surname,
            born=said.born,
            reference=said.reference or "",
            reason=said.reason,
            actor=actor,
            now=now,
        )
    except Refused:
        request.scope["state"][REFUSED_ACT] = FOUND_NOBODY
        raise


def _new(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    return page(request, "emergencies/new.html", status_code=status_code, form=form)


async def _list(
    request: AnyRequest, refused: dict[UUID, FormView], *, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await emergencies(actor)
    must_be_shown(refused, [one.id for one in found])
    looks = may(actor, LOOK_AT_EMERGENCIES)
    forms = {
        one.id: refused.get(one.id) or LOOK_AT_EMERGENCY.blank(new_id(now))
        for one in found
        if looks and (one.seen_at is None or one.id in refused)
    }
    return page(
        request,
        "emergencies/list.html",
        status_code=status_code,
        openings=[(one, _title(one), _tag(one), _words(one), forms.get(one.id)) for one in found],
        guesses=[_guesses(one) for one in await guesses(actor)] if looks else [],
        may_open=may(actor, MAY_OPEN),
        form=next(iter(refused.values()), None),
    )


def _guesses(one: Guesses) -> list[str]:
    return [
        f"{one.who}, {present.mid_sentence(NAMES[Role(one.role)])}",
        str(one.times),
        present.short_date_and_time(one.last_at),
    ]


def _title(one: EmergencyRow) -> str:
    return one.person_name or "A record that you may no longer see"


def _tag(one: EmergencyRow) -> Tag:
    if one.is_open:
        return Tag(f"Open until {present.wall_time(one.until_at)}", "red")
    return Tag("Looked at", "green") if one.seen_at else Tag("To be looked at", "yellow")


def _words(one: EmergencyRow) -> str:
    who = f"{one.opened_by}, {present.mid_sentence(NAMES[Role(one.role)])}"
    return f"Opened by {who} on {present.date_and_time(one.opened_at)}."
