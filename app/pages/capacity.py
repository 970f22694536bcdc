"""Places against demand by month, and the wait to expect, programme by programme."""

from typing import Any

from litestar import Request, get
from litestar.response import Template

from app import present
from app.labels import label
from app.web.components import Header
from app.web.guard import actor_of, on
from app.web.shell import page
from programmes.catalogue.words import STATUS_FACTS
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb
from scheduling.placement.capacity_queries import capacity
from scheduling.placement.capacity_rules import Capacity, Month

AnyRequest = Request[Any, Any, Any]
HEADERS = [
    "Month",
    Header("Began to wait, or expected to", is_numeric=True),
    Header("Places in groups that begin", is_numeric=True),
    Header("Still waiting at its end", is_numeric=True),
]


@get("/capacity", **on(Resource.PLACEMENT, Verb.WRITE))
async def capacity_page(request: AnyRequest) -> Template:
    now = request.app.state.clock.now()
    found = await capacity(actor_of(request), now=now)
    this = london_date(now).replace(day=1)
    return page(
        request,
        "placement/capacity.html",
        headers=HEADERS,
        programmes=[
            (
                one,
                wait_words(one),
                [_row(month, is_this=month.first == this) for month in one.months],
            )
            for one in found
        ],
    )


def wait_words(one: Capacity) -> str:
    if one.wait_months is None and not STATUS_FACTS[one.status].starts_cohorts:
        stands = present.mid_sentence(label(one.status))
        return f"until new groups may begin: the programme is {stands}"
    if one.wait_months is None:
        return "longer than the groups that are planned reach: plan another"
    if one.wait_months == 0:
        return "less than a month"
    return f"about {present.count(one.wait_months, 'month')}"


def _row(month: Month, *, is_this: bool) -> list[str]:
    name = f"{month.first:%B %Y}" + (" (this month)" if is_this else "")
    demand = f"{month.demand:.0f}" if month.waiting is None else f"about {month.demand:.1f}"
    return [
        name,
        demand,
        str(month.places),
        "–" if month.waiting is None else f"about {month.waiting:.0f}",
    ]
