"""Legal holds on people: while one stands, nothing about that person is erased."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.access import HOLD_PERSON, HoldPerson
from app.forms.form import Submitted
from app.forms.view import FormView
from app.pages.access_requests import person_of_reference
from app.web.components import Cell
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.subject_access.erasure_commands import hold_person, lift_person_hold
from outcomes.subject_access.hold_queries import PersonHold, person_holds
from programmes.common.audit import note
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_PREPARE = on(Resource.SUBJECT_ACCESS, Verb.PREPARE)


@get("/legal-holds", **_PREPARE)
async def legal_holds_page(request: AnyRequest, person: FromQuery[str] = "") -> Template:
    """`person` is a reference that the form begins with."""
    now = request.app.state.clock.now()
    return await _list(request, HOLD_PERSON.blank(new_id(now), initial={"person": person[:40]}))


@post("/legal-holds", status_code=303, **_PREPARE)
async def hold(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[HoldPerson]) -> str:
        await hold_one(request, sent.values)
        return "/legal-holds"

    async def show(form: FormView, status: int) -> Template:
        return await _list(request, form, status_code=status)

    return await submit(request, HOLD_PERSON, do=do, show=show, notice="The hold stands.")


@post("/legal-holds/{hold_id:uuid}/lift", status_code=303, **_PREPARE)
async def lift(request: AnyRequest, hold_id: FromPath[UUID]) -> Response[Any]:
    now = request.app.state.clock.now()
    await lift_person_hold(hold_id, actor=actor_of(request), now=now)
    return redirect_with_notice(request, "/legal-holds", "The hold is lifted.")


async def hold_one(request: AnyRequest, values: HoldPerson) -> UUID:
    actor, now = actor_of(request), request.app.state.clock.now()
    person_id = await person_of_reference(request, values.person)
    return await hold_person(person_id, values.reason, actor=actor, now=now)


async def listed_holds(request: AnyRequest) -> list[PersonHold]:
    await note("read", "read-legal-holds", resource="legal_hold")
    return await person_holds(actor_of(request))


async def _list(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    found = await listed_holds(request)
    return page(
        request,
        "access/holds.html",
        status_code=status_code,
        standing=[(one, present.long_date(one.from_on)) for one in found if one.until_on is None],
        lifted=[_cells(one) for one in found if one.until_on],
        form=form,
    )


def _cells(one: PersonHold) -> list[Any]:
    return [
        Cell(one.person_name, f"/people/{one.person_id}", note=one.person_reference),
        one.reason,
        present.short_date(one.from_on),
        present.short_date(one.until_on) if one.until_on else "",
    ]
