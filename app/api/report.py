"""The management report as JSON."""

from typing import Any

from litestar import Request, get
from litestar.params import FromQuery

from app.guard import on
from app.report_reading import reports_for
from outcomes.reports.figures import ManagementReport
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/report", **on(Resource.MANAGEMENT_REPORT, Verb.READ))
async def api_report(
    request: AnyRequest, year: FromQuery[str] = "", period: FromQuery[str] = ""
) -> ManagementReport:
    """`year=2018`, or `period=2018Q3`; neither means this year so far."""
    return (await reports_for(request, period or year)).report
