"""Tasks, their rules and the decisions after a breach, as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from app.api.texts import Words
from app.forms.tasks import DECIDE_STAY, FINISH_TASK, NEW_RULE, DecideStay, FinishTask, NewRule
from app.pages.task_rules import SLUGS, rule_of
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from outcomes.tasks.commands import acknowledge_task, finish_task
from outcomes.tasks.queries import TaskRow, Tasks, TaskView, task, tasks
from outcomes.tasks.rule_commands import add_rule_version
from outcomes.tasks.rule_queries import rule_versions
from outcomes.tasks.stay_commands import decide_stay
from outcomes.tasks.stay_queries import StayRow, stay_decisions
from outcomes.tasks.words import ReactionRule
from programmes.common.audit import note_reading
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


class TaskDone(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    note: Words
    version: int


@get("/tasks", **on(Resource.TASK, Verb.READ))
async def api_tasks(
    request: AnyRequest, view: FromQuery[TaskView] = TaskView.TO_DO, page_number: PageNumber = 1
) -> Tasks:
    now = request.app.state.clock.now()
    return await tasks(actor_of(request), now=now, view=view, page=page_number)


@get("/tasks/{task_id:uuid}", **on(Resource.TASK, Verb.READ))
async def api_task(request: AnyRequest, task_id: FromPath[UUID]) -> TaskRow:
    found = await task(actor_of(request), task_id)
    await note_reading("task", task_id, person_id=found.person_id)
    return found


@post("/tasks/{task_id:uuid}/acknowledge", status_code=200, **on(Resource.TASK, Verb.WRITE))
async def api_acknowledge(request: AnyRequest, task_id: FromPath[UUID]) -> TaskRow:
    actor = actor_of(request)
    await acknowledge_task(task_id, actor=actor, now=request.app.state.clock.now())
    return await task(actor, task_id)


@post("/tasks/{task_id:uuid}/done", status_code=200, **on(Resource.TASK, Verb.WRITE))
async def api_done(
    request: AnyRequest, task_id: FromPath[UUID], data: JSONBody[TaskDone]
) -> TaskRow:
    actor = actor_of(request)
    checked = FINISH_TASK.checked(FinishTask(note=data.note))
    await finish_task(
        task_id,
        note=checked.note,
        version=data.version,
        actor=actor,
        now=request.app.state.clock.now(),
    )
    return await task(actor, task_id)


@get("/task-rules", **on(Resource.CATALOGUE, Verb.READ))
async def api_rules(request: AnyRequest) -> list[ReactionRule]:
    return await rule_versions(actor_of(request))


@post("/task-rules/{slug:str}/new-version", **on(Resource.CATALOGUE, Verb.CREATE))
async def api_add_rule(
    request: AnyRequest, slug: FromPath[str], data: JSONBody[NewRule]
) -> list[ReactionRule]:
    if slug not in SLUGS:
        raise NotFound
    actor = actor_of(request)
    new = rule_of(SLUGS[slug], NEW_RULE.checked(data))
    await add_rule_version(new, actor=actor, now=request.app.state.clock.now())
    return await rule_versions(actor)


@get("/breaches/{breach_id:uuid}/stay", **on(Resource.COHORTS, Verb.WRITE))
async def api_stay(request: AnyRequest, breach_id: FromPath[UUID]) -> list[StayRow]:
    return await stay_decisions(actor_of(request), breach_id)


@post("/breaches/{breach_id:uuid}/stay", **on(Resource.COHORTS, Verb.WRITE))
async def api_decide_stay(
    request: AnyRequest, breach_id: FromPath[UUID], data: JSONBody[DecideStay]
) -> list[StayRow]:
    actor = actor_of(request)
    checked = DECIDE_STAY.checked(data)
    await decide_stay(
        breach_id,
        checked.outcome,
        reason=checked.reason,
        actor=actor,
        now=request.app.state.clock.now(),
    )
    return await stay_decisions(actor, breach_id)
