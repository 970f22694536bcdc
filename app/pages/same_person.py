"""Is this the same person? Proposed here, joined and taken apart only by somebody who looked."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Choices, Submitted
from app.forms.people import JOIN, TAKE_APART, Join, TakeApart
from app.forms.view import FormView
from app.pages.people import frame
from app.web.components import Event
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.audit import note_reading
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.people.merge_commands import merge_people, unmerge_people
from programmes.people.merge_queries import AlikeRow, MergeRow, alike_to, merges_of
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]
_WRITES: dict[str, Any] = on(Resource.PERSON, Verb.WRITE)


@get("/people/{person_id:uuid}/same", **_WRITES)
async def same_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _page(request, person_id)


@post("/people/{person_id:uuid}/same", status_code=303, **_WRITES)
async def join(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[Join]) -> str:
        await merge_people(
            person_id,
            sent.values.other,
            reason=sent.values.reason,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/people/{person_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, person_id, join=form, status_code=status)

    choices = _choices(await alike_to(actor_of(request), person_id))
    return await submit(
        request, JOIN, do=do, show=show, notice="The records are joined.", choices=choices
    )


@post("/people/{person_id:uuid}/part-again", status_code=303, **_WRITES)
async def take_apart(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    """`person_id` is the record that was joined to another."""

    async def do(sent: Submitted[TakeApart]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        await unmerge_people(person_id, reason=sent.values.reason, actor=actor, now=now)
        return f"/people/{person_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, person_id, apart=form, status_code=status)

    return await submit(
        request, TAKE_APART, do=do, show=show, notice="The records stand apart again."
    )


async def _page(
    request: AnyRequest,
    person_id: UUID,
    *,
    join: FormView | None = None,
    apart: FormView | None = None,
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("person", person_id, person_id=person_id)
    alike = [] if facts.merged_into else await alike_to(actor, person_id)
    choices = _choices(alike)
    return page(
        request,
        "people/same.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, person_id), current=""),
        person_id=person_id,
        join=join or (JOIN.blank(new_id(now), choices=choices) if alike and not apart else None),
        apart=apart or (TAKE_APART.blank(new_id(now)) if facts.merged_into and not join else None),
        history=[_event(row) for row in await merges_of(actor, person_id)],
        form=join or apart,
    )


def _choices(alike: list[AlikeRow]) -> Choices:
    return {"other": [_choice(row) for row in alike]}


def _choice(row: AlikeRow) -> Choice:
    who = row.person
    says = f"{who.reference}, born {present.long_date(who.date_of_birth)}. {', '.join(row.says)}."
    return Choice(str(who.id), f"{who.first_name} {who.last_name}", says)


def _event(row: MergeRow) -> Event:
    undone = row.undone_at is not None
    at = row.undone_at or row.merged_at
    return Event(
        title=f"{row.merged} taken apart from {row.kept}" if undone
        else f"{row.merged} joined to {row.kept}",
        when=present.date_and_time(at),
        by=(row.undone_by if undone else row.merged_by) or "",
        detail=(row.undone_reason if undone else row.reason) or "",
    )  # fmt: skip
