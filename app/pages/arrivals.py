"""People who came and were on no register: added on the night, settled by a manager."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.arrivals import SETTLE_ARRIVAL, SettleArrival
from app.forms.form import Submitted
from app.forms.view import FormView
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import must_be_shown, submit
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.attendance.arrival_commands import settle_arrival
from scheduling.attendance.arrival_queries import ArrivalRow, arrivals

AnyRequest = Request[Any, Any, Any]


@get("/arrivals", **on(Resource.SUITABILITY, Verb.WRITE))
async def arrivals_page(request: AnyRequest) -> Template:
    return await _page(request, {})


@post("/arrivals/{arrival_id:uuid}", status_code=303, **on(Resource.SUITABILITY, Verb.WRITE))
async def settle(request: AnyRequest, arrival_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[SettleArrival]) -> str:
        await settle_arrival(
            arrival_id,
            sent.values.settlement,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return "/arrivals"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, {arrival_id: form}, status_code=status)

    return await submit(request, SETTLE_ARRIVAL, do=do, show=show, notice="Settled.")


async def _page(
    request: AnyRequest, refused: dict[UUID, FormView], *, status_code: int = 200
) -> Template:
    now = request.app.state.clock.now()
    found = await arrivals(actor_of(request), only_open=True, also=refused.keys())
    must_be_shown(refused, [one.id for one in found])
    forms = {one.id: refused.get(one.id) or SETTLE_ARRIVAL.blank(new_id(now)) for one in found}
    return page(
        request,
        "registers/arrivals.html",
        status_code=status_code,
        arrivals=[(one, arrival_words(one), forms[one.id]) for one in found],
        form=next(iter(refused.values()), None),
    )


def arrival_words(one: ArrivalRow) -> str:
    day = present.day_and_date(london_date(one.held_at))
    stayed = "Stayed for the session" if one.stayed else "Was sent home"
    by = f", noted by {one.added_by}" if one.added_by else ""
    return f"Group {one.cohort_reference}, session {one.number}, {day}. {stayed}{by}."
