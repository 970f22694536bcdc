"""The survivor service's lead reads every bundle before it goes to whoever asked for it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.access import READ_ACCESS, ReadAccess
from app.forms.form import Submitted
from app.forms.view import FormView
from app.safekeeping.her_side import her_side
from app.views.access import every_choice, texts_to_read
from app.web.components import Cell, Tag
from app.web.guard import actor_of, now_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.subject_access.clearance_commands import clear_access
from outcomes.subject_access.clearance_queries import ToClear, request_to_clear, requests_to_clear
from outcomes.subject_access.words import Entry
from outcomes.survivors.queries import is_anybody_linked
from programmes.common.audit import note
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_CLEAR = on(Resource.SUBJECT_ACCESS, Verb.CLEAR, side=Side.SURVIVOR)


@get("/clearances", **_CLEAR)
async def clearances_page(request: AnyRequest) -> Template:
    rows = [_cells(one) for one in await to_clear(request)]
    return page(request, "access/clearances.html", rows=rows)


@get("/clearances/{request_id:uuid}", **_CLEAR)
async def clearance_page(request: AnyRequest, request_id: FromPath[UUID]) -> Template:
    found, entries = await one_to_clear(request, request_id)
    form = READ_ACCESS.blank(new_id(now_of(request)), choices=every_choice(entries))
    return await _page_of(request, found, entries, form)


@post("/clearances/{request_id:uuid}", status_code=303, **_CLEAR)
async def clear(request: AnyRequest, request_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[ReadAccess]) -> str:
        await clear_one(request, request_id, sent.values.left_out)
        return "/clearances"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, found, entries, form, status_code=status)

    found, entries = await one_to_clear(request, request_id)
    choices = every_choice(entries)
    said = "Your reading is recorded."
    return await submit(request, READ_ACCESS, do=do, show=show, notice=said, choices=choices)


async def to_clear(request: AnyRequest) -> list[ToClear]:
    async with her_side(request).bridge():
        found = await requests_to_clear()
    if found:
        await note("combine", "read-access-requests", resource="subject_access")
    return found


async def one_to_clear(request: AnyRequest, request_id: UUID) -> tuple[ToClear, list[Entry]]:
    async with her_side(request).bridge():
        found, entries = await request_to_clear(request_id)
    await note(
        "combine",
        "read-access-request",
        resource="subject_access",
        row_id=request_id,
        person_id=found.person_id,
    )
    return found, entries


async def clear_one(request: AnyRequest, request_id: UUID, left_out: tuple[str, ...]) -> None:
    hers = her_side(request)
    await clear_access(
        request_id,
        left_out,
        reader=hers.bridge,
        writer=hers.bridge_for_notices,
        actor=actor_of(request),
        now=now_of(request),
    )


async def _page_of(
    request: AnyRequest,
    found: ToClear,
    entries: list[Entry],
    form: FormView,
    *,
    status_code: int = 200,
) -> Template:
    return page(
        request,
        "access/clearance.html",
        status_code=status_code,
        found=found,
        is_linked=await is_anybody_linked(actor_of(request), found.person_id),
        waits=present.date_and_time(found.due_at),
        texts=texts_to_read(entries),
        form=form,
    )


def _cells(one: ToClear) -> list[Any]:
    state = Tag("Read", "green") if one.is_cleared else Tag("To read", "yellow")
    who = "" if one.is_cleared else f"/clearances/{one.id}"
    return [
        Cell(one.reference, who),
        Cell(one.person_name, note=one.person_reference),
        present.short_date(one.asked_on),
        present.short_date_and_time(one.due_at),
        Cell(tag=state),
    ]
