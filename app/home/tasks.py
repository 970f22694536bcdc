"""Tasks of one's own part of the staff, soonest first. Worries stand above them by themselves."""

from datetime import datetime

from app import present
from app.views.tasks import need
from app.web.components import Tag, Task
from outcomes.tasks.queries import READ_TASKS, tasks
from outcomes.tasks.words import TaskKind
from programmes.common.permissions import may
from programmes.common.staff import Actor

_NAMED = 5


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not may(actor, READ_TASKS):
        return []
    found = await tasks(actor, now=now, size=_NAMED)
    shown = [need(row, now) for row in found.rows if row.kind is not TaskKind.ANSWER_CONCERN]
    if found.total > _NAMED:
        more = f"{present.count(found.total - _NAMED, 'more task')} to do"
        shown.append(Task(text=more, href="/tasks", tag=Tag("To do", "yellow")))
    return shown
