"""Requests for access as JSON, on both sides."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.api.texts import Line
from app.forms.access import ASK_FOR_ACCESS, AskForAccess
from app.pages.access_requests import opened_access, prepare
from app.pages.clearances import clear_one, one_to_clear, to_clear
from app.views.access import Document, document_of
from app.web.guard import actor_of, on
from outcomes.subject_access.clearance_queries import ToClear
from outcomes.subject_access.commands import release_access, send_access_on, withdraw_access
from outcomes.subject_access.queries import access_request, access_requests
from outcomes.subject_access.words import Access, AccessRow, AccessStatus, Entry
from programmes.common.audit import note
from programmes.common.db import Side
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_PREPARE = on(Resource.SUBJECT_ACCESS, Verb.PREPARE)
_RELEASE = on(Resource.SUBJECT_ACCESS, Verb.RELEASE)
_CLEAR = on(Resource.SUBJECT_ACCESS, Verb.CLEAR, side=Side.SURVIVOR)


class AccessSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    person_reference: Line
    asked_on: date


class ReadSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`left_out`: row ids, or a row id and a column with a colon between them."""

    left_out: tuple[str, ...] = ()
    version: int = 0


class Clearing(Struct, frozen=True):
    request: ToClear
    entries: list[Entry]


@get("/access-requests", **_PREPARE)
async def api_access_requests(request: AnyRequest) -> list[AccessRow]:
    return await access_requests(actor_of(request))


@post("/access-requests", **_PREPARE)
async def api_ask_for_access(request: AnyRequest, data: JSONBody[AccessSent]) -> Access:
    sent = AskForAccess(person=data.person_reference, asked_on=data.asked_on)
    made = await prepare(request, ASK_FOR_ACCESS.checked(sent))
    return await opened_access(request, made)


@get("/access-requests/{request_id:uuid}", **_PREPARE)
async def api_access_request(request: AnyRequest, request_id: FromPath[UUID]) -> Access:
    return await opened_access(request, request_id)


@post("/access-requests/{request_id:uuid}/read", **_PREPARE)
async def api_read_access(
    request: AnyRequest, request_id: FromPath[UUID], data: JSONBody[ReadSent]
) -> AccessRow:
    actor, now = actor_of(request), request.app.state.clock.now()
    await send_access_on(request_id, data.left_out, version=data.version, actor=actor, now=now)
    return (await access_request(actor, request_id)).row


@post("/access-requests/{request_id:uuid}/release", **_RELEASE)
async def api_release_access(request: AnyRequest, request_id: FromPath[UUID]) -> AccessRow:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await access_request(actor, request_id)
    await release_access(request_id, version=found.row.version, actor=actor, now=now)
    return (await access_request(actor, request_id)).row


@post("/access-requests/{request_id:uuid}/withdraw", **_PREPARE)
async def api_withdraw_access(request: AnyRequest, request_id: FromPath[UUID]) -> AccessRow:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await access_request(actor, request_id)
    await withdraw_access(request_id, version=found.row.version, actor=actor, now=now)
    return (await access_request(actor, request_id)).row


@get("/access-requests/{request_id:uuid}/bundle", **_PREPARE)
async def api_bundle(request: AnyRequest, request_id: FromPath[UUID]) -> Document:
    """What goes out, once it is released; each taking is noted."""
    found = await opened_access(request, request_id)
    if found.row.status is not AccessStatus.RELEASED:
        raise NotFound
    await note(
        "disclose",
        "take-access-bundle",
        resource="subject_access",
        row_id=request_id,
        person_id=found.row.person_id,
    )
    return document_of(found)


@get("/clearances", **_CLEAR)
async def api_clearances(request: AnyRequest) -> list[ToClear]:
    return await to_clear(request)


@get("/clearances/{request_id:uuid}", **_CLEAR)
async def api_clearance(request: AnyRequest, request_id: FromPath[UUID]) -> Clearing:
    found, entries = await one_to_clear(request, request_id)
    return Clearing(found, entries)


@post("/clearances/{request_id:uuid}", **_CLEAR)
async def api_clear(
    request: AnyRequest, request_id: FromPath[UUID], data: JSONBody[ReadSent]
) -> list[ToClear]:
    await clear_one(request, request_id, data.left_out)
    return await to_clear(request)
