"""Worries that facilitators raised after a session, for a manager to answer the same night."""

from datetime import datetime

from app import present
from app.labels import label
from app.web.components import Tag, Task
from programmes.common.permissions import may
from programmes.common.staff import Actor
from scheduling.attendance.evening_commands import ANSWER_CONCERNS
from scheduling.attendance.evening_queries import READ_NOTES, concerns


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not (may(actor, ANSWER_CONCERNS) and may(actor, READ_NOTES)):
        return []
    return [
        Task(
            text=f"Answer a worry about {one.person_name}",
            href="/concerns",
            tag=Tag("Raised", "red"),
            hint=f"{label(one.kind)}. {present.date_and_time(one.raised_at)}.",
        )
        for one in await concerns(actor, only_open=True)
    ]
