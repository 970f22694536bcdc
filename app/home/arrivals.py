"""People who came unbooked, for a manager to settle."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from programmes.common.permissions import may
from programmes.common.staff import Actor
from scheduling.attendance.arrival_commands import SETTLE_ARRIVALS
from scheduling.attendance.arrival_queries import READ_ARRIVALS, arrivals


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not (may(actor, SETTLE_ARRIVALS) and may(actor, READ_ARRIVALS)):
        return []
    found = await arrivals(actor, only_open=True)
    if not found:
        return []
    return [
        Task(
            text=f"Settle {present.count(len(found), 'person', 'people')} who came unbooked",
            href="/arrivals",
            tag=Tag("To settle", "yellow"),
            hint=f"The first in group {found[0].cohort_reference}, session {found[0].number}.",
        )
    ]
