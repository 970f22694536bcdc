"""Tasks as the asking person may see them. All SQL that reads them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from outcomes.tasks.words import ROLES_OF, TaskFor, TaskKind, TaskStatus
from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import NotFound
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor, Role

READ_TASKS = Permission(Resource.TASK, Verb.READ)


class TaskView(StrEnum):
    """The lists that the page offers."""

    TO_DO = "to-do"
    OVERDUE = "overdue"
    DONE = "done"


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    kind: TaskKind
    for_whom: TaskFor
    person_id: UUID
    person_name: str
    person_reference: str
    about_id: UUID | None
    detail: str
    opened_at: datetime
    due_at: datetime
    status: TaskStatus
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    escalated_at: datetime | None
    done_at: datetime | None
    done_by: str | None
    note: str | None
    version: int


class Tasks(msgspec.Struct, frozen=True):
    rows: Sequence[TaskRow]
    total: int


def parts_of(role: Role) -> list[TaskFor]:
    """The parts of the staff that this role belongs to."""
    return [part for part, roles in ROLES_OF.items() if role in roles]


async def tasks(
    actor: Actor, *, now: datetime, view: TaskView = TaskView.TO_DO, page: int = 1, size: int = PAGE
) -> Tasks:
    """Those of one's own part; managers see the escalated ones of every part as well."""
    must(actor, READ_TASKS)
    where, order = _VIEWS[view]
    condition = f"{_MINE} AND {where} AND $4::timestamptz IS NOT NULL"
    arguments = (parts_of(actor.role), actor.role is Role.MANAGER, actor.role is Role.OPERATOR, now)
    total = await fetch_value(
        "SELECT count(*) FROM task t JOIN person p ON p.id = t.person_id "  # of whom one may know
        f"WHERE {condition}",
        *arguments,
    )
    rows = await fetch_as(
        TaskRow,
        f"{_TASK} WHERE {condition} ORDER BY {order} LIMIT $5 OFFSET $6",
        *arguments,
        size,
        (page - 1) * size,
    )
    return Tasks(rows, total)


async def task(actor: Actor, task_id: UUID) -> TaskRow:
    """Raises NotFound where there is none that is this person's to see."""
    must(actor, READ_TASKS)
    found = await fetch_one_as(
        TaskRow,
        f"{_TASK} WHERE {_MINE} AND t.id = $4",
        parts_of(actor.role),
        actor.role is Role.MANAGER,
        actor.role is Role.OPERATOR,
        task_id,
    )
    if found is None:
        raise NotFound
    return found


async def tasks_about(actor: Actor, about_id: UUID) -> list[TaskRow]:
    """Every task about one record, whosever they are: who was told, and what they did."""
    must(actor, READ_TASKS)
    return await fetch_as(
        TaskRow, f"{_TASK} WHERE t.about_id = $1 ORDER BY t.opened_at, t.kind", about_id
    )


_MINE = """(
    $3 OR (t.for_whom = ANY($1) AND (t.for_whom IN ('managers', 'order keepers')
        OR t.person_id IN (SELECT auth.own_people())))
    OR ($2 AND t.escalated_at IS NOT NULL))"""
_VIEWS = {
    TaskView.TO_DO: ("t.status <> 'done'", "t.due_at, t.id"),
    TaskView.OVERDUE: ("t.status <> 'done' AND t.due_at < $4", "t.due_at, t.id"),
    TaskView.DONE: ("t.status = 'done'", "t.done_at DESC, t.id"),
}
_TASK = """
SELECT t.id, t.kind, t.for_whom, t.person_id, p.first_name || ' ' || p.last_name AS person_name,
       p.reference AS person_reference, t.about_id, t.detail, t.opened_at, t.due_at, t.status,
       t.acknowledged_at, a.name AS acknowledged_by, t.escalated_at, t.done_at,
       d.name AS done_by, t.note, t.version
FROM task t JOIN person p ON p.id = t.person_id
LEFT JOIN auth.account a ON a.id = t.acknowledged_by
LEFT JOIN auth.account d ON d.id = t.done_by
"""
