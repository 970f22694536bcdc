"""Registers to take: tonight's first, then those that were never signed off."""

from datetime import datetime, timedelta

from app import present
from app.web.components import Alike, Tag, Task
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor
from scheduling.attendance.commands import MARK
from scheduling.cohorts.queries import OwnSession, sessions_run_by

LOOKS_BACK = timedelta(days=28)
LOOKS_AHEAD = timedelta(days=7)


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not may(actor, MARK):
        return []
    found = await sessions_run_by(actor, from_at=now - LOOKS_BACK, until_at=now + LOOKS_AHEAD)
    open_ones = [one for one in found if one.signed_off_at is None]
    today = london_date(now)
    open_ones.sort(key=lambda one: (london_date(one.starts_at) != today, one.starts_at))
    return [_task(one, now) for one in open_ones]


def _task(one: OwnSession, now: datetime) -> Task:
    group = f"group {one.cohort_reference}, session {one.number}"
    return Task(
        text=f"{'Take the register' if one.starts_at <= now else 'Coming'}: {group}",
        href=f"/sessions/{one.id}/register",
        tag=_tag(one, now),
        hint=f"{present.date_and_time(one.starts_at)}. {one.room}. {one.programme_name}.",
        alike=Alike("registers not taken", group) if _is_late(one, now) else None,
    )


def _tag(one: OwnSession, now: datetime) -> Tag:
    if london_date(one.starts_at) == london_date(now):
        return Tag("Today", "blue")
    return Tag("Not taken", "orange") if _is_late(one, now) else Tag("Coming", "grey")


def _is_late(one: OwnSession, now: datetime) -> bool:
    return london_date(one.starts_at) < london_date(now)
