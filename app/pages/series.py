"""Changing a group's series: asked for, shown as differences, applied as shown, taken back."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec.structs import replace

from app import present
from app.forms.form import Form, Submitted, typed_form
from app.forms.series import SERIES_FORMS
from app.forms.view import FormView
from app.views.cohort_plan import clash_cells
from app.views.series_change import (
    change_of,
    difference_cells,
    instead_of,
    instead_words,
    series_choices,
)
from app.web.components import Cell, Link
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import remember, where_it_went
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.queries import cohort
from scheduling.sessions.alternative_queries import free_instead
from scheduling.sessions.booking_commands import Clashed, names_of
from scheduling.sessions.change_commands import apply_change, show_change
from scheduling.sessions.change_words import Change, ChangePlan
from scheduling.sessions.rules import plan_hash
from scheduling.sessions.standing_queries import applied_changes

AnyRequest = Request[Any, Any, Any]
_WRITES = on(Resource.COHORTS, Verb.WRITE)


@get("/cohorts/{cohort_id:uuid}/change", **_WRITES)
async def changes_page(request: AnyRequest, cohort_id: FromPath[UUID]) -> Template:
    """What can be changed, and what was."""
    actor = actor_of(request)
    done = [
        [
            one.what.capitalize(),
            present.short_date_and_time(one.applied_at),
            one.applied_by or "",
            Cell("Undo", f"/cohorts/{cohort_id}/changes/{one.id}/undo"),
        ]
        for one in await applied_changes(actor, cohort_id)
    ]
    kinds = [
        Link(title, f"/cohorts/{cohort_id}/change/{kind}")
        for kind, (title, _) in SERIES_FORMS.items()
    ]
    return page(
        request,
        "cohorts/changes.html",
        cohort=await cohort(actor, cohort_id),
        kinds=kinds,
        done=done,
    )


@get("/cohorts/{cohort_id:uuid}/change/{kind:str}", **_WRITES)
async def change_page(
    request: AnyRequest, cohort_id: FromPath[UUID], kind: FromPath[str]
) -> Template:
    _, form = _form_of(kind)
    now = request.app.state.clock.now()
    choices = await series_choices(actor_of(request), cohort_id, now=now)
    return await _form_page(request, cohort_id, kind, form.blank(new_id(now), choices=choices))


@post("/cohorts/{cohort_id:uuid}/change/{kind:str}", status_code=200, **_WRITES)
async def show(request: AnyRequest, cohort_id: FromPath[UUID], kind: FromPath[str]) -> Template:
    """The differences; nothing is written. With a press on "Change", the form filled in again."""
    typed = dict(await typed_form(request))
    is_changed = typed.pop("change", None) is not None
    _, form = _form_of(kind)
    actor, now = actor_of(request), request.app.state.clock.now()
    choices = await series_choices(actor, cohort_id, now=now)
    try:
        sent = form.parse(typed, choices=choices)
        if is_changed:
            again = form.filled(sent.values, sent.submission, choices=choices)
            return await _form_page(request, cohort_id, kind, again)
        plan = await show_change(cohort_id, change_of(sent.values), actor=actor, now=now)
    except (Invalid, Refused) as refusal:
        refused = form.refused(typed, refusal, choices=choices)
        return await _form_page(request, cohort_id, kind, refused, 422)
    shown = replace(sent.values, shown=plan_hash(plan))
    return await _differences_page(
        request, cohort_id, kind, plan, form.filled(shown, sent.submission)
    )


@post("/cohorts/{cohort_id:uuid}/change/{kind:str}/apply", status_code=303, **_WRITES)
async def apply(
    request: AnyRequest, cohort_id: FromPath[UUID], kind: FromPath[str]
) -> Response[Any]:
    """Writes the differences as they were shown, once."""
    typed, (_, form) = await typed_form(request), _form_of(kind)
    actor, now = actor_of(request), request.app.state.clock.now()
    choices = await series_choices(actor, cohort_id, now=now)
    try:
        sent = form.parse(typed, choices=choices)
        change, went_to = change_of(sent.values), await where_it_went(sent.submission)
        if went_to is None:
            shown = sent.values.shown or ""
            await apply_change(cohort_id, change, shown=shown, actor=actor, now=now)
            went_to = f"/cohorts/{cohort_id}"
            await remember(request, sent.submission, went_to)
    except (Invalid, Refused) as refusal:
        refused = form.refused(typed, refusal, choices=choices)
        return await _form_page(request, cohort_id, kind, refused, 422)
    except Clashed as clash:
        return await _clash_page(request, cohort_id, kind, clash, sent, change)
    except Conflict as conflict:
        plan = await show_change(cohort_id, change, actor=actor, now=now)
        again = form.filled(replace(sent.values, shown=plan_hash(plan)), sent.submission)
        return await _differences_page(
            request, cohort_id, kind, plan, again, message=conflict.message, status_code=409
        )
    return redirect_with_notice(request, went_to, "The group is changed.")


def _form_of(kind: str) -> tuple[str, Form[Any]]:
    if kind not in SERIES_FORMS:
        raise NotFound
    return SERIES_FORMS[kind]


async def _form_page(
    request: AnyRequest, cohort_id: UUID, kind: str, form: FormView, status_code: int = 200
) -> Template:
    return page(
        request,
        "cohorts/change.html",
        status_code=status_code,
        cohort=await cohort(actor_of(request), cohort_id),
        title=SERIES_FORMS[kind][0],
        kind=kind,
        form=form,
    )


async def _differences_page(
    request: AnyRequest,
    cohort_id: UUID,
    kind: str,
    plan: ChangePlan,
    form: FormView,
    *,
    message: str = "",
    status_code: int = 200,
) -> Template:
    return page(
        request,
        "cohorts/differences.html",
        status_code=status_code,
        cohort=await cohort(actor_of(request), cohort_id),
        title=SERIES_FORMS[kind][0],
        rows=await difference_rows(plan),
        warnings=[warning.says for warning in plan.warnings],
        message=message,
        form=form,
        apply_to=f"/cohorts/{cohort_id}/change/{kind}/apply",
        back_to=f"/cohorts/{cohort_id}/change/{kind}",
    )


async def difference_rows(plan: ChangePlan) -> list[list[Any]]:
    both = [one for d in plan.differences for one in (d.before, d.after) if one is not None]
    whats = {one.room_id for one in both if one.room_id}
    whats |= {person for one in both for person in one.facilitator_ids}
    names = await names_of(whats)
    return [difference_cells(one, names) for one in plan.differences]


async def _clash_page(
    request: AnyRequest,
    cohort_id: UUID,
    kind: str,
    clash: Clashed,
    sent: Submitted[Any],
    change: Change,
) -> Template:
    """Names both sides, and offers the nearest that is free: one press shows that plan."""
    _, form = SERIES_FORMS[kind]
    actor, now = actor_of(request), request.app.state.clock.now()
    free = await free_instead(cohort_id, change, actor=actor, now=now)
    names = await names_of(
        {getattr(one, name) for one in free for name in ("room_id", "comes") if hasattr(one, name)}
        - {None}
    )
    return page(
        request,
        "cohorts/change_clash.html",
        status_code=409,
        caption=f"Group {(await cohort(actor_of(request), cohort_id)).reference}",
        rows=[clash_cells(one) for one in clash.clashes],
        count=present.count(len(clash.clashes), "clash", "clashes"),
        offers=[
            (
                instead_words(one, names),
                form.filled(instead_of(sent.values, one), sent.submission),
            )
            for one in free
        ],
        offer_to=f"/cohorts/{cohort_id}/change/{kind}",
        offer_help="With these nothing clashes. You see what would be different first.",
        form=form.filled(sent.values, sent.submission),
        back_to=f"/cohorts/{cohort_id}/change/{kind}",
    )
