"""The safety notices about one person, on the programme side."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.notices import RAISE_NOTICE, RaiseNotice
from app.forms.view import FormView
from app.labels import tag
from app.pages.people import frame
from app.web.components import Cell, Tag
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.notices.commands import RAISE_NOTICE as MAY_RAISE
from outcomes.notices.commands import raise_notice, recall_own_notice
from outcomes.notices.queries import NoticeRow, notices_of, own_waiting
from outcomes.notices.words import EFFECTS
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


@get("/people/{person_id:uuid}/notices", **on(Resource.NOTICE, Verb.READ))
async def notices_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _page_of(request, person_id)


@post("/people/{person_id:uuid}/notices", status_code=303, **on(Resource.NOTICE, Verb.CREATE))
async def raise_one(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[RaiseNotice]) -> str:
        await raise_notice(
            person_id,
            sent.values.code,
            is_urgent=sent.values.is_urgent,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/people/{person_id}/notices"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, person_id, form=form, status_code=status)

    return await submit(request, RAISE_NOTICE, do=do, show=show, notice="The notice is raised.")


@post(
    "/people/{person_id:uuid}/notices/{waiting_id:uuid}/recall",
    status_code=303,
    **on(Resource.NOTICE, Verb.CREATE),
)
async def recall_one(
    request: AnyRequest, person_id: FromPath[UUID], waiting_id: FromPath[UUID]
) -> Response[Any]:
    actor = actor_of(request)
    await person(actor, person_id)
    await recall_own_notice(waiting_id, actor=actor, now=request.app.state.clock.now())
    to = f"/people/{person_id}/notices"
    return redirect_with_notice(request, to, "The notice is recalled.")


async def _page_of(
    request: AnyRequest,
    person_id: UUID,
    *,
    form: FormView | None = None,
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("notices", person_id, person_id=person_id)
    found = await notices_of(actor, person_id, now=now)
    return page(
        request,
        "notices/of_person.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, person_id), current="Notices"),
        rows=[_cells(row, now) for row in found],
        yours=[
            (one, tag(one.code), present.short_date_and_time(one.show_from_at))
            for one in await own_waiting(actor, person_id)
        ],
        raising=(form or RAISE_NOTICE.blank(new_id(now))) if may(actor, MAY_RAISE) else None,
        action=f"/people/{person_id}/notices",
        form=form,
    )


def _cells(row: NoticeRow, now: Any) -> list[Any]:
    is_over = row.ends_at <= now
    return [
        Cell(tag=tag(row.code)),
        EFFECTS[row.code],
        present.short_date_and_time(row.shown_from_at),
        Cell(
            tag=Tag("Over") if is_over else Tag("In force", "green"),
            note=f"Until {present.short_date(london_date(row.ends_at))}",
        ),
    ]
