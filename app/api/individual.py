"""Individual sessions of one person as JSON."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Line
from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from scheduling.sessions.individual_commands import (
    book_individual,
    cancel_individual,
    plan_individual,
)
from scheduling.sessions.individual_queries import individual_sessions
from scheduling.sessions.individual_words import (
    IndividualAsked,
    IndividualPlan,
    IndividualSession,
)

AnyRequest = Request[Any, Any, Any]
_WRITES = on(Resource.COHORTS, Verb.WRITE)


class IndividualSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`seen` is the hash of the warnings that were looked at; empty where there are none."""

    starts_at: datetime
    room_id: UUID
    facilitator_id: UUID
    interpreter_id: UUID | None = None
    seen: Line = ""


@get("/places/{place_id:uuid}/individual", **on(Resource.COHORTS, Verb.READ))
async def api_individual(request: AnyRequest, place_id: FromPath[UUID]) -> list[IndividualSession]:
    return await individual_sessions(actor_of(request), place_id)


@post("/places/{place_id:uuid}/individual/{session_id:uuid}/plan", status_code=200, **_WRITES)
async def api_plan_individual(
    request: AnyRequest,
    place_id: FromPath[UUID],
    session_id: FromPath[UUID],
    data: JSONBody[IndividualSent],
) -> IndividualPlan:
    """What to know before it is booked. Writes nothing."""
    actor, now = actor_of(request), request.app.state.clock.now()
    return await plan_individual(place_id, _asked(session_id, data), actor=actor, now=now)


@post("/places/{place_id:uuid}/individual/{session_id:uuid}", status_code=201, **_WRITES)
async def api_book_individual(
    request: AnyRequest,
    place_id: FromPath[UUID],
    session_id: FromPath[UUID],
    data: JSONBody[IndividualSent],
) -> list[IndividualSession]:
    """409 where something is taken, or where there are warnings that were not `seen`."""
    actor, now = actor_of(request), request.app.state.clock.now()
    asked = _asked(session_id, data)
    await book_individual(place_id, asked, seen=data.seen, actor=actor, now=now)
    return await individual_sessions(actor, place_id)


@post("/appointments/{appointment_id:uuid}/cancel", status_code=200, **_WRITES)
async def api_cancel_individual(
    request: AnyRequest, appointment_id: FromPath[UUID]
) -> list[IndividualSession]:
    actor, now = actor_of(request), request.app.state.clock.now()
    place_id = await cancel_individual(appointment_id, actor=actor, now=now)
    return await individual_sessions(actor, place_id)


def _asked(session_id: UUID, sent: IndividualSent) -> IndividualAsked:
    return IndividualAsked(
        session_id=session_id,
        starts_at=sent.starts_at,
        room_id=sent.room_id,
        facilitator_id=sent.facilitator_id,
        interpreter_id=sent.interpreter_id,
    )
