"""Opening tasks, once for each cause, and taking them on, doing and escalating them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from outcomes.tasks.queries import TaskRow, task
from outcomes.tasks.rules import Finding
from outcomes.tasks.words import TaskKind, TaskStatus
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

WRITE_TASK = Permission(Resource.TASK, Verb.WRITE)
DECIDED_ELSEWHERE = {
    TaskKind.STAYS_IN_GROUP: "This is decided on its own page.",
    TaskKind.ANSWER_CONCERN: "Say what was done on the page of worries.",
}


async def open_tasks(person_id: UUID, findings: Iterable[Finding], *, now: datetime) -> int:
    """How many were new: the same cause never opens a second task."""
    return sum([await _open(person_id, finding, now) for finding in findings])


async def _open(person_id: UUID, finding: Finding, now: datetime) -> int:
    return await execute(
        "INSERT INTO task (id, person_id, kind, for_whom, cause, about_id, detail, rule_from, "
        "opened_at, due_at, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open') "
        "ON CONFLICT DO NOTHING",
        new_id(now),
        person_id,
        finding.kind,
        finding.for_whom,
        finding.cause,
        finding.about_id,
        finding.detail,
        finding.rule_from,
        now,
        now + timedelta(hours=finding.due_hours),
    )


async def acknowledge_task(task_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Says that somebody has it in hand. Said twice, or of one that is done, it changes nothing."""
    await begin(actor, WRITE_TASK, "acknowledge-task")
    await _mine(actor, task_id)
    await execute(
        "UPDATE task SET status = CASE status WHEN 'open' THEN 'acknowledged' ELSE status END, "
        "acknowledged_at = $2, acknowledged_by = $3, version = version + 1 "
        "WHERE id = $1 AND acknowledged_at IS NULL AND status <> 'done'",
        task_id,
        now,
        actor.account_id,
    )


async def finish_task(
    task_id: UUID, *, note: str, version: int, actor: Actor, now: datetime
) -> None:
    """Raises Conflict for a stale version, Refused where it is done or decided elsewhere."""
    await begin(actor, WRITE_TASK, "finish-task", reason=note)
    found = await _mine(actor, task_id)
    if found.kind in DECIDED_ELSEWHERE:
        raise Refused(DECIDED_ELSEWHERE[found.kind])
    if found.status is TaskStatus.DONE:
        raise Refused(f"This is done already, by {found.done_by}.")
    if found.version != version:
        raise Conflict(
            "Somebody else changed this task meanwhile.",
            current={"note": found.note or "", "version": str(found.version)},
        )
    await _finish(task_id, note, actor, now)


async def finish_tasks_about(
    about_id: UUID, kind: TaskKind, *, note: str, actor: Actor, now: datetime
) -> None:
    """What was asked for is recorded in its own place: the tasks that asked for it are done."""
    await begin(actor, WRITE_TASK, "finish-task", reason=note)
    await execute(
        "UPDATE task SET status = 'done', done_at = $3, done_by = $4, note = $5, "
        "version = version + 1 WHERE about_id = $1 AND kind = $2 AND status <> 'done'",
        about_id,
        kind,
        now,
        actor.account_id,
        note or None,
    )


async def escalate_overdue(*, after: timedelta, actor: Actor, now: datetime) -> int:
    """Tasks overdue for longer than this come before the managers as well, once."""
    await begin(actor, WRITE_TASK, "escalate-overdue-tasks")
    return await execute(
        "UPDATE task SET status = 'escalated', escalated_at = $1, version = version + 1 "
        "WHERE status IN ('open', 'acknowledged') AND due_at < $2",
        now,
        now - after,
    )


async def _mine(actor: Actor, task_id: UUID) -> TaskRow:
    if await fetch_value("SELECT 1 FROM task WHERE id = $1 FOR UPDATE", task_id) is None:
        raise NotFound
    return await task(actor, task_id)


async def _finish(task_id: UUID, note: str, actor: Actor, now: datetime) -> None:
    await execute(
        "UPDATE task SET status = 'done', done_at = $2, done_by = $3, note = $4, "
        "version = version + 1 WHERE id = $1",
        task_id,
        now,
        actor.account_id,
        note or None,
    )
