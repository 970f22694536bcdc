"""Unmet need: who could not be offered anything, and why."""

import asyncio
from typing import Any

from litestar import Request, Response, get
from litestar.response import Template

from app.views.unmet import UnmetNeed, after, cells, picture, quarters_until, unmet_table
from app.web.components import Header
from app.web.guard import actor_of, on
from app.web.shell import page
from outcomes.reports.unmet_queries import unmet_by_quarter
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on(Resource.MANAGEMENT_REPORT, Verb.READ)


@get("/unmet-need", **_READ)
async def unmet_page(request: AnyRequest) -> Template:
    need = await unmet_of(request)
    numbers = [Header(name, is_numeric=True) for name in (*need.names, "All")]
    return page(
        request,
        "referrals/unmet.html",
        headers=["Reason", *numbers],
        unmet=cells(need, is_unmet=True),
        other=cells(need, is_unmet=False),
        people=sum(sum(row.counts) for row in need.rows if row.is_unmet),
        first=need.names[0],
        last=need.names[-1],
    )


@get("/unmet-need/by-quarter.svg", media_type="image/svg+xml", **_READ)
async def unmet_chart(request: AnyRequest) -> Response[bytes]:
    drawn = await asyncio.to_thread(picture, await unmet_of(request))
    return Response(drawn, media_type="image/svg+xml")


async def unmet_of(request: AnyRequest) -> UnmetNeed:
    """The last eight quarters; the running one is not over."""
    quarters = quarters_until(london_date(request.app.state.clock.now()))
    found = await unmet_by_quarter(actor_of(request), since=quarters[0], until=after(quarters[-1]))
    return unmet_table(found, quarters)
