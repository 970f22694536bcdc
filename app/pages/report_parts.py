"""The further pages of the management report, their pictures, and how each figure is counted."""

import asyncio
from pathlib import PurePosixPath
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.documents.report_pictures import picture_of
from app.pages.report_period import mistaken_page
from app.report_reading import asked_for, is_own, part_for, parts_for
from app.views.report_parts import DRAWN, HELPS, TITLES, is_drawn, parts_of, shown_figures
from app.web.components import Fact
from app.web.guard import on
from app.web.shell import page
from outcomes.reports.definitions import DEFINITIONS, Definition
from outcomes.reports.detail_words import Part
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on(Resource.MANAGEMENT_REPORT, Verb.READ)
_PARTS = [f"/report/{part}" for part in Part if part is not Part.COSTS]
_PICTURES = [f"/report/{code}.svg" for code in DRAWN]


@get(_PARTS, **_READ)
async def report_part_page(request: AnyRequest, period: FromQuery[str] = "") -> Template:
    part = Part(PurePosixPath(request.url.path).name)
    if part not in parts_for(request):
        raise NotFound
    if mistaken := mistaken_page(request, period):
        return mistaken
    found = await part_for(request, part, period)
    return page(
        request,
        "report/part.html",
        title=TITLES[part],
        help=HELPS[part],
        path=f"/report/{part}",
        asked=found.asked,
        parts=parts_of(parts_for(request), found.asked.code, here=part),
        tables=shown_figures(found),
        is_own=is_own(request),
    )


@get(_PICTURES, media_type="image/svg+xml", **_READ)
async def report_part_picture(
    request: AnyRequest, period: FromQuery[str] = "", of: FromQuery[str] = ""
) -> Response[bytes]:
    code = PurePosixPath(request.url.path).stem
    found = await part_for(request, DRAWN[code], period)
    table = next((one for one in found.tables if (one.code, one.about) == (code, of)), None)
    if table is None or not is_drawn(table):
        raise NotFound
    drawn = await asyncio.to_thread(picture_of, table)
    return Response(drawn, media_type="image/svg+xml")


@get("/report/counted/{code:str}", **_READ)
async def report_counted_page(
    request: AnyRequest, code: FromPath[str], period: FromQuery[str] = ""
) -> Template:
    found = definition_of(code)
    now = request.app.state.clock.now()
    asked = asked_for(period, london_date(now))
    return page(
        request,
        "report/counted.html",
        name=found.name,
        back=f"/report?period={asked.code.replace(' ', '+')}",
        facts=[
            *facts_of(found),
            Fact("As of", f"{present.date_and_time(now)}: counted anew each time it is shown"),
        ],
    )


def definition_of(code: str) -> Definition:
    """Raises NotFound."""
    found = DEFINITIONS.get(code) or DEFINITIONS.get(code.replace("-", "_"))
    if found is None:
        raise NotFound
    return found


def facts_of(found: Definition) -> list[Fact]:
    return [
        Fact("What is counted", found.counts),
        Fact("Out of", found.out_of),
        Fact("Left out", found.leaves_out),
        Fact("Source", found.source),
        Fact("Version", f"{found.version}, since {present.long_date(found.since)}"),
        *([Fact("Earlier versions", found.earlier)] if found.earlier else []),
    ]
