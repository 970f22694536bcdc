"""Entering an order from the served paper: for somebody on record, or somebody new."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Choices, Submitted, typed_form
from app.forms.order_reading import beside_fields, new_order
from app.forms.orders import (
    ENTER_ORDER,
    ENTER_ORDER_FOR_NEW,
    EnterOrder,
    EnterOrderForNew,
)
from app.forms.view import FormView
from app.pages.people import frame
from app.web.beat import answer_on_the_beat
from app.web.components import Cell
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.staff import Actor
from programmes.orders.commands import enter_order, kinds_open_to
from programmes.orders.kind_queries import order_kinds
from programmes.orders.queries import OrderRow, orders_of
from programmes.orders.words import ENGLAND_AND_WALES, InForce
from programmes.people.commands import NewPerson, add_person
from programmes.people.merge_queries import people_alike
from programmes.people.queries import PersonRow, people, person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]
SOMEBODY_NEW = "somebody-new"
ENTERED = "The order is entered. Its clocks are running."


@get("/orders/new", **on(Resource.ORDERS, Verb.CREATE))
async def find_person_page(request: AnyRequest, q: FromQuery[str] = "") -> Template:
    found = await people(actor_of(request), starts_with=q) if q.strip() else None
    if found and not found.rows:
        answer_on_the_beat(request)
    rows = [
        [
            Cell(f"{row.last_name}, {row.first_name}", f"/people/{row.id}/orders/new"),
            row.reference,
            present.short_date(row.date_of_birth),
        ]
        for row in (found.rows if found else ())
    ]
    return page(request, "orders/find.html", q=q, rows=rows)


@get("/people/{person_id:uuid}/orders/new", **on(Resource.ORDERS, Verb.CREATE))
async def enter_order_page(
    request: AnyRequest, person_id: FromPath[UUID], follows: FromQuery[UUID | None] = None
) -> Template:
    choices = await _choices(actor_of(request), person_id)
    initial = {"area": ENGLAND_AND_WALES, "follows": str(follows) if follows else None}
    now = request.app.state.clock.now()
    form = ENTER_ORDER.blank(new_id(now), choices=choices, initial=initial)
    return await _page_for_person(request, person_id, form)


@post("/people/{person_id:uuid}/orders/new", status_code=303, **on(Resource.ORDERS, Verb.CREATE))
async def enter(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    actor = actor_of(request)

    async def do(sent: Submitted[EnterOrder]) -> str:
        return await _enter(sent.values, person_id, actor, request.app.state.clock.now())

    async def show(form: FormView, status: int) -> Template:
        return await _page_for_person(request, person_id, form, status_code=status)

    choices = await _choices(actor, person_id)
    return await submit(request, ENTER_ORDER, do=do, show=show, notice=ENTERED, choices=choices)


@get("/orders/new-person", **on(Resource.ORDERS, Verb.CREATE))
async def enter_for_new_page(request: AnyRequest) -> Template:
    choices = await _choices(actor_of(request))
    now = request.app.state.clock.now()
    form = ENTER_ORDER_FOR_NEW.blank(
        new_id(now), choices=choices, initial={"area": ENGLAND_AND_WALES}
    )
    return _page_for_new(request, form)


@post("/orders/new-person", status_code=303, **on(Resource.ORDERS, Verb.CREATE))
async def enter_for_new(request: AnyRequest) -> Response[Any]:
    actor = actor_of(request)
    choices = dict(await _choices(actor))
    choices["same_person"] = [Choice(SOMEBODY_NEW, "Somebody new")]
    likely = await _likely(request, actor, choices)
    choices["same_person"] = [*map(_likely_choice, likely), *choices["same_person"]]

    async def do(sent: Submitted[EnterOrderForNew]) -> str:
        values, now = sent.values, request.app.state.clock.now()
        if likely and values.same_person is None:
            raise Invalid({"same_person": "Say whether this is somebody on record already"})
        if values.same_person not in (None, SOMEBODY_NEW):
            return await _enter(values, UUID(values.same_person), actor, now)
        new_order(values, UUID(int=0))
        return await _enter(values, await _add(values, actor, now), actor, now)

    async def show(form: FormView, status: int) -> Template:
        return _page_for_new(request, form, status_code=status, asks_same=bool(likely))

    return await submit(
        request, ENTER_ORDER_FOR_NEW, do=do, show=show, notice=ENTERED, choices=choices
    )


async def _enter(values: EnterOrder, person_id: UUID, actor: Actor, now: datetime) -> str:
    """The address of the order, with refusals beside the fields of the form."""
    paper = new_order(values, person_id)
    try:
        return f"/orders/{await enter_order(paper, actor=actor, now=now)}"
    except Invalid as invalid:
        raise Invalid(beside_fields(invalid.errors, values)) from None


async def _add(values: EnterOrderForNew, actor: Actor, now: datetime) -> UUID:
    new = NewPerson(
        first_name=values.first_name,
        last_name=values.last_name,
        date_of_birth=values.date_of_birth,
        sex=values.sex,
    )
    return await add_person(new, actor=actor, now=now)


async def _likely(request: AnyRequest, actor: Actor, choices: Choices) -> list[PersonRow]:
    """Who this may be; nobody where the form is not complete enough to say."""
    typed = {name: v for name, v in (await typed_form(request)).items() if name != "same_person"}
    try:
        values = ENTER_ORDER_FOR_NEW.parse(typed, choices=choices).values
    except Invalid:
        return []
    name = f"{values.first_name} {values.last_name}"
    return [one.person for one in await people_alike(actor, name=name, born=values.date_of_birth)]


def _likely_choice(row: PersonRow) -> Choice:
    hint = f"{row.reference}, born {present.long_date(row.date_of_birth)}"
    return Choice(str(row.id), f"{row.first_name} {row.last_name}", hint)


async def _choices(actor: Actor, person_id: UUID | None = None) -> Choices:
    kinds = kinds_open_to(actor, await order_kinds())
    in_force = [kind.law for kind in kinds if kind.law.in_force is InForce.YES]
    names = {law.code: law.name for law in in_force}
    areas = sorted({law.area for law in in_force} | {ENGLAND_AND_WALES})
    earlier = await orders_of(actor, person_id) if person_id else []
    return {
        "kind": [Choice(code, name) for code, name in sorted(names.items(), key=lambda it: it[1])],
        "area": [Choice(area, area) for area in areas],
        "follows": [Choice(str(row.id), _earlier(row)) for row in earlier],
    }


def _earlier(row: OrderRow) -> str:
    return f"{row.kind_name} of {present.long_date(row.made_on)}, {row.reference}"


async def _page_for_person(
    request: AnyRequest, person_id: UUID, form: FormView, *, status_code: int = 200
) -> Template:
    actor = actor_of(request)
    facts = await person(actor, person_id)
    referrals = await referrals_of(actor, person_id)
    return page(
        request,
        "orders/new.html",
        status_code=status_code,
        **frame(request, actor, facts, referrals, current="Orders and bail"),
        form=form,
        action=f"/people/{person_id}/orders/new",
        cancel=f"/people/{person_id}/orders",
        asks_follows=bool(form["follows"].choices),
    )


def _page_for_new(
    request: AnyRequest, form: FormView, *, status_code: int = 200, asks_same: bool = False
) -> Template:
    return page(
        request, "orders/new_person.html", status_code=status_code, form=form, asks_same=asks_same
    )
