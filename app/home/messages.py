"""Messages that may already have gone: a person says whether they go again."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from outcomes.messages.queries import READ_OUTBOX, messages_held
from programmes.common.db import Side
from programmes.common.permissions import may
from programmes.common.staff import Actor


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.side is not Side.WORK or not may(actor, READ_OUTBOX):
        return []
    held = await messages_held(actor)
    if not held:
        return []
    return [
        Task(
            text=f"Say whether {present.count(held, 'message')} should go again",
            href="/outbox",
            tag=Tag("Held", "yellow"),
        )
    ]
