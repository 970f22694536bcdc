"""Orders, breaches and clocks as JSON."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from app.api.texts import Line, Moment, Words
from app.web.guard import actor_of, on
from app.web.paging import PageIfAny, PageNumber, on_page
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.permissions import Resource, Verb
from programmes.common.wall_time import read_instant
from programmes.orders.beside_queries import ExpiringOrder, expiring
from programmes.orders.breach_commands import (
    BreachStep,
    NewBreach,
    move_breach,
    record_breach,
)
from programmes.orders.breach_queries import (
    Breaches,
    BreachRow,
    BreachView,
    BreachWhole,
    StageRow,
    breach,
    breaches,
    same_event,
    stages_of,
)
from programmes.orders.change_commands import NewChange, change_order
from programmes.orders.change_rules import ChangeKind
from programmes.orders.clock_queries import ClockRow, clocks_of_order
from programmes.orders.commands import NewCondition, NewOrder, enter_order
from programmes.orders.queries import (
    ConditionRow,
    Orders,
    OrdersView,
    OrderWhole,
    conditions_of,
    order,
    orders,
)
from programmes.orders.words import (
    ENGLAND_AND_WALES,
    Authority,
    BreachStage,
    KindCode,
    Sanction,
)

AnyRequest = Request[Any, Any, Any]


class OrderAnswer(msgspec.Struct, frozen=True):
    """An order with its conditions and clocks; the wording as served is never in JSON."""

    order: OrderWhole
    conditions: list[ConditionRow]
    clocks: list[ClockRow]


class BreachAnswer(msgspec.Struct, frozen=True):
    """A breach, its stages, and the other orders that the same event broke."""

    breach: BreachWhole
    stages: list[StageRow]
    same_event: list[BreachRow]


class OrderSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Moments are London wall time ("2026-08-29 11:00"); an offset may follow them."""

    person_id: UUID
    kind: Line
    made_on: date
    authority: Authority
    issued_by: Line
    area: Line = ENGLAND_AND_WALES
    ends_on: date | None = None
    served_at: Line | None = None
    hearing_at: Line | None = None
    arrested_at: Line | None = None
    offence_on: date | None = None
    assault_statement_on: date | None = None
    follows_id: UUID | None = None
    conditions: list[NewCondition] = []


class ChangeSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A change of an order; `version` is that of the order as it was read."""

    what: ChangeKind
    effective_on: date
    version: int
    reason: Words = ""
    ends_on: date | None = None
    authority: Authority | None = None
    drop: list[UUID] = []
    add: NewCondition | None = None
    notified_at: Line | None = None


class BreachSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`match` is the event that it belongs to, or "separate"."""

    occurred_at: Moment
    reported_at: Moment
    account: Words
    condition_id: UUID | None = None
    evidence: Words | None = None
    arrested_at: Line | None = None
    agency_id: UUID | None = None
    match: Line | None = None


class StageSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The next stage; `version` is that of the breach as it was read."""

    after: BreachStage
    version: int
    happened_at: Line | None = None
    reason: Words = ""
    sanction: Sanction | None = None
    response: Words | None = None


@get("/orders", **on(Resource.ORDERS, Verb.READ))
async def api_orders(
    request: AnyRequest, view: FromQuery[OrdersView] = OrdersView.LIVE, page_number: PageNumber = 1
) -> Orders:
    today = london_date(request.app.state.clock.now())
    return await orders(actor_of(request), view=view, today=today, page=page_number)


@get("/orders/expiring", **on(Resource.ORDERS, Verb.READ))
async def api_expiring(request: AnyRequest, page_number: PageIfAny = None) -> list[ExpiringOrder]:
    today = london_date(request.app.state.clock.now())
    return on_page(await expiring(actor_of(request), today=today), page_number)


@get("/orders/{order_id:uuid}", **on(Resource.ORDERS, Verb.READ))
async def api_order(request: AnyRequest, order_id: FromPath[UUID]) -> OrderAnswer:
    return await _order(request, order_id)


@post("/orders", **on(Resource.ORDERS, Verb.CREATE))
async def api_enter_order(request: AnyRequest, data: JSONBody[OrderSent]) -> OrderAnswer:
    sent = msgspec.structs.asdict(data)
    moments = _moments(sent, "served_at", "hearing_at", "arrested_at")
    sent |= {"kind": KindCode(data.kind), "conditions": tuple(data.conditions), **moments}
    now = request.app.state.clock.now()
    order_id = await enter_order(NewOrder(**sent), actor=actor_of(request), now=now)
    return await _order(request, order_id)


@post("/orders/{order_id:uuid}/changes", **on(Resource.ORDERS, Verb.WRITE))
async def api_change_order(
    request: AnyRequest, order_id: FromPath[UUID], data: JSONBody[ChangeSent]
) -> OrderAnswer:
    sent = msgspec.structs.asdict(data)
    version = sent.pop("version")
    sent |= {"drop": tuple(data.drop), **_moments(sent, "notified_at")}
    await change_order(
        order_id,
        NewChange(**sent),
        version=version,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await _order(request, order_id)


@get("/breaches", **on(Resource.BREACH, Verb.READ))
async def api_breaches(
    request: AnyRequest, view: FromQuery[BreachView] = BreachView.OPEN, page_number: PageNumber = 1
) -> Breaches:
    return await breaches(actor_of(request), view=view, page=page_number)


@get("/breaches/{breach_id:uuid}", **on(Resource.BREACH, Verb.READ))
async def api_breach(request: AnyRequest, breach_id: FromPath[UUID]) -> BreachAnswer:
    return await _breach(request, breach_id)


@post("/orders/{order_id:uuid}/breaches", **on(Resource.BREACH, Verb.CREATE))
async def api_record_breach(
    request: AnyRequest, order_id: FromPath[UUID], data: JSONBody[BreachSent]
) -> BreachAnswer:
    sent = msgspec.structs.asdict(data)
    sent |= _moments(sent, "occurred_at", "reported_at", "arrested_at")
    breach_id = await record_breach(
        order_id,
        NewBreach(**sent),
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await _breach(request, breach_id)


@post("/breaches/{breach_id:uuid}/moves", **on(Resource.BREACH, Verb.WRITE))
async def api_move_breach(
    request: AnyRequest, breach_id: FromPath[UUID], data: JSONBody[StageSent]
) -> BreachAnswer:
    sent = msgspec.structs.asdict(data)
    version = sent.pop("version")
    sent |= _moments(sent, "happened_at")
    await move_breach(
        breach_id,
        BreachStep(**sent),
        version=version,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await _breach(request, breach_id)


def _moments(sent: dict[str, Any], *fields: str) -> dict[str, datetime | None]:
    """Raises Invalid beside each that London's clocks never showed, or showed twice."""
    found: dict[str, datetime | None] = {}
    errors: dict[str, str] = {}
    for field in fields:
        try:
            found[field] = read_instant(sent[field], field=field) if sent[field] else None
        except Invalid as invalid:
            errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return found


async def _order(request: AnyRequest, order_id: UUID) -> OrderAnswer:
    actor = actor_of(request)
    found = await order(actor, order_id)
    await note_reading("order", order_id, person_id=found.person_id)
    clocks = await clocks_of_order(actor, order_id, now=request.app.state.clock.now())
    return OrderAnswer(found, await conditions_of(actor, order_id), clocks)


async def _breach(request: AnyRequest, breach_id: UUID) -> BreachAnswer:
    actor = actor_of(request)
    found = await breach(actor, breach_id)
    await note_reading("breach", breach_id, person_id=found.person_id)
    return BreachAnswer(found, await stages_of(actor, breach_id), await same_event(actor, found))
