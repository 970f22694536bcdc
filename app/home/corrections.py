"""Corrections that wait for a second person."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from programmes.common.permissions import may
from programmes.common.staff import Actor
from scheduling.attendance.correction_queries import CORRECT, open_corrections


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not may(actor, CORRECT):
        return []
    others = [one for one in await open_corrections(actor) if one.asked_by != actor.account_id]
    if not others:
        return []
    return [
        Task(
            text=f"Settle {present.count(len(others), 'correction')} of signed-off registers",
            href="/corrections",
            tag=Tag("Second person", "purple"),
        )
    ]
