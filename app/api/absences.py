"""Absences that wait for a judgement, and papers that bear on them, as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Line
from app.safekeeping.evidence_store import HomeEvidenceStore
from app.web.guard import actor_of, on
from app.web.paging import PageIfAny, on_page
from programmes.common.permissions import Resource, Verb
from scheduling.attendance.absence_queries import (
    AbsenceRow,
    EvidenceRow,
    evidence_of_person,
    undecided_absences,
)
from scheduling.attendance.evidence_commands import add_evidence

AnyRequest = Request[Any, Any, Any]


class EvidenceSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content` is base64."""

    what: Line
    content: bytes


class EvidenceKept(msgspec.Struct, frozen=True):
    id: UUID


@get("/absences", **on(Resource.ACCEPTABILITY, Verb.READ))
async def api_absences(request: AnyRequest, page_number: PageIfAny = None) -> list[AbsenceRow]:
    return on_page(await undecided_absences(actor_of(request)), page_number)


@get("/people/{person_id:uuid}/evidence", **on(Resource.ACCEPTABILITY, Verb.READ))
async def api_evidence(request: AnyRequest, person_id: FromPath[UUID]) -> list[EvidenceRow]:
    return await evidence_of_person(actor_of(request), person_id)


@post("/marks/{mark_id:uuid}/evidence", **on(Resource.ACCEPTABILITY, Verb.READ))
async def api_add_evidence(
    request: AnyRequest, mark_id: FromPath[UUID], data: JSONBody[EvidenceSent]
) -> EvidenceKept:
    kept = await add_evidence(
        mark_id,
        data.content,
        what=data.what,
        store=HomeEvidenceStore(request.app.state.databases.settings.home),
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return EvidenceKept(kept)
