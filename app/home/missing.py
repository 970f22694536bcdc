"""Facts that are missing after sessions, each one press from being mended."""

from datetime import datetime

from app import present
from app.web.components import Alike, Tag, Task
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor, Role
from scheduling.attendance.evening_commands import WRITE_NOTES
from scheduling.attendance.evening_queries import READ_NOTES
from scheduling.attendance.missing_queries import OwedOfSession, owed_of_sessions

SHOWN = 5


async def needs(actor: Actor, now: datetime) -> list[Task]:
    """Notes for those who write them; for managers also registers that nobody signed off."""
    if not may(actor, READ_NOTES):
        return []
    if may(actor, WRITE_NOTES):
        found = [one for one in await owed_of_sessions(actor, now=now) if one.is_signed_off]
        return [_note(one) for one in found[:SHOWN]]
    if actor.role is not Role.MANAGER:
        return []
    owed = await owed_of_sessions(actor, now=now)
    return [_register(one, now) for one in owed if not one.is_signed_off][:SHOWN] + _late(owed)


def _note(one: OwedOfSession) -> Task:
    return Task(
        text=f"Write the note: {_session(one)}",
        href=f"/sessions/{one.session_id}/note",
        tag=Tag("Note late", "orange"),
        hint=f"Held on {present.full_date(london_date(one.starts_at))}.",
        alike=Alike("notes to write", _session(one)),
    )


def _register(one: OwedOfSession, now: datetime) -> Task:
    days = (london_date(now) - london_date(one.starts_at)).days
    return Task(
        text=f"Nobody signed off {_session(one)}",
        href=f"/sessions/{one.session_id}/register",
        tag=Tag("Register not taken", "orange"),
        hint=f"Held {present.count(days, 'day')} ago. Ask its facilitators.",
        alike=Alike("registers that nobody signed off", _session(one)),
    )


def _late(owed: list[OwedOfSession]) -> list[Task]:
    late = [one for one in owed if one.is_signed_off]
    if not late:
        return []
    return [
        Task(
            text=f"{present.count(len(late), 'session')} of the last four weeks without a note",
            href=f"/sessions/{late[0].session_id}/note",
            tag=Tag("Notes late", "orange"),
            hint=f"The oldest: {_session(late[0])}.",
        )
    ]


def _session(one: OwedOfSession) -> str:
    return f"group {one.cohort_reference}, session {one.number}"
