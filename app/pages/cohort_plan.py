"""Planning a cohort: the form, the plan as it would be written, and what stands in its way."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Template

from app import present
from app.forms.cohorts import PLAN_COHORT, PlanCohort
from app.forms.field import Typed
from app.forms.form import Submitted, typed_form
from app.forms.view import FormView
from app.views.cohort_plan import (
    clash_cells,
    plan_choices,
    request_of,
    session_cells,
    shown_as_typed,
    slot_words,
    typed_with_slot,
)
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import remember, where_it_went
from programmes.common.clock import london_date
from programmes.common.errors import Conflict, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.sessions.booking_commands import Clashed
from scheduling.sessions.planning_commands import free_slots, plan_cohort, start_cohort
from scheduling.sessions.planning_words import Clash, CohortPlan

AnyRequest = Request[Any, Any, Any]


@get("/cohorts/plan", **on(Resource.COHORTS, Verb.CREATE))
async def plan_page(request: AnyRequest, programme: FromQuery[str] = "") -> Template:
    choices = await plan_choices(actor_of(request))
    codes = [choice.value for choice in choices["programme"]]
    chosen = programme if programme in codes else (codes[0] if len(codes) == 1 else None)
    blank = PLAN_COHORT.blank(
        new_id(request.app.state.clock.now()), choices=choices, initial={"programme": chosen}
    )
    return _form_page(request, blank)


@post("/cohorts/plan", status_code=200, **on(Resource.COHORTS, Verb.CREATE))
async def show_plan(request: AnyRequest) -> Template:
    """The plan; nothing is written. With a press on "Change", the form filled in again."""
    typed = dict(await typed_form(request))
    is_changed = typed.pop("change", None) is not None
    actor, choices = actor_of(request), await plan_choices(actor_of(request))
    try:
        sent = PLAN_COHORT.parse(typed, choices=choices)
        if is_changed:
            return _form_page(
                request, PLAN_COHORT.filled(sent.values, sent.submission, choices=choices)
            )
        plan = await plan_cohort(
            request_of(sent.values), actor=actor, now=request.app.state.clock.now()
        )
    except (Invalid, Refused) as refusal:
        return _form_page(request, PLAN_COHORT.refused(typed, refusal, choices=choices), 422)
    if plan.clashes:
        return await _clash_page(request, typed, sent, plan.clashes)
    return _plan_page(request, sent, plan)


@post("/cohorts", status_code=303, **on(Resource.COHORTS, Verb.CREATE))
async def apply_plan(request: AnyRequest) -> Response[Any]:
    """Writes the plan as it was shown, once."""
    typed, actor = await typed_form(request), actor_of(request)
    choices, now = await plan_choices(actor), request.app.state.clock.now()
    try:
        sent = PLAN_COHORT.parse(typed, choices=choices)
        went_to = await where_it_went(sent.submission)
        if went_to is None:
            cohort_id = await start_cohort(
                request_of(sent.values), shown=sent.values.shown or "", actor=actor, now=now
            )
            went_to = f"/cohorts/{cohort_id}"
            await remember(request, sent.submission, went_to)
    except (Invalid, Refused) as refusal:
        return _form_page(request, PLAN_COHORT.refused(typed, refusal, choices=choices), 422)
    except Clashed as clash:
        return await _clash_page(request, typed, sent, clash.clashes)
    except Conflict as conflict:
        again = await plan_cohort(request_of(sent.values), actor=actor, now=now)
        return _plan_page(request, sent, again, message=conflict.message, status_code=409)
    return redirect_with_notice(request, went_to, "The group is planned.")


def _form_page(request: AnyRequest, form: FormView, status_code: int = 200) -> Template:
    return page(request, "cohorts/plan.html", status_code=status_code, form=form)


def _plan_page(
    request: AnyRequest,
    sent: Submitted[PlanCohort],
    plan: CohortPlan,
    *,
    message: str = "",
    status_code: int = 200,
) -> Template:
    series = plan.series
    first, last = (london_date(series.sessions[at].starts_at) for at in (0, -1))
    return page(
        request,
        "cohorts/plan_shown.html",
        status_code=status_code,
        form=shown_as_typed(sent, plan),
        programme=plan.programme_name,
        summary=f"{present.count(len(series.sessions), 'session')}, "
        f"{present.date_span(first, last)}.",
        message=message,
        warnings=[warning.says for warning in series.warnings],
        rows=[session_cells(one) for one in series.sessions],
        skipped=[f"{present.full_date(one.on)}: {one.why}" for one in series.skipped],
    )


async def _clash_page(
    request: AnyRequest,
    typed: Typed,
    sent: Submitted[PlanCohort],
    clashes: tuple[Clash, ...],
) -> Template:
    """Names both sides of each clash, and offers the nearest times that are free throughout."""
    actor, choices = actor_of(request), await plan_choices(actor_of(request))
    found = await free_slots(request_of(sent.values), actor=actor)
    offers = [
        (
            slot_words(slot),
            PLAN_COHORT.refused(typed_with_slot(typed, slot), Refused(), choices=choices),
        )
        for slot in found
    ]
    return page(
        request,
        "cohorts/plan_clash.html",
        status_code=409,
        rows=[clash_cells(clash) for clash in clashes],
        count=present.count(len(clashes), "clash", "clashes"),
        offers=offers,
        back=PLAN_COHORT.filled(sent.values, sent.submission, choices=choices),
    )
