"""Statements of attendance: made, read, copied, printed, checked."""

import asyncio
import re
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from app import present
from app.documents.statements import as_pdf, as_text, make
from app.forms.contacts import MAKE_STATEMENT, MakeStatement
from app.forms.field import Choice
from app.forms.form import Choices, Submitted
from app.forms.view import FormView
from app.labels import label
from app.pages.people import frame
from app.web.components import Cell
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.statements.queries import (
    StatementRow,
    places_of,
    statement,
    statement_with_hash,
    statements_of,
)
from outcomes.statements.rules import hash_of
from programmes.common.audit import note, note_reading
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]
Hash = Annotated[str, QueryParameter(name="hash")]
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@get("/people/{person_id:uuid}/statements", **on(Resource.ATTENDANCE, Verb.READ))
async def statements_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _page_of(request, person_id)


@post("/people/{person_id:uuid}/statements", status_code=303, **on(Resource.ATTENDANCE, Verb.READ))
async def make_statement(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    actor = actor_of(request)
    choices = await place_choices(actor, person_id)

    async def do(sent: Submitted[MakeStatement]) -> str:
        place = UUID(sent.values.place) if sent.values.place else None
        now = request.app.state.clock.now()
        made = await make(actor, person_id, sent.values.kind, enrolment_id=place, now=now)
        return f"/statements/{made}"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, person_id, form=form, status_code=status)

    notice = "It is made, and kept with its hash."
    return await submit(request, MAKE_STATEMENT, do=do, show=show, notice=notice, choices=choices)


@get("/statements/{statement_id:uuid}", **on(Resource.ATTENDANCE, Verb.READ))
async def statement_page(request: AnyRequest, statement_id: FromPath[UUID]) -> Template:
    actor = actor_of(request)
    found = await statement(actor, statement_id)
    await note_reading("statement", statement_id, person_id=found.person_id)
    about = await person(actor, found.person_id)
    return page(
        request,
        "statements/statement.html",
        **frame(
            request,
            actor,
            about,
            await referrals_of(actor, found.person_id),
            current="Statements",
        ),
        row=found,
        text=as_text(found),
        made=present.date_and_time(found.made_at),
    )


@get("/statements/{statement_id:uuid}/statement.pdf", **on(Resource.ATTENDANCE, Verb.READ))
async def statement_pdf(request: AnyRequest, statement_id: FromPath[UUID]) -> Response[bytes]:
    """The file's name says nothing of whom or what."""
    found = await statement(actor_of(request), statement_id)
    await note(
        "disclose",
        "print-statement",
        resource="statement",
        row_id=statement_id,
        person_id=found.person_id,
    )
    headers = {"Content-Disposition": f'attachment; filename="{statement_id}.pdf"'}
    body = await asyncio.to_thread(as_pdf, found)
    return Response(body, media_type="application/pdf", headers=headers)


@get("/statements/check", **on(Resource.ATTENDANCE, Verb.READ))
async def check_page(request: AnyRequest, digest: Hash = "") -> Template:
    typed = digest.strip().lower()
    is_hash = bool(_HASH.fullmatch(typed))
    found = await statement_with_hash(actor_of(request), typed) if is_hash else None
    if found:
        await note_reading("statement", found.id, person_id=found.person_id)
    return page(
        request,
        "statements/check.html",
        typed=digest[:80],
        is_asked=bool(typed),
        is_hash=is_hash,
        found=found,
        is_unchanged=found is not None and is_unchanged(found),
        made=present.date_and_time(found.made_at) if found else "",
    )


def is_unchanged(found: StatementRow) -> bool:
    """What is kept still has the hash that stands on the paper."""
    return hash_of(found.says) == found.hash


async def place_choices(actor: Actor, person_id: UUID) -> Choices:
    await person(actor, person_id)
    return {
        "place": [
            Choice(
                str(one.enrolment_id),
                f"{one.programme}, group {one.cohort_reference}, "
                f"from {present.short_date(one.enrolled_on)}",
            )
            for one in await places_of(actor, person_id)
        ]
    }


async def _page_of(
    request: AnyRequest, person_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("statements", person_id, person_id=person_id)
    choices = await place_choices(actor, person_id)
    making = form or MAKE_STATEMENT.blank(new_id(now), choices=choices)
    return page(
        request,
        "statements/of_person.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, person_id), current="Statements"),
        rows=[_cells(row) for row in await statements_of(actor, person_id)],
        making=making if choices["place"] else None,
        form=form,
        action=f"/people/{person_id}/statements",
    )


def _cells(row: StatementRow) -> list[Cell]:
    return [
        Cell(label(row.kind), f"/statements/{row.id}"),
        Cell(present.short_date_and_time(row.made_at), note=row.made_by),
        Cell(f"{row.hash[:16]}…"),
    ]
