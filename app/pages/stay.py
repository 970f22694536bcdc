"""Does he stay in the group? The decision after a breach."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.tasks import DECIDE_STAY, DecideStay
from app.forms.view import FormView
from app.labels import label, tag
from app.pages.people import frame
from app.web.components import Event
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.tasks.stay_commands import decide_stay
from outcomes.tasks.stay_queries import StayRow, breach_place, stay_decisions
from programmes.common.audit import note_reading
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.orders.breach_queries import breach
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


@get("/breaches/{breach_id:uuid}/stay", **on(Resource.COHORTS, Verb.WRITE))
async def stay_page(request: AnyRequest, breach_id: FromPath[UUID]) -> Template:
    return await _page_of(request, breach_id)


@post("/breaches/{breach_id:uuid}/stay", status_code=303, **on(Resource.COHORTS, Verb.WRITE))
async def decide(request: AnyRequest, breach_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[DecideStay]) -> str:
        await decide_stay(
            breach_id,
            sent.values.outcome,
            reason=sent.values.reason,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/breaches/{breach_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, breach_id, form=form, status_code=status)

    return await submit(request, DECIDE_STAY, do=do, show=show, notice="The decision is recorded.")


def decision_event(row: StayRow) -> Event:
    return Event(
        title=label(row.outcome),
        when=present.date_and_time(row.decided_at),
        by=row.decided_by,
        detail=row.reason,
        tag=tag(row.outcome),
    )


async def _page_of(
    request: AnyRequest, breach_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await breach(actor, breach_id)
    place = await breach_place(actor, breach_id)
    await note_reading("breach", breach_id, person_id=found.person_id)
    about = await person(actor, found.person_id)
    has_place = place.enrolment_id is not None
    return page(
        request,
        "tasks/stay.html",
        status_code=status_code,
        **frame(request, actor, about, await referrals_of(actor, found.person_id), current=""),
        breach=found,
        place=place,
        decisions=[decision_event(row) for row in await stay_decisions(actor, breach_id)],
        form=form or (DECIDE_STAY.blank(new_id(now)) if has_place else None),
        next_at=present.date_and_time(place.next_at) if place.next_at else "",
    )
