"""Waiting lists and the service's standard as JSON."""

from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from app.forms.standards import SET_STANDARD, SetStandard
from app.views.waiting import YES_NO
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from programmes.catalogue.queries import programme as programme_of
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb
from programmes.referrals.standard_commands import set_standard
from programmes.referrals.waiting_queries import WaitingRow, standard_on, waiting_list
from programmes.referrals.waiting_rules import Standard, why_here
from programmes.referrals.waiting_words import WaitingFilter, WaitingOrder
from programmes.referrals.words import RiskLevel, Route

AnyRequest = Request[Any, Any, Any]


class Placed(msgspec.Struct, frozen=True):
    """Somebody who waits, and why there."""

    why: str
    row: WaitingRow


class WaitingAnswer(msgspec.Struct, frozen=True):
    total: int
    rows: list[Placed]


@get("/waiting-list/{programme:str}", **on(Resource.PERSON, Verb.READ))
async def api_waiting_list(
    request: AnyRequest,
    programme: FromPath[str],
    risk: FromQuery[RiskLevel | None] = None,
    route: FromQuery[Route | None] = None,
    interpreter: FromQuery[str] = "",
    deadline: FromQuery[str] = "",
    free: FromQuery[str | None] = None,
    sort: FromQuery[WaitingOrder] = WaitingOrder.NEED,
    page_number: PageNumber = 1,
) -> WaitingAnswer:
    today = london_date(request.app.state.clock.now())
    about = await programme_of(programme)
    narrowed = WaitingFilter(risk, route, YES_NO.get(interpreter), YES_NO.get(deadline), free)
    found = await waiting_list(
        actor_of(request), about.code, narrowed=narrowed, order=sort, page=page_number
    )
    return WaitingAnswer(
        found.total,
        [
            Placed(
                why_here(
                    row.risk_level,
                    deadline_on=row.deadline_on,
                    waiting_since=row.waiting_since,
                    today=today,
                ),
                row,
            )
            for row in found.rows
        ],
    )


@get("/service-standard", **on(Resource.CATALOGUE, Verb.WRITE))
async def api_standard(request: AnyRequest) -> Standard:
    return await standard_on(london_date(request.app.state.clock.now()))


@post("/service-standard", **on(Resource.CATALOGUE, Verb.WRITE))
async def api_set_standard(request: AnyRequest, data: JSONBody[SetStandard]) -> Standard:
    said = SET_STANDARD.checked(data)
    standard = Standard(said.days_to_decision, said.days_to_first_contact, said.valid_from)
    now = request.app.state.clock.now()
    await set_standard(standard, source=said.source, actor=actor_of(request), now=now)
    return standard
