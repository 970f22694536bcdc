"""Who supports whom, as JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.safekeeping.her_side import her_side
from app.views.survivor import opened
from app.web.guard import actor_of, on
from outcomes.survivors.assignment_commands import HandOver, hand_over, hand_over_caseload
from outcomes.survivors.assignment_queries import Caseload, assignments_of, caseloads
from outcomes.survivors.support_words import Assigned
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_LEAD = on(Resource.USERS, Verb.APPROVE, side=Side.SURVIVOR)


class CaseloadSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    worker: UUID
    change: HandOver


@get("/survivors/{survivor_id:uuid}/assignments", **on(Resource.SURVIVOR, Verb.READ))
async def api_assignments(request: AnyRequest, survivor_id: FromPath[UUID]) -> Sequence[Assigned]:
    await opened(request, survivor_id)
    await note_reading("assignments", survivor_id)
    return await assignments_of(actor_of(request), survivor_id)


@post("/survivors/{survivor_id:uuid}/assignments", **on(Resource.SURVIVOR, Verb.WRITE))
async def api_hand_over(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[HandOver]
) -> Sequence[Assigned]:
    now = request.app.state.clock.now()
    actor = actor_of(request)
    await hand_over(survivor_id, data, sealing=her_side(request).sealing, actor=actor, now=now)
    return await assignments_of(actor, survivor_id)


@get("/caseloads", **_LEAD)
async def api_caseloads(request: AnyRequest) -> list[Caseload]:
    today = london_date(request.app.state.clock.now())
    return await caseloads(actor_of(request), today=today)


@post("/caseloads", **_LEAD)
async def api_hand_caseload_over(
    request: AnyRequest, data: JSONBody[CaseloadSent]
) -> list[Caseload]:
    actor, now = actor_of(request), request.app.state.clock.now()
    await hand_over_caseload(data.worker, data.change, actor=actor, now=now)
    return await caseloads(actor, today=london_date(now))
