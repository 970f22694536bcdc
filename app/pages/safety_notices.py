"""Safety notices on her side: asking for one, releasing, recalling, reviewing."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Choices, Submitted
from app.forms.notices import ASK_FOR_NOTICE, AskForNotice
from app.forms.view import FormView
from app.labels import label, tag
from app.pages.check_ins import links_of_overview
from app.pages.survivor import overview_of
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.notices.rules import IN_FORCE
from outcomes.notices.words import EFFECTS
from outcomes.survivors.his_side_queries import his_side
from outcomes.survivors.notice_commands import (
    decline_notice,
    raise_notice,
    recall_notice,
    release_notice,
    review_notice,
)
from outcomes.survivors.notice_queries import NoticeRow, notices_for, notices_to_decide
from outcomes.survivors.notice_rules import may_recall, needs_review, reasons_not_released
from outcomes.survivors.words import RequestStatus
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_SENDER = on(Resource.NOTICE, Verb.CREATE, side=Side.SURVIVOR)
_SECOND = on(Resource.NOTICE, Verb.RELEASE, side=Side.SURVIVOR)
_Command = Callable[..., Awaitable[None]]


@get("/survivors/{survivor_id:uuid}/notices", **_SENDER)
async def notices_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    choices = links_of_overview(await overview_of(request, survivor_id))
    now = request.app.state.clock.now()
    return await _page_of(request, survivor_id, ASK_FOR_NOTICE.blank(new_id(now), choices=choices))


@post("/survivors/{survivor_id:uuid}/notices", status_code=303, **_SENDER)
async def ask_for_notice(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[AskForNotice]) -> str:
        await raise_notice(
            survivor_id,
            sent.values.link,
            code=sent.values.code,
            is_urgent=sent.values.is_urgent,
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}/notices"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, form, status_code=status)

    choices: Choices = links_of_overview(await overview_of(request, survivor_id))
    said = "The notice waits for a second person."
    return await submit(request, ASK_FOR_NOTICE, do=do, show=show, notice=said, choices=choices)


@post("/survivors/{survivor_id:uuid}/notices/{request_id:uuid}/release", status_code=303, **_SENDER)
async def release_own(
    request: AnyRequest, survivor_id: FromPath[UUID], request_id: FromPath[UUID]
) -> Response[Any]:
    """Urgent, and nobody answered in 30 minutes."""
    to = f"/survivors/{survivor_id}/notices"
    said = "The notice is released. Your lead reviews it tomorrow."
    return await _done(request, release_notice, request_id, to=to, said=said)


@post("/survivors/{survivor_id:uuid}/notices/{request_id:uuid}/recall", status_code=303, **_SENDER)
async def recall(
    request: AnyRequest, survivor_id: FromPath[UUID], request_id: FromPath[UUID]
) -> Response[Any]:
    to = f"/survivors/{survivor_id}/notices"
    return await _done(request, recall_notice, request_id, to=to, said="The notice is recalled.")


@get("/notice-requests", **_SECOND)
async def notice_requests_page(request: AnyRequest) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await notices_to_decide(actor)
    async with her_side(request).bridge():
        people = await his_side([row.person_id for row in found])
    if found:
        await note("combine", "read-his-side", resource="person", detail={"people": len(people)})
    lines = [
        {
            **_line(row, now),
            "person": people[row.person_id].name,
            "reference": people[row.person_id].reference,
            "is_own": row.raised_by == actor.account_id,
            "is_review": needs_review(
                row.status, raised_by=row.raised_by, decided_by=row.decided_by
            ),
        }
        for row in found
        if row.person_id in people
    ]
    return page(request, "survivors/notice_requests.html", lines=lines)


@post("/notice-requests/{request_id:uuid}/release", status_code=303, **_SECOND)
async def release(request: AnyRequest, request_id: FromPath[UUID]) -> Response[Any]:
    said = "The notice is released."
    return await _done(request, release_notice, request_id, to="/notice-requests", said=said)


@post("/notice-requests/{request_id:uuid}/decline", status_code=303, **_SECOND)
async def decline(request: AnyRequest, request_id: FromPath[UUID]) -> Response[Any]:
    said = "The notice is not released. Tell whoever raised it why."
    return await _done(request, decline_notice, request_id, to="/notice-requests", said=said)


@post("/notice-requests/{request_id:uuid}/review", status_code=303, **_SECOND)
async def review(request: AnyRequest, request_id: FromPath[UUID]) -> Response[Any]:
    said = "Your review is recorded."
    return await _done(request, review_notice, request_id, to="/notice-requests", said=said)


async def _done(
    request: AnyRequest, command: _Command, request_id: UUID, *, to: str, said: str
) -> Response[Any]:
    await command(request_id, actor=actor_of(request), now=request.app.state.clock.now())
    return redirect_with_notice(request, to, said)


async def _page_of(
    request: AnyRequest, survivor_id: UUID, form: FormView, *, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    one = await opened(request, survivor_id)
    found = await notices_for(actor, survivor_id)
    return page(
        request,
        "survivors/notices.html",
        status_code=status_code,
        **survivor_frame(one, "Notices"),
        form=form,
        lines=[
            {
                **_line(row, now),
                "may_recall": may_recall(row.status),
                "may_release": not _reasons(row, actor.account_id, now),
            }
            for row in found
        ],
    )


def _reasons(row: NoticeRow, by: UUID, now: datetime) -> tuple[str, ...]:
    return reasons_not_released(
        row.status,
        raised_by=row.raised_by,
        raised_at=row.raised_at,
        is_urgent=row.is_urgent,
        by=by,
        now=now,
    )


def _shown(row: NoticeRow, now: datetime) -> str:
    """When staff see it, and when it ends by itself."""
    if row.show_from_at is None or row.status not in (RequestStatus.RELEASED, RequestStatus.SENT):
        return ""
    from_at, until_at = row.show_from_at, row.show_from_at + IN_FORCE
    since, until = present.short_date_and_time(from_at), present.short_date(london_date(until_at))
    if row.status is RequestStatus.RELEASED or from_at > now:
        return f"Staff see it from {since} until {until}."
    if until_at <= now:
        return f"It ended on {until}. Raise it again if staff must still act."
    return f"Staff have seen it since {since}. It ends on {until}."


def _line(row: NoticeRow, now: datetime) -> dict[str, Any]:
    return {
        "row": row,
        "code": label(row.code),
        "effect": EFFECTS[row.code],
        "tag": tag(row.status),
        "raised": f"{present.short_date_and_time(row.raised_at)} by {row.raised_by_name or ''}",
        "waited": present.duration(now - row.raised_at),
        "shown": _shown(row, now),
    }
