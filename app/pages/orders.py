"""Orders: which are in force, one whole, its wording, and those of one person."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.labels import label, tag
from app.pages.people import frame
from app.views.orders import (
    BREACH_HEADERS,
    ORDER_HEADERS,
    breach_cells,
    clock_view,
    clock_views,
    condition_lines,
    condition_sort,
    expiry_row,
    order_cells,
    order_facts,
    standing,
)
from app.web.components import Event, Paging
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from app.web.shell import page
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.paging import PAGE
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Actor
from programmes.orders.beside_queries import conditions_beside, expiring, live_beside
from programmes.orders.breach_commands import RECORD_BREACH
from programmes.orders.breach_queries import READ_BREACHES, breaches_of_order, breaches_of_person
from programmes.orders.change_commands import CHANGE_ORDER
from programmes.orders.change_rules import changes_open_to
from programmes.orders.clock_queries import clocks_of_order, clocks_of_person
from programmes.orders.commands import CREATE_ORDER
from programmes.orders.conflict_rules import HeldCondition, possible_conflicts
from programmes.orders.figure_queries import READ_REPORT
from programmes.orders.queries import (
    READ_WORDING,
    ChangeRow,
    ConditionRow,
    OrdersView,
    OrderWhole,
    changes_of,
    conditions_of,
    history_of,
    open_wording,
    order,
    orders,
    orders_of,
)
from programmes.orders.words import BINDING, BreachNature
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


@get("/orders", **on(Resource.ORDERS, Verb.READ))
async def orders_page(
    request: AnyRequest, view: FromQuery[OrdersView] = OrdersView.LIVE, page_number: PageNumber = 1
) -> Template:
    actor = actor_of(request)
    today = london_date(request.app.state.clock.now())
    found = await orders(actor, view=view, today=today, page=page_number)
    return page(
        request,
        "orders/list.html",
        view=view,
        views=list(OrdersView),
        headers=ORDER_HEADERS,
        rows=[order_cells(row, today) for row in found.rows],
        may_add=may(actor, CREATE_ORDER),
        sees_figures=may(actor, READ_REPORT),
        paging=Paging(
            page=page_number, size=PAGE, total=found.total, path="/orders", query={"view": view}
        ),
    )


@get("/orders/expiring", **on(Resource.ORDERS, Verb.READ))
async def expiring_page(request: AnyRequest) -> Template:
    """What is to be asked before an order ends, and what ended with nothing after it."""
    actor = actor_of(request)
    today = london_date(request.app.state.clock.now())
    lapsed = await orders(actor, view=OrdersView.LAPSED, today=today)
    return page(
        request,
        "orders/expiring.html",
        tasks=[expiry_row(one, today) for one in await expiring(actor, today=today)],
        headers=ORDER_HEADERS,
        lapsed=[order_cells(row, today) for row in lapsed.rows],
        today=today,
    )


@get("/orders/{order_id:uuid}", **on(Resource.ORDERS, Verb.READ))
async def order_page(request: AnyRequest, order_id: FromPath[UUID]) -> Template:
    return await order_template(request, order_id, wording={})


@get("/orders/{order_id:uuid}/wording", **on(Resource.ORDER_WORDING, Verb.READ))
async def wording_page(request: AnyRequest, order_id: FromPath[UUID]) -> Template:
    wording = await open_wording(actor_of(request), order_id)
    return await order_template(request, order_id, wording=wording)


@get("/people/{person_id:uuid}/orders", **on(Resource.ORDERS, Verb.READ))
async def person_orders_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("orders", person_id, person_id=person_id)
    sees_breaches = may(actor, READ_BREACHES)
    breaches = await breaches_of_person(actor, person_id) if sees_breaches else []
    found = await orders_of(actor, person_id)
    clocks = await clocks_of_person(actor, person_id, now=now)
    return page(
        request,
        "orders/of_person.html",
        **frame(
            request,
            actor,
            facts,
            await referrals_of(actor, person_id),
            current="Orders and bail",
        ),
        person_id=person_id,
        clocks=clock_views(clocks, now),
        orders=[order_cells(row, london_date(now))[1:] for row in found],
        order_headers=ORDER_HEADERS[1:],
        breaches=[breach_cells(row)[1:] for row in breaches],
        breach_headers=BREACH_HEADERS[1:],
        sees_breaches=sees_breaches,
        may_add=may(actor, CREATE_ORDER),
    )


async def order_template(
    request: AnyRequest, order_id: UUID, *, wording: dict[UUID, str]
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await order(actor, order_id)
    await note_reading("order", order_id, person_id=found.person_id)
    conditions = await conditions_of(actor, order_id)
    facts = await person(actor, found.person_id)
    referrals = await referrals_of(actor, found.person_id)
    return page(
        request,
        "orders/order.html",
        **frame(request, actor, facts, referrals, current="Orders and bail"),
        **_rights(actor, found),
        **await _beside(actor, found, conditions, london_date(now)),
        order=found,
        standing=standing(found.status, found.ends_on, london_date(now)),
        facts=order_facts(found, london_date(now)),
        clocks=[
            clock_view(row.clock, now) for row in await clocks_of_order(actor, order_id, now=now)
        ],
        conditions=[_shown_condition(one, wording.get(one.id, "")) for one in conditions],
        shows_wording=bool(wording),
        changes=[_event(row) for row in await changes_of(actor, order_id)],
    )


def _rights(actor: Actor, found: OrderWhole) -> dict[str, Any]:
    """What the page offers: never a button that would answer as absent."""
    able = changes_open_to(found.law, found.status, actor.role)
    return {
        "may_see_wording": may(actor, READ_WORDING),
        "may_record": may(actor, RECORD_BREACH) and found.law.breach is not BreachNature.NONE,
        "may_add": may(actor, CREATE_ORDER),
        "may_change": may(actor, CHANGE_ORDER) and bool(able),
        "sees_breaches": may(actor, READ_BREACHES),
    }


async def _beside(
    actor: Actor, found: OrderWhole, conditions: list[ConditionRow], today: date
) -> dict[str, Any]:
    """Its breaches, the line it stands in, and what else binds at the same time."""
    sees_breaches = may(actor, READ_BREACHES)
    breaches = await breaches_of_order(actor, found.id) if sees_breaches else []
    beside = await live_beside(actor, found, today=today)
    return {
        "breaches": [breach_cells(row)[1:] for row in breaches],
        "breach_headers": BREACH_HEADERS[1:],
        "line": [order_cells(row, today)[1:] for row in await history_of(actor, found.id)],
        "beside": [order_cells(row, today)[1:] for row in beside],
        "conflicts": await _conflicts(actor, found, conditions, today),
        "order_headers": ORDER_HEADERS[1:],
    }


def _shown_condition(one: ConditionRow, wording: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": label(one.kind),
        "sort": condition_sort(one),
        "times": condition_lines(one),
        "wording": wording,
    }


async def _conflicts(
    actor: Actor, found: OrderWhole, conditions: list[ConditionRow], today: date
) -> tuple[str, ...]:
    """What to compare between this order, where it is in force, and the others that are."""
    if found.status not in BINDING:
        return ()
    mine = [
        HeldCondition(
            order_reference=found.reference,
            kind=one.kind,
            from_time=one.from_time,
            until_time=one.until_time,
        )
        for one in conditions
        if one.ends_on is None or one.ends_on >= today
    ]
    return possible_conflicts(mine, await conditions_beside(actor, found, today=today))


def _event(row: ChangeRow) -> Event:
    ends = ""
    if row.ends_after and row.ends_after != row.ends_before:
        ends = f"Last day now {present.long_date(row.ends_after)}. "
    return Event(
        title=f"{present.sentence(row.what)} from {present.long_date(row.effective_on)}",
        when=present.date_and_time(row.changed_at),
        by=row.changed_by or "",
        detail=f"{ends}{row.reason or ''}".strip(),
        tag=tag(row.after),
    )
