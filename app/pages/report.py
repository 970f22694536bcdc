"""The management report: exact figures inside the service, for managers; not a release."""

import asyncio
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromQuery
from litestar.response import Template

from app.components import Header
from app.guard import actor_of, on
from app.report_reading import Reports, reports_for
from app.report_view import ShownSection, completion_picture, csv_of, sections_of, workbook_of
from app.shell import page
from outcomes.reports.baselines import BASELINES
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on(Resource.MANAGEMENT_REPORT, Verb.READ)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/report", **_READ)
async def report_page(request: AnyRequest, period: FromQuery[str] = "") -> Template:
    found = await reports_for(request, period)
    now: datetime = request.app.state.clock.now()
    return page(
        request,
        "report/report.html",
        asked=found.asked,
        is_running=found.asked.period.until > london_date(now),
        programmes=sections_of(found, "programmes"),
        orders=sections_of(found, "orders"),
        has_chart=_has_chart(sections_of(found, "programmes")),
        baselines=[[one.name, one.figure, one.period, one.source, one.but] for one in BASELINES],
        headers=_HEADERS,
    )


_HEADERS = [
    "Figure",
    Header("Number", is_numeric=True),
    Header("Period before", is_numeric=True),
    "What may be said",
]


def _has_chart(sections: list[ShownSection]) -> bool:
    return any(section.completion for section in sections)


@get("/report/completion.svg", media_type="image/svg+xml", **_READ)
async def report_chart(request: AnyRequest, period: FromQuery[str] = "") -> Response[bytes]:
    found = await reports_for(request, period)
    return Response(await asyncio.to_thread(completion_picture, found), media_type="image/svg+xml")


@get("/report.csv", media_type="text/csv", **_READ)
async def report_csv(request: AnyRequest, period: FromQuery[str] = "") -> Response[bytes]:
    found = await reports_for(request, period)
    return await _download(request, found, csv_of(found), "text/csv; charset=utf-8", "csv")


@get("/report.xlsx", media_type=XLSX, **_READ)
async def report_workbook(request: AnyRequest, period: FromQuery[str] = "") -> Response[bytes]:
    found = await reports_for(request, period)
    book = workbook_of(found, made_at=request.app.state.clock.now())
    return await _download(request, found, book, XLSX, "xlsx")


async def _download(
    request: AnyRequest, found: Reports, body: bytes, media_type: str, ending: str
) -> Response[bytes]:
    """Counts leave the service here, so that it is noted; they name nobody."""
    actor_of(request)
    code = found.asked.period.code
    await note("disclose", "download-report", resource="report", row_id=f"{code}.{ending}")
    name = f"management-report-{code.lower()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
