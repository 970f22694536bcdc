"""The register of one session, to print."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath

from app.documents.register_sheet import as_pdf, sheet_of
from app.web.guard import actor_of, on
from programmes.common.audit import note
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/sessions/{session_id:uuid}/register.pdf", **on(Resource.OPEN_REGISTER, Verb.READ))
async def register_sheet(request: AnyRequest, session_id: FromPath[UUID]) -> Response[bytes]:
    """Printing is noted: the paper leaves the building."""
    sheet = await sheet_of(actor_of(request), session_id)
    await note("disclose", "print-register-sheet", resource="register", row_id=session_id)
    body = await asyncio.to_thread(as_pdf, sheet)
    headers = {"Content-Disposition": f'attachment; filename="register-{session_id}.pdf"'}
    return Response(body, media_type="application/pdf", headers=headers)
