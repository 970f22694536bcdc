"""Individual sessions of one person: booked, moved and cancelled in the week of each."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec.structs import replace

from app import present
from app.forms.form import Submitted, typed_form
from app.forms.individual import BOOK_INDIVIDUAL, CANCEL_INDIVIDUAL, BookIndividual
from app.forms.individual import CancelIndividual as Cancel
from app.forms.view import FormView
from app.views.cohort_plan import clash_cells
from app.views.individual import (
    asked_of,
    individual_cells,
    individual_choices,
    stands_as,
    typed_at,
    week_words,
)
from app.views.places import warning_words
from app.web.components import Fact
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import remember, submit, where_it_went
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.orders.queries import READ_WORDING
from scheduling.cohorts.commands import WRITE_COHORTS
from scheduling.cohorts.queries import cohort, place, runs_cohort
from scheduling.sessions.booking_commands import Clashed
from scheduling.sessions.individual_commands import (
    book_individual,
    cancel_individual,
    free_times_for,
    plan_individual,
)
from scheduling.sessions.individual_queries import individual_session, individual_sessions
from scheduling.sessions.individual_words import IndividualPlan
from scheduling.sessions.words import WarningKind

AnyRequest = Request[Any, Any, Any]
_WRITES = on(Resource.COHORTS, Verb.WRITE)


@get("/places/{place_id:uuid}/individual", **on(Resource.COHORTS, Verb.READ))
async def individual_page(request: AnyRequest, place_id: FromPath[UUID]) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await place(actor, place_id)
    sessions = await individual_sessions(actor, place_id)
    return page(
        request,
        "cohorts/individual.html",
        place=found,
        cohort=await cohort(actor, found.cohort_id),
        rows=[
            (individual_cells(one), one, one.starts_at is not None and one.starts_at > now)
            for one in sessions
        ],
        may_book=await runs_cohort(actor, found.cohort_id, permission=WRITE_COHORTS),
        cancel=CANCEL_INDIVIDUAL.blank(new_id(now)),
    )


@get("/places/{place_id:uuid}/individual/{session_id:uuid}", **_WRITES)
async def book_page(
    request: AnyRequest, place_id: FromPath[UUID], session_id: FromPath[UUID]
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    session = await individual_session(actor, place_id, session_id)
    choices = await individual_choices(actor)
    initial = stands_as(session)
    form = BOOK_INDIVIDUAL.blank(new_id(now), choices=choices)
    if initial is not None:
        form = BOOK_INDIVIDUAL.filled(BookIndividual(**initial), new_id(now), choices=choices)
    return await _form_page(request, place_id, session_id, form)


@post("/places/{place_id:uuid}/individual/{session_id:uuid}", status_code=303, **_WRITES)
async def book(
    request: AnyRequest, place_id: FromPath[UUID], session_id: FromPath[UUID]
) -> Response[Any]:
    """Booked at once where there is nothing to know first; else shown, for a second press."""
    typed = await typed_form(request)
    actor, now = actor_of(request), request.app.state.clock.now()
    choices = await individual_choices(actor)
    try:
        sent = BOOK_INDIVIDUAL.parse(typed, choices=choices)
        went_to = await where_it_went(sent.submission)
        if went_to is None:
            asked, seen = asked_of(session_id, sent.values), sent.values.seen or ""
            await book_individual(place_id, asked, seen=seen, actor=actor, now=now)
            went_to = f"/places/{place_id}/individual"
            await remember(request, sent.submission, went_to)
    except (Invalid, Refused) as refusal:
        form = BOOK_INDIVIDUAL.refused(typed, refusal, choices=choices)
        return await _form_page(request, place_id, session_id, form, 422)
    except Clashed as clash:
        return await _clash_page(request, place_id, session_id, sent, clash)
    except Conflict:
        plan = await plan_individual(place_id, asked, actor=actor, now=now)
        return await _warned_page(request, place_id, session_id, sent, plan)
    return redirect_with_notice(request, went_to, "The session is booked.")


@post("/appointments/{appointment_id:uuid}/cancel", status_code=303, **_WRITES)
async def cancel(request: AnyRequest, appointment_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()

    async def do(sent: Submitted[Cancel]) -> str:
        place_id = await cancel_individual(appointment_id, actor=actor, now=now)
        return f"/places/{place_id}/individual"

    async def show(form: FormView, status: int) -> Template:
        raise NotFound

    return await submit(
        request,
        CANCEL_INDIVIDUAL,
        do=do,
        show=show,
        notice="Cancelled. The room and everybody are free again.",
    )


async def _form_page(
    request: AnyRequest, place_id: UUID, session_id: UUID, form: FormView, status_code: int = 200
) -> Template:
    actor = actor_of(request)
    found = await place(actor, place_id)
    session = await individual_session(actor, place_id, session_id)
    return page(
        request,
        "cohorts/individual_book.html",
        status_code=status_code,
        place=found,
        session=session,
        facts=[Fact("Name", found.person_name), Fact("In the", week_words(session))],
        form=form,
    )


async def _warned_page(
    request: AnyRequest,
    place_id: UUID,
    session_id: UUID,
    sent: Submitted[BookIndividual],
    plan: IndividualPlan,
) -> Template:
    actor = actor_of(request)
    found = await place(actor, place_id)
    named = any(one.kind is WarningKind.VENUE_FORBIDDEN for one in plan.warnings)
    return page(
        request,
        "cohorts/individual_warned.html",
        status_code=409,
        place=found,
        number=plan.number,
        when=present.day_and_date(sent.values.day),
        warnings=[warning_words(one) for one in plan.warnings],
        wording_of=f"/people/{found.person_id}/orders"
        if named and may(actor, READ_WORDING)
        else None,
        form=BOOK_INDIVIDUAL.filled(replace(sent.values, seen=plan.hash), sent.submission),
        back=f"/places/{place_id}/individual/{session_id}",
    )


async def _clash_page(
    request: AnyRequest,
    place_id: UUID,
    session_id: UUID,
    sent: Submitted[BookIndividual],
    clash: Clashed,
) -> Template:
    """Names both, and offers the nearest times of the week that are free."""
    actor, now = actor_of(request), request.app.state.clock.now()
    asked = asked_of(session_id, sent.values)
    free = await free_times_for(place_id, asked, actor=actor, now=now)
    action = f"/places/{place_id}/individual/{session_id}"
    return page(
        request,
        "cohorts/change_clash.html",
        status_code=409,
        caption=(await place(actor, place_id)).person_name,
        rows=[clash_cells(one) for one in clash.clashes],
        count=present.count(len(clash.clashes), "clash", "clashes"),
        offers=[
            (
                present.short_date_and_time(at),
                BOOK_INDIVIDUAL.filled(typed_at(sent.values, at), sent.submission),
            )
            for at in free
        ],
        offer_to=action,
        offer_help="At these times of its week the room and everybody are free.",
        form=None,
        back_to=action,
    )
