"""Messages that may already have gone, or did not go: a person says whether they go again."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from outcomes.messages.queries import READ_OUTBOX, messages_held
from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.message_queries import messages_to_settle
from programmes.common.db import Side
from programmes.common.permissions import may
from programmes.common.staff import Actor


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.side is Side.SURVIVOR:
        return await _to_survivors(actor) if may(actor, CHANGE_SURVIVOR) else []
    if not may(actor, READ_OUTBOX):
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


async def _to_survivors(actor: Actor) -> list[Task]:
    open_ones = await messages_to_settle(actor)
    if not open_ones:
        return []
    return [
        Task(
            text=f"Say whether {present.count(open_ones, 'message')} should go again",
            href="/survivor-messages",
            tag=Tag("Did not go", "orange"),
        )
    ]
