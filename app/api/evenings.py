"""Notes, worries and unlisted arrivals of sessions as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get
from litestar.params import FromPath

from app.web.guard import actor_of, on
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb
from scheduling.attendance.arrival_queries import ArrivalRow, arrivals
from scheduling.attendance.evening_queries import (
    READ_NOTES,
    ConcernRow,
    NoteRow,
    ParticipationRow,
    concerns,
    note_of_session,
    participation_at,
)
from scheduling.cohorts.queries import runs_cohort, session

AnyRequest = Request[Any, Any, Any]


class EveningWhole(msgspec.Struct, frozen=True):
    """What was written of one session; `note` is null until somebody writes it."""

    note: NoteRow | None
    participation: list[ParticipationRow]
    concerns: list[ConcernRow]


@get("/sessions/{session_id:uuid}/note", **on(Resource.NOTES, Verb.READ))
async def api_note(request: AnyRequest, session_id: FromPath[UUID]) -> EveningWhole:
    return await evening(request, session_id)


async def evening(request: AnyRequest, session_id: UUID) -> EveningWhole:
    """For those who run the group."""
    actor = actor_of(request)
    found = await session(actor, session_id)
    if not await runs_cohort(actor, found.cohort_id, permission=READ_NOTES):
        raise NotFound
    return EveningWhole(
        await note_of_session(actor, session_id),
        await participation_at(actor, session_id),
        await concerns(actor, session_id=session_id),
    )


@get("/arrivals", **on(Resource.SUITABILITY, Verb.WRITE))
async def api_arrivals(request: AnyRequest) -> list[ArrivalRow]:
    return await arrivals(actor_of(request), only_open=True)


@get("/concerns", **on(Resource.SUITABILITY, Verb.WRITE))
async def api_concerns(request: AnyRequest) -> list[ConcernRow]:
    return await concerns(actor_of(request), only_open=True)
