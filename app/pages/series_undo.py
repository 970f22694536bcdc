"""Taking back a change of a series, until the first of its sessions is recorded."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.fields import Hidden
from app.forms.form import Form, Submitted
from app.forms.view import FormView
from app.pages.series import difference_rows
from app.views.cohort_plan import clash_cells
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.errors import Conflict, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.queries import cohort
from scheduling.sessions.booking_commands import Clashed
from scheduling.sessions.change_commands import show_undo, undo_change
from scheduling.sessions.rules import plan_hash

AnyRequest = Request[Any, Any, Any]


class UndoForm(Struct, forbid_unknown_fields=True, frozen=True):
    shown: Annotated[str, Hidden("Plan")]


class _Taken(Exception):
    """Past the page of two versions, to the page of both sides of a clash."""

    def __init__(self, clash: Clashed) -> None:
        self.clash = clash
        super().__init__(clash.message)


UNDO = Form(UndoForm)
_WRITES = on(Resource.COHORTS, Verb.WRITE)


@get("/cohorts/{cohort_id:uuid}/changes/{change_id:uuid}/undo", **_WRITES)
async def undo_page(
    request: AnyRequest, cohort_id: FromPath[UUID], change_id: FromPath[UUID]
) -> Template:
    return await _page(request, cohort_id, change_id)


@post("/cohorts/{cohort_id:uuid}/changes/{change_id:uuid}/undo", status_code=303, **_WRITES)
async def undo(
    request: AnyRequest, cohort_id: FromPath[UUID], change_id: FromPath[UUID]
) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()

    async def do(sent: Submitted[UndoForm]) -> str:
        shown = sent.values.shown
        try:
            await undo_change(cohort_id, change_id, shown=shown, actor=actor, now=now)
        except Clashed as clash:
            raise _Taken(clash) from None
        return f"/cohorts/{cohort_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, cohort_id, change_id, reasons=form.reasons, status_code=status)

    try:
        return await submit(request, UNDO, do=do, show=show, notice="The change is taken back.")
    except _Taken as taken:
        return await _clash_page(request, cohort_id, taken.clash)


async def _clash_page(request: AnyRequest, cohort_id: UUID, clash: Clashed) -> Template:
    """What stood there before is taken by now: nothing else would be a taking back."""
    return page(
        request,
        "cohorts/change_clash.html",
        status_code=409,
        caption=f"Group {(await cohort(actor_of(request), cohort_id)).reference}",
        rows=[clash_cells(one) for one in clash.clashes],
        count=present.count(len(clash.clashes), "clash", "clashes"),
        offers=[],
        offer_to="",
        offer_help="",
        form=None,
        back_to=f"/cohorts/{cohort_id}/change",
    )


async def _page(
    request: AnyRequest,
    cohort_id: UUID,
    change_id: UUID,
    *,
    reasons: tuple[str, ...] = (),
    status_code: int = 200,
) -> Template:
    """The inverse as it would be written; or why it cannot be any more."""
    actor, now = actor_of(request), request.app.state.clock.now()
    group, plan = await cohort(actor, cohort_id), None
    try:
        plan = await show_undo(cohort_id, change_id, actor=actor, now=now)
    except Refused as refusal:
        reasons = reasons or refusal.reasons
    except Conflict as conflict:
        reasons = reasons or (conflict.message,)
    shown = UndoForm(plan_hash(plan)) if plan else UndoForm("")
    return page(
        request,
        "cohorts/undo.html",
        status_code=status_code,
        cohort=group,
        reasons=reasons,
        rows=await difference_rows(plan) if plan else [],
        warnings=[warning.says for warning in plan.warnings] if plan else [],
        form=UNDO.filled(shown, new_id(now)),
        action=f"/cohorts/{cohort_id}/changes/{change_id}/undo",
    )
