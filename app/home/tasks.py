"""Tasks of one's own part of the staff, soonest first. Worries stand above them by themselves."""

from datetime import datetime

from app import present
from app.home.together import together
from app.views.tasks import need
from app.web.components import Tag, Task
from outcomes.tasks.queries import READ_TASKS, tasks
from outcomes.tasks.words import TaskKind
from programmes.common.permissions import may
from programmes.common.staff import Actor

_LINES = 5
_READ = 25


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not may(actor, READ_TASKS):
        return []
    found = await tasks(actor, now=now, size=_READ)
    needed = [need(row, now) for row in found.rows if row.kind is not TaskKind.ANSWER_CONCERN]
    shown = together(needed)[:_LINES]
    elsewhere = len(found.rows) - len(needed)
    left = found.total - elsewhere - sum(len(line.each) or 1 for line in shown)
    if left:
        more = f"{present.count(left, 'more task')} to do"
        shown.append(Task(text=more, href="/tasks", tag=Tag("To do", "yellow")))
    return shown
