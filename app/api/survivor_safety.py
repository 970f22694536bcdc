"""Risk and safety notices of her side, as JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.notices import ASK_FOR_NOTICE, AskForNotice
from app.forms.risk import WRITE_DASH, WriteDash
from app.pages.check_ins import links_of_overview
from app.pages.risk import new_dash
from app.pages.survivor import overview_of
from app.safekeeping.her_side import her_side
from app.views.survivor import opened
from app.web.guard import actor_of, on
from outcomes.survivors.notice_commands import (
    decline_notice,
    raise_notice,
    recall_notice,
    release_notice,
    review_notice,
)
from outcomes.survivors.notice_queries import NoticeRow, notices_for, notices_to_decide
from outcomes.survivors.risk_commands import record_dash
from outcomes.survivors.risk_queries import DashRow, dashes_of
from programmes.common.audit import note_reading
from programmes.common.db import Side
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_SENDER = on(Resource.NOTICE, Verb.CREATE, side=Side.SURVIVOR)
_SECOND = on(Resource.NOTICE, Verb.RELEASE, side=Side.SURVIVOR)


@get("/survivors/{survivor_id:uuid}/risk", **on(Resource.SURVIVOR, Verb.READ))
async def api_risk(request: AnyRequest, survivor_id: FromPath[UUID]) -> list[DashRow]:
    """Results alone, newest first: the forms stay where they are held."""
    await opened(request, survivor_id)
    await note_reading("risk", survivor_id)
    return await dashes_of(actor_of(request), survivor_id)


@post("/survivors/{survivor_id:uuid}/risk", **on(Resource.SURVIVOR, Verb.WRITE))
async def api_write_dash(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[WriteDash]
) -> list[DashRow]:
    choices = links_of_overview(await overview_of(request, survivor_id))
    await record_dash(
        survivor_id,
        new_dash(WRITE_DASH.checked(data, choices=choices)),
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await dashes_of(actor_of(request), survivor_id)


@get("/survivors/{survivor_id:uuid}/notices", **_SENDER)
async def api_notices_for(request: AnyRequest, survivor_id: FromPath[UUID]) -> list[NoticeRow]:
    await opened(request, survivor_id)
    await note_reading("notice-requests", survivor_id)
    return await notices_for(actor_of(request), survivor_id)


@post("/survivors/{survivor_id:uuid}/notices", **_SENDER)
async def api_ask_for_notice(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[AskForNotice]
) -> list[NoticeRow]:
    choices = links_of_overview(await overview_of(request, survivor_id))
    values = ASK_FOR_NOTICE.checked(data, choices=choices)
    await raise_notice(
        survivor_id,
        values.link,
        code=values.code,
        is_urgent=values.is_urgent,
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await notices_for(actor_of(request), survivor_id)


@post("/survivors/{survivor_id:uuid}/notices/{request_id:uuid}/release", **_SENDER)
async def api_release_own(
    request: AnyRequest, survivor_id: FromPath[UUID], request_id: FromPath[UUID]
) -> list[NoticeRow]:
    """Urgent, and nobody answered in 30 minutes."""
    await opened(request, survivor_id)
    await release_notice(request_id, actor=actor_of(request), now=request.app.state.clock.now())
    return await notices_for(actor_of(request), survivor_id)


@post("/survivors/{survivor_id:uuid}/notices/{request_id:uuid}/recall", **_SENDER)
async def api_recall(
    request: AnyRequest, survivor_id: FromPath[UUID], request_id: FromPath[UUID]
) -> list[NoticeRow]:
    await opened(request, survivor_id)
    await recall_notice(request_id, actor=actor_of(request), now=request.app.state.clock.now())
    return await notices_for(actor_of(request), survivor_id)


@get("/notice-requests", **_SECOND)
async def api_notice_requests(request: AnyRequest) -> Sequence[NoticeRow]:
    return await notices_to_decide(actor_of(request))


@post("/notice-requests/{request_id:uuid}/release", **_SECOND)
async def api_release(request: AnyRequest, request_id: FromPath[UUID]) -> Sequence[NoticeRow]:
    await release_notice(request_id, actor=actor_of(request), now=request.app.state.clock.now())
    return await notices_to_decide(actor_of(request))


@post("/notice-requests/{request_id:uuid}/decline", **_SECOND)
async def api_decline(request: AnyRequest, request_id: FromPath[UUID]) -> Sequence[NoticeRow]:
    await decline_notice(request_id, actor=actor_of(request), now=request.app.state.clock.now())
    return await notices_to_decide(actor_of(request))


@post("/notice-requests/{request_id:uuid}/review", **_SECOND)
async def api_review(request: AnyRequest, request_id: FromPath[UUID]) -> Sequence[NoticeRow]:
    await review_notice(request_id, actor=actor_of(request), now=request.app.state.clock.now())
    return await notices_to_decide(actor_of(request))
