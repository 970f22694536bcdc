"""Programs that wait for a second person."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from programmes.common.db import Side
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.tokens.queries import APPROVE_TOKENS, tokens_waiting


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.side is not Side.WORK or not may(actor, APPROVE_TOKENS):
        return []
    waiting = await tokens_waiting(actor)
    if not waiting:
        return []
    return [
        Task(
            text=f"Decide on {present.count(len(waiting), 'other system')} that would read here",
            href="/token-requests",
            tag=Tag("Second person", "purple"),
        )
    ]
