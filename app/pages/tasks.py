"""Tasks: what one's own part of the staff has to do, one of them, and taking it on."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.forms.form import Submitted
from app.forms.tasks import FINISH_TASK, FinishTask
from app.forms.view import FormView
from app.pages.people import frame
from app.views.tasks import HEADERS, cells, facts, status_tag, where_done
from app.web.components import Paging
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.tasks.commands import DECIDED_ELSEWHERE, acknowledge_task, finish_task
from outcomes.tasks.queries import TaskView, task, tasks
from outcomes.tasks.words import TaskStatus
from programmes.common.audit import note_reading
from programmes.common.ids import new_id
from programmes.common.paging import PAGE
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


@get("/tasks", **on(Resource.TASK, Verb.READ))
async def tasks_page(
    request: AnyRequest, view: FromQuery[TaskView] = TaskView.TO_DO, page_number: PageNumber = 1
) -> Template:
    now = request.app.state.clock.now()
    found = await tasks(actor_of(request), now=now, view=view, page=page_number)
    return page(
        request,
        "tasks/list.html",
        view=view,
        views=list(TaskView),
        headers=HEADERS,
        rows=[cells(row, now) for row in found.rows],
        paging=Paging(
            page=page_number, size=PAGE, total=found.total, path="/tasks", query={"view": view}
        ),
    )


@get("/tasks/{task_id:uuid}", **on(Resource.TASK, Verb.READ))
async def task_page(request: AnyRequest, task_id: FromPath[UUID]) -> Template:
    return await _task_page(request, task_id)


@post("/tasks/{task_id:uuid}/acknowledge", status_code=303, **on(Resource.TASK, Verb.WRITE))
async def acknowledge(request: AnyRequest, task_id: FromPath[UUID]) -> Response[Any]:
    now = request.app.state.clock.now()
    await acknowledge_task(task_id, actor=actor_of(request), now=now)
    return redirect_with_notice(request, f"/tasks/{task_id}", "It is in your hands.")


@post("/tasks/{task_id:uuid}/done", status_code=303, **on(Resource.TASK, Verb.WRITE))
async def done(request: AnyRequest, task_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[FinishTask]) -> str:
        await finish_task(
            task_id,
            note=sent.values.note,
            version=sent.version or 0,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return "/tasks"

    async def show(form: FormView, status: int) -> Template:
        return await _task_page(request, task_id, form=form, status_code=status)

    return await submit(request, FINISH_TASK, do=do, show=show, notice="The task is done.")


async def _task_page(
    request: AnyRequest, task_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await task(actor, task_id)
    await note_reading("task", task_id, person_id=found.person_id)
    about = await person(actor, found.person_id)
    if form is None and found.status is not TaskStatus.DONE and found.kind not in DECIDED_ELSEWHERE:
        form = FINISH_TASK.blank(new_id(now), version=found.version)
    return page(
        request,
        "tasks/task.html",
        status_code=status_code,
        **frame(request, actor, about, await referrals_of(actor, found.person_id), current=""),
        task=found,
        status=status_tag(found, now),
        facts=facts(found, now),
        where=where_done(found),
        may_acknowledge=found.acknowledged_at is None and found.status is not TaskStatus.DONE,
        form=form,
    )
