"""Recording a breach: what is alleged, and whether it is recorded already."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.breaches import RECORD_BREACH_FORM, RecordBreach
from app.forms.field import Choice
from app.forms.form import Choices, Submitted, typed_form
from app.forms.view import FormView
from app.forms.wall_clock import instant
from app.labels import label
from app.pages.people import frame
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Actor
from programmes.orders.breach_commands import (
    MOVE_BREACH,
    SEPARATE,
    NewBreach,
    record_breach,
)
from programmes.orders.breach_queries import (
    BreachRow,
    likely_matches,
)
from programmes.orders.queries import OrderWhole, conditions_of, order
from programmes.people.queries import person
from programmes.referrals.queries import agencies, referrals_of

AnyRequest = Request[Any, Any, Any]
NO_CONDITION = "not-said"
_MOMENTS = {
    "occurred_at": "occurred_on",
    "reported_at": "reported_on",
    "arrested_at": "arrested_on",
}


@get("/orders/{order_id:uuid}/breaches/new", **on(Resource.BREACH, Verb.CREATE))
async def record_page(request: AnyRequest, order_id: FromPath[UUID]) -> Template:
    now = request.app.state.clock.now()
    broken = await order(actor_of(request), order_id)
    choices = await _choices(actor_of(request), broken)
    return await _record_template(
        request, broken, RECORD_BREACH_FORM.blank(new_id(now), choices=choices)
    )


@post("/orders/{order_id:uuid}/breaches/new", status_code=303, **on(Resource.BREACH, Verb.CREATE))
async def record(request: AnyRequest, order_id: FromPath[UUID]) -> Response[Any]:
    actor = actor_of(request)
    broken = await order(actor, order_id)
    choices = dict(await _choices(actor, broken))
    choices["match"] = [*await _matches(request, actor, broken, choices), *choices["match"]]

    async def do(sent: Submitted[RecordBreach]) -> str:
        try:
            breach_id = await record_breach(
                order_id, _breach_of(sent.values), actor=actor, now=request.app.state.clock.now()
            )
        except Invalid as invalid:
            raise Invalid({_MOMENTS.get(k, k): v for k, v in invalid.errors.items()}) from None
        return f"/breaches/{breach_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _record_template(request, broken, form, status_code=status)

    return await submit(
        request,
        RECORD_BREACH_FORM,
        do=do,
        show=show,
        notice="The breach is recorded.",
        choices=choices,
    )


def _breach_of(values: RecordBreach) -> NewBreach:
    """Raises Invalid for a time that London's clocks never showed, or showed twice."""
    moments: dict[str, datetime | None] = {}
    errors: dict[str, str] = {}
    for name, called in (
        ("occurred", "the breach"),
        ("reported", "the report"),
        ("arrested", "the arrest"),
    ):
        try:
            moments[name] = instant(
                getattr(values, f"{name}_on"),
                getattr(values, f"{name}_time"),
                name=name,
                called=called,
            )
        except Invalid as invalid:
            errors |= invalid.errors
    occurred_at, reported_at = moments.get("occurred"), moments.get("reported")
    if errors or occurred_at is None or reported_at is None:
        raise Invalid(errors)
    return NewBreach(
        condition_id=None if values.condition == NO_CONDITION else UUID(values.condition),
        occurred_at=occurred_at,
        reported_at=reported_at,
        arrested_at=moments["arrested"],
        account=values.account,
        evidence=values.evidence,
        agency_id=UUID(values.agency) if values.agency else None,
        match=values.match,
    )


async def _matches(
    request: AnyRequest, actor: Actor, broken: OrderWhole, choices: Choices
) -> list[Choice]:
    """Breaches near the moment that was typed; none where the form does not say one."""
    typed = {name: v for name, v in (await typed_form(request)).items() if name != "match"}
    try:
        new = _breach_of(RECORD_BREACH_FORM.parse(typed, choices=choices).values)
    except Invalid:
        return []
    rows = await likely_matches(actor, broken.person_id, new.occurred_at)
    by_event: dict[str, list[BreachRow]] = {}
    for row in rows:
        by_event.setdefault(str(row.event_id), []).append(row)
    return [Choice(event, _event_text(same), _event_hint(same)) for event, same in by_event.items()]


def _event_text(rows: list[BreachRow]) -> str:
    return f"Yes, what happened {present.date_and_time(rows[0].occurred_at)}"


def _event_hint(rows: list[BreachRow]) -> str:
    return present.listed([f"{row.reference}, a breach of {row.kind_name}" for row in rows])


async def _choices(actor: Actor, broken: OrderWhole) -> Choices:
    conditions = await conditions_of(actor, broken.id)
    return {
        "condition": [
            *(Choice(str(one.id), f"{one.number}. {label(one.kind)}") for one in conditions),
            Choice(NO_CONDITION, "Not said, or none of these"),
        ],
        "agency": [Choice(one.code, one.name) for one in await agencies()],
        "match": [Choice(SEPARATE, "No, it is another event")],
    }


async def _record_template(
    request: AnyRequest, broken: OrderWhole, form: FormView, *, status_code: int = 200
) -> Template:
    actor = actor_of(request)
    facts = await person(actor, broken.person_id)
    referrals = await referrals_of(actor, broken.person_id)
    return page(
        request,
        "breaches/new.html",
        status_code=status_code,
        **frame(request, actor, facts, referrals, current="Orders and bail"),
        order=broken,
        form=form,
        may_arrest=may(actor, MOVE_BREACH),
        asks_match=len(form["match"].choices) > 1,
    )
