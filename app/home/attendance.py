"""Absences that wait for the case owner's judgement, with their age."""

from datetime import datetime

from app import present
from app.web.components import Alike, Tag, Task
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor, Role
from scheduling.attendance.absence_queries import AbsenceRow, undecided_absences
from scheduling.attendance.commands import JUDGE

LATE_AFTER_DAYS = 14


async def needs(actor: Actor, now: datetime) -> list[Task]:
    """One task a person for officers; for managers, who judge seldom, those that have waited."""
    if not may(actor, JUDGE):
        return []
    today = london_date(now)
    found = await undecided_absences(actor)
    if actor.role is Role.MANAGER:
        late = [one for one in found if (today - london_date(one.held_at)).days > LATE_AFTER_DAYS]
        return [_all(late)] if late else []
    by_person: dict[str, list[AbsenceRow]] = {}
    for one in found:
        by_person.setdefault(str(one.person_id), []).append(one)
    return [_task(rows, (today - london_date(rows[0].held_at)).days) for rows in by_person.values()]


def _task(rows: list[AbsenceRow], days: int) -> Task:
    return Task(
        text=f"Judge {present.count(len(rows), 'absence')} of {rows[0].person_name}",
        href=f"/people/{rows[0].person_id}/attendance",
        tag=Tag("To judge", "orange" if days > LATE_AFTER_DAYS else "yellow"),
        hint=f"{rows[0].programme}. Missed {present.count(days, 'day')} ago.",
        alike=Alike("people with absences to judge", rows[0].person_name, "/absences"),
    )


def _all(late: list[AbsenceRow]) -> Task:
    return Task(
        text=f"{present.count(len(late), 'absence')} not judged for over {LATE_AFTER_DAYS} days",
        href="/absences",
        tag=Tag("Late", "orange"),
        hint="The case owners judge them; remind them, or judge what you can.",
    )
