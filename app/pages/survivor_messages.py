"""Messages to survivors: asked for by their worker; one that did not go is settled by a person."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.field import first_value
from app.forms.form import typed_form
from app.labels import label, tag
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.components import Cell
from app.web.guard import actor_of, now_of, on
from app.web.shell import page, redirect_with_notice
from outcomes.messages.words import MessageState
from outcomes.survivors.message_commands import (
    ask_for_message,
    leave_her_message,
    send_to_her_again,
)
from outcomes.survivors.message_queries import (
    TO_SETTLE,
    HerMessageRow,
    messages_to,
    way_to,
)
from outcomes.survivors.message_rules import WORDS
from outcomes.survivors.queries import survivors
from outcomes.survivors.words import SafeContactDetails
from programmes.common.errors import Invalid, Refused
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ, _WRITE = on(Resource.SURVIVOR, Verb.READ), on(Resource.SURVIVOR, Verb.WRITE)
_TO_SAY = (*TO_SETTLE, MessageState.WAITING)


class ToHer(Struct, frozen=True):
    """Why no message may go now, and those that were asked for."""

    reasons: tuple[str, ...]
    messages: list[HerMessageRow]


@get("/survivors/{survivor_id:uuid}/messages", **_READ)
async def messages_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    return await _page_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/messages", status_code=303, **_WRITE)
async def ask(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    try:
        await ask_for_message(
            survivor_id,
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=now_of(request),
        )
    except Refused as refusal:
        return await _page_of(request, survivor_id, refused=refusal.reasons, status_code=422)
    said = "The message goes in their next safe hour."
    return redirect_with_notice(request, f"/survivors/{survivor_id}/messages", said)


@get("/survivor-messages", **_READ)
async def queue_page(request: AnyRequest) -> Template:
    """Of all of one's own people."""
    actor, sealing = actor_of(request), her_side(request).sealing
    people = {one.facts.id: one.facts for one in await survivors(actor, sealing=sealing)}
    rows = await messages_to(actor, list(people))
    names = {key: facts.name or facts.reference for key, facts in people.items()}
    return page(
        request,
        "survivors/message_queue.html",
        rows=[(_cells(row, names[row.survivor_id]), row, _is_to_settle(row)) for row in rows],
    )


@post("/survivor-messages/{message_id:uuid}", status_code=303, **_WRITE)
async def settle(request: AnyRequest, message_id: FromPath[UUID]) -> Response[Any]:
    typed = await typed_form(request)
    then, version = first_value(typed, "then"), first_value(typed, "version")
    if then not in ("again", "leave") or not version.isdecimal():
        raise Invalid({"then": "Say whether it goes again."})
    survivor_id = await settle_one(
        request, message_id, is_again=then == "again", version=int(version)
    )
    said = "It goes again in their next safe hour." if then == "again" else "It does not go."
    return redirect_with_notice(request, f"/survivors/{survivor_id}/messages", said)


async def settle_one(
    request: AnyRequest, message_id: UUID, *, is_again: bool, version: int
) -> UUID:
    """Whose it is."""
    actor, now = actor_of(request), now_of(request)
    if not is_again:
        return await leave_her_message(message_id, version=version, actor=actor, now=now)
    sealing = her_side(request).sealing
    return await send_to_her_again(
        message_id, version=version, sealing=sealing, actor=actor, now=now
    )


async def to_her(request: AnyRequest, survivor_id: UUID) -> tuple[ToHer, SafeContactDetails | None]:
    actor, one = actor_of(request), await opened(request, survivor_id)
    way = await way_to(actor, one, now=now_of(request))
    return ToHer(way.reasons, await messages_to(actor, [survivor_id])), way.details


async def _page_of(
    request: AnyRequest,
    survivor_id: UUID,
    *,
    refused: tuple[str, ...] = (),
    status_code: int = 200,
) -> Template:
    one = await opened(request, survivor_id)
    found, details = await to_her(request, survivor_id)
    is_under_way = any(
        row.state in (MessageState.WAITING, MessageState.SENDING) for row in found.messages
    )
    return page(
        request,
        "survivors/messages.html",
        status_code=status_code,
        **survivor_frame(one, "Messages"),
        words=WORDS,
        refused=refused,
        reasons=found.reasons,
        hours="" if found.reasons or details is None else _hours(details),
        is_under_way=is_under_way,
        rows=[(_cells(row, None), row, _is_to_settle(row)) for row in found.messages],
    )


def _cells(row: HerMessageRow, name: str | None) -> list[Cell]:
    when = row.sent_at or row.asked_at
    by = f"Asked for by {row.asked_by}" if row.asked_by else ""
    trouble = present.sentence(row.trouble) if row.trouble else ""
    settled = f"Settled by {row.settled_by}" if row.settled_by else ""
    cells = [
        Cell(present.short_date_and_time(when), note=by),
        Cell(label(row.channel)),
        Cell(tag=tag(row.state), note=trouble or settled),
    ]
    who = [Cell(name, f"/survivors/{row.survivor_id}/messages")] if name else []
    return [*who, *cells]


def _is_to_settle(row: HerMessageRow) -> bool:
    return row.state in _TO_SAY


def _hours(details: SafeContactDetails) -> str:
    days = present.listed([label(day) for day in details.days]) or "any day"
    if details.channel is None or details.from_time is None or details.until_time is None:
        return ""
    hours = f"{present.wall_time(details.from_time)} and {present.wall_time(details.until_time)}"
    return f"by {label(details.channel).lower()}, {days}, between {hours}."
