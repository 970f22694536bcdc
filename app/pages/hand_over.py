"""Who supports a survivor: handing over, cover, and the lead's view of all caseloads."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.fields import Choice
from app.forms.form import Choices, Submitted
from app.forms.hand_over import HAND_CASELOAD, HAND_ONE, HandCaseload, HandOne
from app.forms.view import FormView
from app.labels import tag
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.components import Cell, Header, Tag
from app.web.guard import actor_of, now_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.assignment_commands import HandOver, hand_over, hand_over_caseload
from outcomes.survivors.assignment_queries import (
    Caseload,
    Worker,
    assignments_of,
    caseloads,
    workers,
)
from outcomes.survivors.support_words import Assigned, AssignedAs
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_LEAD = on(Resource.USERS, Verb.APPROVE, side=Side.SURVIVOR)
_HEADERS = (
    "Worker",
    Header("Supports", is_numeric=True),
    Header("Stands in for", is_numeric=True),
)


@get("/survivors/{survivor_id:uuid}/hand-over", **on(Resource.SURVIVOR, Verb.WRITE))
async def hand_over_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    now = now_of(request)
    form = HAND_ONE.blank(
        new_id(now),
        choices=await colleagues(request),
        initial={"from_on": london_date(now), "kind": AssignedAs.COVER},
    )
    return await _page_of(request, survivor_id, form)


@post(
    "/survivors/{survivor_id:uuid}/hand-over", status_code=303, **on(Resource.SURVIVOR, Verb.WRITE)
)
async def hand_one_over(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[HandOne]) -> str:
        await hand_over(
            survivor_id,
            change_of(sent.values),
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=now_of(request),
        )
        return "/survivors"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, form, status_code=status)

    choices = await colleagues(request)
    said = "The hand-over is arranged."
    return await submit(request, HAND_ONE, do=do, show=show, notice=said, choices=choices)


@get("/caseloads", **_LEAD)
async def caseloads_page(request: AnyRequest) -> Template:
    now = now_of(request)
    found = await caseloads(actor_of(request), today=london_date(now))
    form = HAND_CASELOAD.blank(
        new_id(now),
        choices=await _choices(request, found),
        initial={"from_on": london_date(now), "kind": AssignedAs.COVER},
    )
    return _caseloads(request, found, form)


@post("/caseloads", status_code=303, **_LEAD)
async def hand_all_over(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[HandCaseload]) -> str:
        change, now = change_of(sent.values), now_of(request)
        await hand_over_caseload(sent.values.worker, change, actor=actor_of(request), now=now)
        return "/caseloads"

    async def show(form: FormView, status: int) -> Template:
        return _caseloads(request, found, form, status_code=status)

    found = await caseloads(actor_of(request), today=london_date(now_of(request)))
    choices = await _choices(request, found)
    said = "The hand-over is arranged. Records that the colleague may not see stay where they are."
    return await submit(request, HAND_CASELOAD, do=do, show=show, notice=said, choices=choices)


def change_of(values: HandOne | HandCaseload) -> HandOver:
    return HandOver(
        to=values.to, kind=values.kind, from_on=values.from_on, until_on=values.until_on
    )


async def colleagues(request: AnyRequest) -> Choices:
    actor = actor_of(request)
    others = [one for one in await workers(actor) if one.account_id != actor.account_id]
    return {"to": [worker_choice(one) for one in others]}


async def _choices(request: AnyRequest, found: list[Caseload]) -> Choices:
    return {
        "worker": [Choice(str(one.account_id), one.name) for one in found],
        "to": [worker_choice(one) for one in await workers(actor_of(request))],
    }


def worker_choice(one: Worker) -> Choice:
    return Choice(str(one.account_id), one.name)


async def _page_of(
    request: AnyRequest, survivor_id: UUID, form: FormView, *, status_code: int = 200
) -> Template:
    one = await opened(request, survivor_id)
    found = await assignments_of(actor_of(request), survivor_id)
    return page(
        request,
        "survivors/hand_over.html",
        status_code=status_code,
        **survivor_frame(one, ""),
        rows=[_cells(row) for row in found],
        form=form,
    )


def _caseloads(
    request: AnyRequest, found: list[Caseload], form: FormView, *, status_code: int = 200
) -> Template:
    return page(
        request,
        "survivors/caseloads.html",
        status_code=status_code,
        headers=_HEADERS,
        rows=[
            [
                Cell(one.name, tag=None if one.is_active else Tag("Account closed", "orange")),
                str(one.supports),
                str(one.covers),
            ]
            for one in found
        ],
        form=form,
    )


def _cells(row: Assigned) -> list[Any]:
    until = present.short_date(row.until_on) if row.until_on else "No end"
    return [row.name, Cell(tag=tag(row.kind)), present.short_date(row.from_on), until]
