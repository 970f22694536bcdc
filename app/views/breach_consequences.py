"""What a breach set off, for its page: tasks, and whether he stays in the group."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.labels import label
from app.pages.stay import decision_event
from app.views.tasks import status_tag
from app.web.components import Cell
from outcomes.tasks.queries import READ_TASKS, tasks_about
from outcomes.tasks.stay_commands import DECIDE_STAY
from outcomes.tasks.stay_queries import stay_decisions
from programmes.common.permissions import may
from programmes.common.staff import Actor


async def consequences_of(actor: Actor, breach_id: UUID, now: datetime) -> dict[str, Any]:
    if not may(actor, READ_TASKS):
        return {"set_off": [], "decisions": [], "may_decide_stay": False}
    rows = await tasks_about(actor, breach_id)
    return {
        "set_off": [
            [
                Cell(label(row.kind), note=row.note or ""),
                Cell(label(row.for_whom)),
                Cell(tag=status_tag(row, now), note=row.done_by or row.acknowledged_by or ""),
            ]
            for row in rows
        ],
        "decisions": [decision_event(row) for row in await stay_decisions(actor, breach_id)],
        "may_decide_stay": may(actor, DECIDE_STAY),
    }
