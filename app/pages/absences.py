"""Absences that wait for a judgement, and the papers that bear on them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.evidence import ADD_EVIDENCE, AddEvidence
from app.forms.form import Submitted
from app.forms.view import FormView
from app.pages.attendance import attendance_of
from app.safekeeping.evidence_store import HomeEvidenceStore
from app.web.components import Cell, Header
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb
from scheduling.attendance.absence_queries import AbsenceRow, undecided_absences
from scheduling.attendance.evidence_commands import add_evidence, open_evidence
from scheduling.attendance.evidence_rules import ENDINGS, MOST_BYTES

AnyRequest = Request[Any, Any, Any]


@get("/absences", **on(Resource.ACCEPTABILITY, Verb.READ))
async def absences_page(request: AnyRequest) -> Template:
    today = london_date(request.app.state.clock.now())
    found = await undecided_absences(actor_of(request))
    return page(
        request,
        "attendance/absences.html",
        headers=["Person", "Absent on", Header("Days waiting", is_numeric=True), "Reason given"],
        rows=[_row(one, (today - london_date(one.held_at)).days) for one in found],
    )


def _row(one: AbsenceRow, days: int) -> list[Any]:
    papers = present.count(one.papers, "paper") if one.papers else ""
    return [
        Cell(one.person_name, f"/people/{one.person_id}/attendance", note=one.programme),
        f"{present.day_and_date(london_date(one.held_at))}, session {one.number}",
        str(days),
        Cell(present.sentence(one.claimed_reason or "none given"), note=papers),
    ]


@post(
    "/people/{person_id:uuid}/attendance/{mark_id:uuid}/evidence",
    status_code=303,
    **on(Resource.ACCEPTABILITY, Verb.READ),
)
async def add(
    request: AnyRequest, person_id: FromPath[UUID], mark_id: FromPath[UUID]
) -> Response[Any]:
    """Facilitators are handed papers, whoever judges gets them too; nobody else adds any."""

    async def do(sent: Submitted[AddEvidence]) -> str:
        await add_evidence(
            mark_id,
            await _content(request),
            what=sent.values.what,
            store=HomeEvidenceStore(request.app.state.databases.settings.home),
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/people/{person_id}/attendance"

    async def show(form: FormView, status: int) -> Template:
        return await attendance_of(request, person_id, papers={mark_id: form}, status_code=status)

    return await submit(request, ADD_EVIDENCE, do=do, show=show, notice="The paper is kept.")


async def _content(request: AnyRequest) -> bytes:
    """One byte more than is taken, so that what is too large is known to be."""
    sent = (await request.form()).get("file")
    return await sent.read(MOST_BYTES + 1) if isinstance(sent, UploadFile) else b""


@get("/evidence/{evidence_id:uuid}", **on(Resource.ACCEPTABILITY, Verb.READ))
async def evidence(request: AnyRequest, evidence_id: FromPath[UUID]) -> Response[bytes]:
    """Never shown inside a page, and never under the name it came with."""
    store = HomeEvidenceStore(request.app.state.databases.settings.home)
    content, media_type = await open_evidence(evidence_id, store=store, actor=actor_of(request))
    name = f"paper-{evidence_id}.{ENDINGS[media_type]}"
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
