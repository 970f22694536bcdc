"""Absences that wait for the case owner's judgement."""

from datetime import datetime

from app import present
from app.components import Tag, Task
from programmes.common.permissions import may
from programmes.common.staff import Actor, Role
from scheduling.attendance.caseload_queries import caseload
from scheduling.attendance.commands import JUDGE


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.role is Role.MANAGER or not may(actor, JUDGE):
        return []
    return [
        Task(
            text=f"Judge {present.count(row.undecided, 'absence')} of {row.name}",
            href=f"/people/{row.person_id}/attendance",
            tag=Tag("To judge", "yellow"),
            hint=f"{row.programme or 'No programme'}. Attended {row.there} of {row.held}.",
        )
        for row in await caseload(actor)
        if row.undecided
    ]
