"""The waiting list of each programme, and the standard by which its clocks are judged."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.standards import SET_STANDARD, SetStandard
from app.forms.view import FormView
from app.views.waiting import cells, chosen_of, headers, narrowed_by, order_of, tiles
from app.web.components import Paging
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from app.web.shell import page
from app.web.submitting import submit
from programmes.catalogue.queries import programme as programme_of
from programmes.catalogue.words import STATUS_FACTS, ProgrammeStatus
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.referrals.intake_words import FREE_TIMES
from programmes.referrals.standard_commands import SET_STANDARD as MAY_SET
from programmes.referrals.standard_commands import set_standard
from programmes.referrals.waiting_queries import lateness, standard_on, waiting_list
from programmes.referrals.waiting_rules import Standard
from programmes.referrals.waiting_words import KNOWN_TIMES
from programmes.referrals.words import RiskLevel, Route

AnyRequest = Request[Any, Any, Any]
GIVE_PLACES = Permission(Resource.COHORTS, Verb.WRITE)
LOOKED_BACK = timedelta(days=90)


@get("/waiting-list/{programme:str}", **on(Resource.PERSON, Verb.READ))
async def waiting_list_page(
    request: AnyRequest,
    programme: FromPath[str],
    risk: FromQuery[str] = "",
    route: FromQuery[str] = "",
    interpreter: FromQuery[str] = "",
    deadline: FromQuery[str] = "",
    free: FromQuery[str] = "",
    sort: FromQuery[str] = "",
    page_number: PageNumber = 1,
) -> Template:
    actor, today = actor_of(request), london_date(request.app.state.clock.now())
    about = await programme_of(programme)
    query = {"risk": risk, "route": route, "interpreter": interpreter, "deadline": deadline,
             "free": free, "sort": sort}  # fmt: skip
    order, path = order_of(sort), f"/waiting-list/{about.code}"
    found = await waiting_list(
        actor, about.code, narrowed=narrowed_by(query, KNOWN_TIMES), order=order, page=page_number
    )
    standard = await standard_on(today)
    may_place = may(actor, GIVE_PLACES) and STATUS_FACTS[about.status].runs_cohorts
    return page(
        request,
        "referrals/waiting.html",
        name=about.name,
        is_planned=about.status is ProgrammeStatus.PLANNED,
        headers=headers(path, query, order, may_place=may_place),
        rows=[cells(row, standard, today=today, may_place=may_place) for row in found.rows],
        chosen=chosen_of(path, query),
        query=query,
        path=path,
        risks=list(RiskLevel),
        routes=list(Route),
        times=FREE_TIMES,
        tiles=await _tiles(request, standard),
        may_set=may(actor, MAY_SET),
        paging=_paging(path, query, page_number, found.total),
    )


def _paging(path: str, query: dict[str, str], number: int, total: int) -> Paging:
    narrowed = {key: value for key, value in query.items() if value}
    return Paging(page=number, size=PAGE, total=total, path=path, query=narrowed)


async def _tiles(request: AnyRequest, standard: Standard) -> list[Any]:
    """For those who answer for the whole service."""
    actor, today = actor_of(request), london_date(request.app.state.clock.now())
    if not may(actor, MAY_SET):
        return []
    since = today - LOOKED_BACK
    return tiles(await lateness(actor, standard=standard, since=since, today=today), standard)


@get("/service-standard", **on(Resource.CATALOGUE, Verb.WRITE))
async def standard_page(request: AnyRequest) -> Template:
    now = request.app.state.clock.now()
    return await _standard(request, SET_STANDARD.blank(new_id(now)))


@post("/service-standard", status_code=303, **on(Resource.CATALOGUE, Verb.WRITE))
async def set_it(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[SetStandard]) -> str:
        said = sent.values
        await set_standard(
            Standard(said.days_to_decision, said.days_to_first_contact, said.valid_from),
            source=said.source,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return "/service-standard"

    async def show(form: FormView, status: int) -> Template:
        return await _standard(request, form, status_code=status)

    return await submit(request, SET_STANDARD, do=do, show=show, notice="The standard is set.")


async def _standard(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    now_valid = await standard_on(london_date(request.app.state.clock.now()))
    return page(
        request,
        "referrals/standard.html",
        status_code=status_code,
        form=form,
        standard=now_valid,
        since=present.long_date(now_valid.valid_from),
    )
