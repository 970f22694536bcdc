"""Whether somebody completed: what the registers say, and what a named person decided."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.completion import DECIDE, DecideCompletion
from app.forms.form import Submitted
from app.forms.view import FormView
from app.labels import label, tag
from app.pages.people import frame
from app.views.standing import standing_facts, standing_tag
from app.web.components import Event
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.completion.commands import DECIDE_COMPLETION, decide_completion
from outcomes.completion.queries import DecisionRow, decisions_on, standings
from programmes.common.audit import note_reading
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of
from scheduling.cohorts.queries import cohort, place, runs_cohort

AnyRequest = Request[Any, Any, Any]


@get("/places/{place_id:uuid}/completion", **on(Resource.COHORTS, Verb.READ))
async def completion_page(request: AnyRequest, place_id: FromPath[UUID]) -> Template:
    return await _page(request, place_id)


@post("/places/{place_id:uuid}/completion", status_code=303, **on(Resource.COHORTS, Verb.WRITE))
async def decide(request: AnyRequest, place_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[DecideCompletion]) -> str:
        await decide_completion(
            place_id,
            sent.values.outcome,
            reason=sent.values.reason or "",
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/places/{place_id}/completion"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, place_id, form=form, status_code=status)

    return await submit(request, DECIDE, do=do, show=show, notice="Your decision is recorded.")


async def _page(
    request: AnyRequest, place_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await place(actor, place_id)
    facts = await person(actor, found.person_id)
    await note_reading("completion", place_id, person_id=found.person_id)
    (stands,) = await standings(actor, now=now, enrolments=[place_id])
    return page(
        request,
        "attendance/completion.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, found.person_id), current=""),
        cohort=await cohort(actor, found.cohort_id),
        place=found,
        standing=standing_tag(stands),
        facts=standing_facts(stands),
        decisions=[_event(one) for one in await decisions_on(actor, place_id)],
        may_decide=await runs_cohort(actor, found.cohort_id, permission=DECIDE_COMPLETION),
        form=form or DECIDE.blank(new_id(now)),
    )


def _event(one: DecisionRow) -> Event:
    return Event(
        title=label(one.outcome) + ("" if one.is_current else " (taken back)"),
        when=present.date_and_time(one.decided_at),
        by=one.decided_by or "",
        detail=f"{one.attended} attended of {one.sessions}, {one.needed} needed by version "
        f"{one.rule_number} of the rule. {one.reason or ''}".strip(),
        tag=tag(one.outcome) if one.is_current else None,
    )
