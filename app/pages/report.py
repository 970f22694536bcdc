"""The management report: exact figures inside the service, for managers; not a release."""

import asyncio
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromQuery
from litestar.response import Template

from app.documents.report_files import csv_of, document_of, workbook_of
from app.documents.report_pictures import funnel_of
from app.pages.report_period import mistaken_page
from app.report_reading import (
    PartRead,
    Reports,
    each_part_for,
    is_own,
    parts_for,
    reports_for,
)
from app.views.report import ShownSection, completion_picture, sections_of
from app.views.report_baselines import beside_ours
from app.views.report_parts import parts_of
from app.web.components import Header
from app.web.guard import actor_of, on
from app.web.shell import page
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb
from programmes.common.workbooks.writing import XLSX

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on(Resource.MANAGEMENT_REPORT, Verb.READ)
SVG = "image/svg+xml"


@get("/report", **_READ)
async def report_page(request: AnyRequest, period: FromQuery[str] = "") -> Template:
    if mistaken := mistaken_page(request, period):
        return mistaken
    found = await reports_for(request, period)
    now: datetime = request.app.state.clock.now()
    return page(
        request,
        "report/report.html",
        asked=found.asked,
        is_running=found.asked.days.until_on > london_date(now),
        parts=parts_of(parts_for(request), found.asked.code),
        is_own=is_own(request),
        programmes=sections_of(found, "programmes"),
        orders=sections_of(found, "orders"),
        has_chart=_has_chart(sections_of(found, "programmes")),
        baselines=beside_ours(found),
        headers=_HEADERS,
    )


_HEADERS = [
    "Figure",
    Header("Number", is_numeric=True),
    Header("Period before", is_numeric=True),
    "What may be said",
]


def _has_chart(sections: list[ShownSection]) -> bool:
    return any(section.is_rated for section in sections)


@get("/report/completion.svg", media_type=SVG, **_READ)
async def report_chart(request: AnyRequest, period: FromQuery[str] = "") -> Response[bytes]:
    found = await reports_for(request, period)
    return Response(await asyncio.to_thread(completion_picture, found), media_type=SVG)


@get("/report/funnel.svg", media_type=SVG, **_READ)
async def report_funnel(
    request: AnyRequest, period: FromQuery[str] = "", of: FromQuery[str] = ""
) -> Response[bytes]:
    found = await reports_for(request, period)
    drawn = await asyncio.to_thread(funnel_of, found, of)
    if drawn is None:
        raise NotFound
    return Response(drawn.svg, media_type=SVG)


@get("/report.csv", media_type="text/csv", **_READ)
async def report_csv(request: AnyRequest, period: FromQuery[str] = "") -> Response[bytes]:
    found, parts = await _everything(request, period)
    return await _download(request, found, csv_of(found, parts), "text/csv; charset=utf-8", "csv")


@get("/report.xlsx", media_type=XLSX, **_READ)
async def report_workbook(request: AnyRequest, period: FromQuery[str] = "") -> Response[bytes]:
    found, parts = await _everything(request, period)
    book = workbook_of(found, parts, made_at=request.app.state.clock.now())
    return await _download(request, found, book, XLSX, "xlsx")


@get("/report.pdf", media_type="application/pdf", **_READ)
async def report_document(request: AnyRequest, period: FromQuery[str] = "") -> Response[bytes]:
    found, parts = await _everything(request, period)
    now = request.app.state.clock.now()
    made = await asyncio.to_thread(document_of, found, parts, made_at=now)
    return await _download(request, found, made, "application/pdf", "pdf")


async def _everything(request: AnyRequest, period: str) -> tuple[Reports, list[PartRead]]:
    found = await reports_for(request, period)
    return found, await each_part_for(request, parts_for(request), period)


async def _download(
    request: AnyRequest, found: Reports, body: bytes, media_type: str, ending: str
) -> Response[bytes]:
    """Counts leave the service here, so that it is noted; they name nobody."""
    actor_of(request)
    code = found.asked.code.replace(" ", "-")
    await note("disclose", "download-report", resource="report", row_id=f"{code}.{ending}")
    name = f"management-report-{code.lower()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
