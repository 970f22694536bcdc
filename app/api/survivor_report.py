"""The survivor side's report as JSON."""

from typing import Any

from litestar import Request, get
from litestar.params import FromQuery

from app.guard import actor_of, on
from app.report_reading import asked_for
from outcomes.reports.figures import Period, SurvivorReport
from outcomes.reports.safety import survivor_report
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/survivor-report", **on(Resource.SURVIVOR_REPORT, Verb.READ))
async def api_survivor_report(
    request: AnyRequest, year: FromQuery[str] = "", period: FromQuery[str] = ""
) -> SurvivorReport:
    """`year=2018`, or `period=2018Q3`; neither means this year so far."""
    asked = asked_for(period or year, london_date(request.app.state.clock.now()))
    days = Period(asked.period.first_on, asked.period.until)
    return await survivor_report(days, actor=actor_of(request))
