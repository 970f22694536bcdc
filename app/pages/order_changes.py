"""Extending, varying or ending an order that stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.forms.field import Choice
from app.forms.form import Choices, Submitted
from app.forms.order_changes import CHANGE_ORDER_FORM, ChangeOrder
from app.forms.view import FormView
from app.forms.wall_clock import instant
from app.labels import label
from app.pages.people import frame
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.staff import Actor
from programmes.orders.change_commands import NewChange, change_order
from programmes.orders.change_rules import changes_open_to
from programmes.orders.commands import NewCondition
from programmes.orders.queries import OrderWhole, conditions_of, order
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


@get("/orders/{order_id:uuid}/change", **on(Resource.ORDERS, Verb.WRITE))
async def change_page(request: AnyRequest, order_id: FromPath[UUID]) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await order(actor, order_id)
    form = CHANGE_ORDER_FORM.blank(
        new_id(now), version=found.version, choices=await _choices(actor, found)
    )
    return await _page(request, found, form)


@post("/orders/{order_id:uuid}/change", status_code=303, **on(Resource.ORDERS, Verb.WRITE))
async def change(request: AnyRequest, order_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await order(actor, order_id)

    async def do(sent: Submitted[ChangeOrder]) -> str:
        new = _change_of(sent.values)
        await change_order(order_id, new, version=sent.version or 0, actor=actor, now=now)
        return f"/orders/{order_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, found, form, status_code=status)

    return await submit(
        request,
        CHANGE_ORDER_FORM,
        do=do,
        show=show,
        notice="The change is recorded.",
        choices=await _choices(actor, found),
    )


def _change_of(values: ChangeOrder) -> NewChange:
    notified_at: datetime | None = instant(
        values.notified_on, values.notified_time, name="notified", called="the notification"
    )
    if values.add_wording and values.add_kind is None:
        raise Invalid({"add_kind": "Select the kind of the condition that is added"})
    added = None
    if values.add_kind is not None:
        added = NewCondition(kind=values.add_kind, wording=values.add_wording or "")
    return NewChange(
        what=values.what,
        effective_on=values.effective_on,
        reason=values.reason or "",
        ends_on=values.ends_on,
        authority=values.authority,
        drop=tuple(UUID(one) for one in values.drop),
        add=added,
        notified_at=notified_at,
    )


async def _choices(actor: Actor, found: OrderWhole) -> Choices:
    conditions = await conditions_of(actor, found.id)
    able = changes_open_to(found.law, found.status, actor.role)
    return {
        "what": [Choice(what, label(what)) for what in able],
        "authority": [Choice(one, label(one)) for one in found.law.authorised_by],
        "drop": [
            Choice(str(one.id), f"{one.number}. {label(one.kind)}")
            for one in conditions
            if one.ends_on is None
        ],
        "add_kind": [Choice(kind, label(kind)) for kind in found.law.conditions],
    }


async def _page(
    request: AnyRequest, found: OrderWhole, form: FormView, *, status_code: int = 200
) -> Template:
    actor = actor_of(request)
    facts = await person(actor, found.person_id)
    referrals = await referrals_of(actor, found.person_id)
    what = [choice.value for choice in form["what"].choices]
    names = ["what", "effective_on"]
    names += ["ends_on", "authority"] if "extended" in what else []
    names += ["notified_on", "notified_time"] if "notified" in what else []
    if "varied" in what:
        names += ["drop"] if form["drop"].choices else []
        names += ["add_kind", "add_wording"]
    return page(
        request,
        "orders/change.html",
        status_code=status_code,
        **frame(request, actor, facts, referrals, current="Orders and bail"),
        order=found,
        form=form,
        names=[*names, "reason"],
    )
