"""A release to take away: the spreadsheet and the document, from the same stored tables."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath

from app.documents.release_files import document, spreadsheet
from app.release_reading import release_for, revisions_for
from app.release_revisions import RevisionLine, revision_lines
from app.web.guard import on_each_side
from outcomes.releases.words import FrozenRelease, ReleaseFacts
from programmes.common.permissions import Resource, Verb
from programmes.common.workbooks.writing import XLSX

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on_each_side(Resource.RELEASE, Resource.RELEASE, Verb.READ)


@get("/releases/{release_id:uuid}/figures.xlsx", media_type=XLSX, **_READ)
async def release_workbook(request: AnyRequest, release_id: FromPath[UUID]) -> Response[bytes]:
    found, beside = await release_for(request, release_id)
    made = await asyncio.to_thread(spreadsheet, found, beside, await _revisions(request, found))
    return _file(found.facts, made, XLSX, "xlsx")


@get("/releases/{release_id:uuid}/figures.pdf", media_type="application/pdf", **_READ)
async def release_document(request: AnyRequest, release_id: FromPath[UUID]) -> Response[bytes]:
    found, beside = await release_for(request, release_id)
    made = await asyncio.to_thread(document, found, beside, await _revisions(request, found))
    return _file(found.facts, made, "application/pdf", "pdf")


async def _revisions(request: AnyRequest, found: FrozenRelease) -> list[RevisionLine]:
    """As the page lists them."""
    family, corrections = await revisions_for(request, found)
    return revision_lines(family, corrections)


def _file(facts: ReleaseFacts, body: bytes, media_type: str, ending: str) -> Response[bytes]:
    name = f"figures-{facts.code.lower()}-{facts.profile}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
