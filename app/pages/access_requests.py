"""Requests by a person for what is held about them: gathered, read, and released by a second."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.access import ASK_FOR_ACCESS, READ_ACCESS, AskForAccess, ReadAccess
from app.forms.form import Submitted
from app.forms.view import FormView
from app.labels import tag
from app.views.access import (
    answer_words,
    as_pdf,
    document_of,
    parts_of,
    text_choices,
    texts_to_read,
)
from app.web.components import Cell
from app.web.guard import actor_of, now_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.subject_access.commands import (
    prepare_access,
    release_access,
    send_access_on,
    withdraw_access,
)
from outcomes.subject_access.queries import access_request, access_requests
from outcomes.subject_access.rules import answer_by
from outcomes.subject_access.words import Access, AccessRow, AccessStatus
from programmes.common.audit import note, note_reading
from programmes.common.clock import london_date
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import people

AnyRequest = Request[Any, Any, Any]
_PREPARE = on(Resource.SUBJECT_ACCESS, Verb.PREPARE)
_RELEASE = on(Resource.SUBJECT_ACCESS, Verb.RELEASE)
UNKNOWN_REFERENCE = "Nobody has this reference. Check it against the record"


@get("/access-requests", **_PREPARE)
async def access_requests_page(request: AnyRequest) -> Template:
    now = now_of(request)
    form = ASK_FOR_ACCESS.blank(new_id(now), initial={"asked_on": london_date(now)})
    return await _list(request, form)


@post("/access-requests", status_code=303, **_PREPARE)
async def ask_for_access(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AskForAccess]) -> str:
        made = await prepare(request, sent.values)
        return f"/access-requests/{made}"

    async def show(form: FormView, status: int) -> Template:
        return await _list(request, form, status_code=status)

    said = "Everything is gathered. Read it before it goes on."
    return await submit(request, ASK_FOR_ACCESS, do=do, show=show, notice=said)


@get("/access-requests/{request_id:uuid}", **_PREPARE)
async def access_request_page(request: AnyRequest, request_id: FromPath[UUID]) -> Template:
    found = await opened_access(request, request_id)
    form = READ_ACCESS.blank(
        new_id(now_of(request)), version=found.row.version, choices=text_choices(found.entries)
    )
    return _one(request, found, form)


@post("/access-requests/{request_id:uuid}/read", status_code=303, **_PREPARE)
async def read_access(request: AnyRequest, request_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[ReadAccess]) -> str:
        await send_access_on(
            request_id,
            sent.values.left_out,
            version=sent.version or 0,
            actor=actor_of(request),
            now=now_of(request),
        )
        return f"/access-requests/{request_id}"

    async def show(form: FormView, status: int) -> Template:
        return _one(request, found, form, status_code=status)

    found = await access_request(actor_of(request), request_id)
    choices = text_choices(found.entries)
    said = "It waits for its second reader, as every bundle does."
    return await submit(request, READ_ACCESS, do=do, show=show, notice=said, choices=choices)


@post("/access-requests/{request_id:uuid}/release", status_code=303, **_RELEASE)
async def release(request: AnyRequest, request_id: FromPath[UUID]) -> Response[Any]:
    actor = actor_of(request)
    found = await access_request(actor, request_id)
    await release_access(request_id, version=found.row.version, actor=actor, now=now_of(request))
    to = f"/access-requests/{request_id}"
    return redirect_with_notice(request, to, "It is released. Send the document to them now.")


@post("/access-requests/{request_id:uuid}/withdraw", status_code=303, **_PREPARE)
async def withdraw(request: AnyRequest, request_id: FromPath[UUID]) -> Response[Any]:
    actor = actor_of(request)
    found = await access_request(actor, request_id)
    await withdraw_access(request_id, version=found.row.version, actor=actor, now=now_of(request))
    return redirect_with_notice(request, "/access-requests", "The request is withdrawn.")


@get("/access-requests/{request_id:uuid}/bundle.pdf", media_type="application/pdf", **_PREPARE)
async def bundle_document(request: AnyRequest, request_id: FromPath[UUID]) -> Response[bytes]:
    """Only once it is released; each taking is noted."""
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
    body = await asyncio.to_thread(as_pdf, document_of(found))
    headers = {"Content-Disposition": f'attachment; filename="{found.row.reference}.pdf"'}
    return Response(body, media_type="application/pdf", headers=headers)


async def prepare(request: AnyRequest, values: AskForAccess) -> UUID:
    person_id = await person_of_reference(request, values.person)
    return await prepare_access(
        person_id, asked_on=values.asked_on, actor=actor_of(request), now=now_of(request)
    )


async def person_of_reference(request: AnyRequest, reference: str) -> UUID:
    """Raises Invalid."""
    wanted = reference.strip().upper()
    listed = await people(actor_of(request), starts_with=wanted)
    match = next((one for one in listed.rows if one.reference == wanted), None)
    if match is None:
        raise Invalid({"person": UNKNOWN_REFERENCE})
    return match.id


async def opened_access(request: AnyRequest, request_id: UUID) -> Access:
    found = await access_request(actor_of(request), request_id)
    await note_reading("subject_access", request_id, person_id=found.row.person_id)
    return found


async def _list(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    today = london_date(now_of(request))
    found = await access_requests(actor_of(request))
    return page(
        request,
        "access/list.html",
        status_code=status_code,
        rows=[_cells(row, today) for row in found],
        form=form,
    )


def _cells(row: AccessRow, today: Any) -> list[Any]:
    by = answer_by(row.asked_on)
    is_open = row.status not in (AccessStatus.RELEASED, AccessStatus.WITHDRAWN)
    return [
        Cell(row.reference, f"/access-requests/{row.id}"),
        Cell(row.person_name, f"/people/{row.person_id}", note=row.person_reference),
        present.short_date(row.asked_on),
        Cell(present.short_date(by), note=present.days_left(by, today) if is_open else ""),
        Cell(tag=tag(row.status)),
    ]


def _one(request: AnyRequest, found: Access, form: FormView, *, status_code: int = 200) -> Template:
    row = found.row
    return page(
        request,
        "access/one.html",
        status_code=status_code,
        row=row,
        state=tag(row.status),
        answer=answer_words(answer_by(row.asked_on), london_date(now_of(request))),
        waits=present.date_and_time(row.due_at) if row.due_at else "",
        texts=texts_to_read(found.entries),
        parts=parts_of(found.entries),
        is_own=row.prepared_by == actor_of(request).account_id,
        form=form,
    )
