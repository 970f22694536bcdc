"""Clocks, the law that they are reckoned by, and figures, as JSON."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import FromQuery, QueryParameter

from app.web.guard import actor_of, on
from app.web.paging import PageIfAny, on_page
from outcomes.reports.breach_stage_queries import BreachStages, breaches_by_programme_stage
from programmes.common.clock import LONDON, london_date
from programmes.common.errors import Invalid
from programmes.common.permissions import Resource, Verb
from programmes.common.wall_time import read_moment
from programmes.orders.clock_figure_queries import ClockFigures, clock_figures
from programmes.orders.clock_laws import CLOCK_LAWS
from programmes.orders.clock_queries import ClockRow, running_clocks
from programmes.orders.clocks import deadline
from programmes.orders.figure_queries import OrderFigures, OrderTotals, order_figures, order_totals
from programmes.orders.kind_queries import StoredKind, order_kinds
from programmes.orders.words import Authority, ClockKind

AnyRequest = Request[Any, Any, Any]


class YearOfOrders(msgspec.Struct, frozen=True):
    """Counts of different things, never added up or divided by one another."""

    totals: OrderTotals
    by_month: list[OrderFigures]
    clocks: list[ClockFigures]
    breaches_by_programme_stage: list[BreachStages]


class ReckonedClock(msgspec.Struct, frozen=True):
    """As the command line answers."""

    due_at: str
    calendar: str
    left_out: list[date]
    doubtful: list[date]
    source: str


@get("/order-kinds", **on(Resource.CATALOGUE, Verb.READ))
async def api_order_kinds(request: AnyRequest) -> list[StoredKind]:
    """Every version of every kind, with its law."""
    return await order_kinds()


@get("/clocks", **on(Resource.ORDERS, Verb.READ))
async def api_clocks(request: AnyRequest, page_number: PageIfAny = None) -> list[ClockRow]:
    found = await running_clocks(actor_of(request), now=request.app.state.clock.now())
    return on_page(found, page_number)


@get("/clocks/reckon", **on(Resource.ORDERS, Verb.READ))
async def api_reckon(
    request: AnyRequest,
    kind: FromQuery[str],
    start: Annotated[str, QueryParameter(name="from")],
    length: FromQuery[int | None] = None,
    rank: FromQuery[Authority | None] = None,
) -> ReckonedClock:
    """Stores nothing. `length` is in the clock's own unit."""
    law = CLOCK_LAWS.get(ClockKind(kind))
    if law is None:
        raise Invalid({"kind": f"Choose one of {', '.join(sorted(CLOCK_LAWS))}."})
    due = deadline(law, read_moment(start, field="from"), amount=length, authority=rank)
    return ReckonedClock(
        due_at=due.due_at.astimezone(LONDON).isoformat(timespec="minutes"),
        calendar=due.calendar,
        left_out=list(due.left_out),
        doubtful=list(due.doubtful),
        source=due.source,
    )


@get("/orders/figures", **on(Resource.MANAGEMENT_REPORT, Verb.READ))
async def api_order_figures(
    request: AnyRequest, year: Annotated[int, QueryParameter(name="year", ge=2010, le=2099)]
) -> YearOfOrders:
    actor, now = actor_of(request), request.app.state.clock.now()
    since, until = date(year, 1, 1), date(year + 1, 1, 1)
    return YearOfOrders(
        await order_totals(actor, since=since, until=until),
        await order_figures(actor, since=since, until=until, today=london_date(now)),
        await clock_figures(actor, since=since, until=until, now=now),
        await breaches_by_programme_stage(actor, since=since, until=until),
    )
