"""The management report as JSON: the overview, its further parts, and what a figure counts."""

from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct

from app.forms.report import ENTER_COST_FORM, EnterCost
from app.pages.costs import new_cost
from app.pages.report_parts import definition_of
from app.report_reading import part_for, parts_for, report_for
from app.web.guard import actor_of, on
from outcomes.reports.asked_rules import AskedPeriod
from outcomes.reports.cost_commands import enter_cost, withdraw_cost
from outcomes.reports.cost_queries import costs
from outcomes.reports.cost_rules import Cost
from outcomes.reports.definitions import Definition
from outcomes.reports.detail_words import FigureTable, Part
from outcomes.reports.figures import ManagementReport
from programmes.catalogue.queries import programmes
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on(Resource.MANAGEMENT_REPORT, Verb.READ)
_ENTER: dict[str, Any] = on(Resource.CATALOGUE, Verb.WRITE)


class PartFigures(Struct, frozen=True):
    """`period` is the one that was understood."""

    period: AskedPeriod
    part: Part
    tables: list[FigureTable]


class Entered(Struct, frozen=True):
    id: UUID


@get("/report", **_READ)
async def api_report(
    request: AnyRequest, year: FromQuery[str] = "", period: FromQuery[str] = ""
) -> ManagementReport:
    """`year=2018`, or `period=2018Q3`; neither means this year so far. 422 for another."""
    return await report_for(request, period or year)


@get([f"/report/{part}" for part in Part], **_READ)
async def api_report_part(request: AnyRequest, period: FromQuery[str] = "") -> PartFigures:
    part = Part(PurePosixPath(request.url.path).name)
    if part not in parts_for(request):
        raise NotFound
    found = await part_for(request, part, period)
    return PartFigures(found.asked, found.part, found.tables)


@get("/report/counted/{code:str}", **_READ)
async def api_report_counted(request: AnyRequest, code: FromPath[str]) -> Definition:
    return definition_of(code)


@get("/report/cost-entries", **_READ)
async def api_costs(request: AnyRequest) -> list[Cost]:
    if Part.COSTS not in parts_for(request):
        raise NotFound
    return await costs()


@post("/report/cost-entries", **_ENTER)
async def api_enter_cost(request: AnyRequest, data: JSONBody[EnterCost]) -> Entered:
    ENTER_COST_FORM.checked(data, choices={"programme": await _programmes()})
    now = request.app.state.clock.now()
    return Entered(await enter_cost(new_cost(data), actor=actor_of(request), now=now))


@post("/report/cost-entries/{cost_id:uuid}/withdraw", status_code=204, **_ENTER)
async def api_withdraw_cost(request: AnyRequest, cost_id: FromPath[UUID]) -> None:
    now = request.app.state.clock.now()
    await withdraw_cost(cost_id, actor=actor_of(request), now=now)


async def _programmes() -> list[Any]:
    from app.forms.field import Choice

    return [Choice(one.code, one.name) for one in await programmes()]
