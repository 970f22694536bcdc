"""Figures of orders, breaches and clocks for a year: exact, inside the service, no release."""

from datetime import date
from typing import Annotated, Any

from litestar import Request, get
from litestar.params import QueryParameter
from litestar.response import Template

from app import present
from app.web.components import Header
from app.web.guard import actor_of, on
from app.web.shell import page
from outcomes.reports.breach_stage_queries import BreachStages, breaches_by_programme_stage
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb
from programmes.orders.clock_figure_queries import ClockFigures, clock_figures
from programmes.orders.figure_queries import (
    OrderFigures,
    OrderTotals,
    order_figures,
    order_totals,
)

AnyRequest = Request[Any, Any, Any]
Year = Annotated[int | None, QueryParameter(name="year", ge=2010, le=2099)]
_MONTH_HEADERS = ("Made", "Ended", "Recorded", "Established", "Events", "Orders breached")


@get("/orders/figures", **on(Resource.MANAGEMENT_REPORT, Verb.READ))
async def figures_page(request: AnyRequest, year: Year = None) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    shown = year or london_date(now).year
    since, until = date(shown, 1, 1), date(shown + 1, 1, 1)
    months = await order_figures(actor, since=since, until=until, today=london_date(now))
    clocks = await clock_figures(actor, since=since, until=until, now=now)
    stages = await breaches_by_programme_stage(actor, since=since, until=until)
    return page(
        request,
        "orders/figures.html",
        year=shown,
        totals=_totals(await order_totals(actor, since=since, until=until)),
        month_headers=["Kind", "Month", *(Header(name, True) for name in _MONTH_HEADERS)],
        months=[_month(row) for row in months],
        clocks=[_clock(row) for row in clocks],
        clock_headers=[
            "Clock",
            *(Header(name, True) for name in ("Met", "In doubt", "Missed", "Running")),
        ],
        stages=[_stage(row) for row in stages],
        stage_headers=[
            "Against the programme",
            Header("Events", True),
            Header("Established", True),
        ],
    )


def _totals(totals: OrderTotals) -> list[list[str]]:
    return [
        ["Orders made", f"{totals.made:,}"],
        ["Orders in force at the end of the year, as recorded now", f"{totals.live_at_end:,}"],
        ["Breaches recorded, without those withdrawn", f"{totals.recorded:,}"],
        ["Breaches withdrawn, in no other count here", f"{totals.withdrawn:,}"],
        ["Breaches established: admitted or proved", f"{totals.established:,}"],
        ["Events recorded: one act, however many orders", f"{totals.events:,}"],
        ["Events established", f"{totals.events_established:,}"],
        ["Orders with a breach recorded", f"{totals.orders_breached:,}"],
        ["Orders with a breach established", f"{totals.orders_established:,}"],
        [
            "Notices that an order followed",
            present.rate(totals.notices_with_order, totals.notices, of="notices"),
        ],
        [
            "Arrests for a breach that came before a court",
            present.rate(totals.arrests_before_court, totals.arrests, of="arrests"),
        ],
        ["From breach to arrest, median", _hours(totals.hours_breach_to_arrest)],
        ["From arrest to court, median", _hours(totals.hours_arrest_to_court)],
    ]


def _hours(hours: float | None) -> str:
    return "Not measured" if hours is None else f"{hours:,.1f} hours"


def _month(row: OrderFigures) -> list[str]:
    counts = (row.made, row.ended, row.recorded, row.established, row.events, row.orders_breached)
    where = "" if row.area == "England and Wales" else f", {row.area}"
    return [f"{row.kind_name}{where}", f"{row.month:%B}", *(f"{count:,}" for count in counts)]


def _clock(row: ClockFigures) -> list[str]:
    counts = (row.met, row.in_doubt, row.missed, row.running)
    return [present.sentence(row.stops), *(f"{count:,}" for count in counts)]


def _stage(row: BreachStages) -> list[str]:
    return [present.sentence(row.stage), f"{row.events:,}", f"{row.events_established:,}"]
