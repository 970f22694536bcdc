"""Records opened in an emergency, which a manager hears of at once."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.emergencies.commands import LOOK_AT_EMERGENCIES
from programmes.emergencies.queries import emergencies


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not may(actor, LOOK_AT_EMERGENCIES):
        return []
    return [
        Task(
            text=f"Look at a record that {one.opened_by} opened in an emergency",
            href="/emergencies",
            tag=Tag("Open now", "red") if one.is_open else Tag("To be looked at", "yellow"),
            hint=f"{one.person_name or 'Somebody'}. {present.date_and_time(one.opened_at)}.",
        )
        for one in await emergencies(actor, only_unseen=True)
    ]
