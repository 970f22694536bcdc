"""Cohorts, sessions and registers as JSON."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, get, put
from litestar.params import FromPath, FromQuery, JSONBody

from app.api.texts import Line, Words
from app.web.guard import actor_of, on
from app.web.paging import PageIfAny, on_page
from outcomes.reactions import react
from programmes.catalogue.words import MarkCode
from programmes.common.permissions import Resource, Verb
from scheduling.attendance.caseload_queries import CaseloadRow, caseload
from scheduling.attendance.commands import SavedMark, save_mark, save_marks, sign_off
from scheduling.attendance.queries import (
    MarkRow,
    marks_of_person,
    marks_of_session,
    register_version,
)
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.queries import (
    CohortFacts,
    CohortRow,
    PlaceRow,
    SessionRow,
    cohort,
    cohorts,
    places_at,
    places_in,
    session,
    sessions_of,
)

AnyRequest = Request[Any, Any, Any]


class CohortWhole(msgspec.Struct, frozen=True):
    cohort: CohortFacts
    sessions: list[SessionRow]
    places: list[PlaceRow]


class RegisterWhole(msgspec.Struct, frozen=True):
    """`version` is what a save must send back."""

    session: SessionRow
    version: int
    places: list[PlaceRow]
    marks: list[MarkRow]


class MarkSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    enrolment_id: UUID
    code: MarkCode
    minutes_late: int | None = None
    claimed_reason: Line | None = None
    note: Words | None = None


class MarksSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    marks: list[MarkSent]
    sign_off: bool = False


@get("/cohorts", **on(Resource.COHORTS, Verb.READ))
async def api_cohorts(request: AnyRequest, programme: FromQuery[str] = "") -> list[CohortRow]:
    return await cohorts(actor_of(request), programme=programme)


@get("/cohorts/{cohort_id:uuid}", **on(Resource.COHORTS, Verb.READ))
async def api_cohort(request: AnyRequest, cohort_id: FromPath[UUID]) -> CohortWhole:
    actor = actor_of(request)
    return CohortWhole(
        await cohort(actor, cohort_id),
        await sessions_of(actor, cohort_id),
        await places_in(actor, cohort_id),
    )


@get("/sessions/{session_id:uuid}/register", **on(Resource.ATTENDANCE, Verb.READ))
async def api_register(request: AnyRequest, session_id: FromPath[UUID]) -> RegisterWhole:
    version = await register_version(actor_of(request), session_id)
    return await _register(request, session_id, version)


@put("/sessions/{session_id:uuid}/register", **on(Resource.OPEN_REGISTER, Verb.WRITE))
async def api_save_register(
    request: AnyRequest, session_id: FromPath[UUID], data: JSONBody[MarksSent]
) -> RegisterWhole:
    """409 where somebody else has marked since `version` was read."""
    actor, now = actor_of(request), request.app.state.clock.now()
    marks = {
        one.enrolment_id: GivenMark(
            code=one.code,
            minutes_late=one.minutes_late,
            claimed_reason=one.claimed_reason,
            note=one.note,
        )
        for one in data.marks
    }
    save = sign_off if data.sign_off else save_marks
    version = await save(session_id, marks, version=data.version, actor=actor, now=now)
    if data.sign_off:
        await react(actor, now=now)
    return await _register(request, session_id, version)


class OneMarkSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`revision` is that of the mark as it was read; 0 where there was none."""

    code: MarkCode
    revision: int
    minutes_late: int | None = None
    claimed_reason: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    note: Annotated[str, msgspec.Meta(max_length=4000)] | None = None


@put(
    "/sessions/{session_id:uuid}/marks/{enrolment_id:uuid}",
    **on(Resource.OPEN_REGISTER, Verb.WRITE),
)
async def api_save_mark(
    request: AnyRequest,
    session_id: FromPath[UUID],
    enrolment_id: FromPath[UUID],
    data: JSONBody[OneMarkSent],
) -> SavedMark:
    """409 with the mark that stands now, where somebody else has marked this row meanwhile."""
    given = GivenMark(
        code=data.code,
        minutes_late=data.minutes_late,
        claimed_reason=data.claimed_reason or None,
        note=data.note or None,
    )
    return await save_mark(
        session_id,
        enrolment_id,
        given,
        revision=data.revision,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )


@get("/people/{person_id:uuid}/attendance", **on(Resource.ATTENDANCE, Verb.READ))
async def api_attendance(request: AnyRequest, person_id: FromPath[UUID]) -> list[MarkRow]:
    return await marks_of_person(actor_of(request), person_id)


async def _register(request: AnyRequest, session_id: UUID, version: int) -> RegisterWhole:
    actor = actor_of(request)
    found = await session(actor, session_id)
    return RegisterWhole(
        found,
        version,
        await places_at(actor, session_id),
        await marks_of_session(actor, session_id),
    )


@get("/caseload", **on(Resource.ATTENDANCE, Verb.READ))
async def api_caseload(request: AnyRequest, page_number: PageIfAny = None) -> list[CaseloadRow]:
    """Everybody of the asking officer's, with attendance, next session, orders and breaches."""
    return on_page(await caseload(actor_of(request)), page_number)
