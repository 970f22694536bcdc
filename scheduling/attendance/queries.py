"""Marks as the asking person may see them. What is current is defined here, once."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.catalogue.words import MarkCode
from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_ATTENDANCE = Permission(Resource.ATTENDANCE, Verb.READ)
READ_OPEN_REGISTER = Permission(Resource.OPEN_REGISTER, Verb.READ)


class MarkRow(msgspec.Struct, frozen=True):
    """The current mark of one person at one session."""

    id: UUID
    session_id: UUID
    enrolment_id: UUID
    person_id: UUID
    cohort_id: UUID
    number: int
    held_at: datetime
    code: MarkCode
    is_there: bool
    minutes_late: int | None
    claimed_reason: str | None
    note: str | None
    revision: int
    signed_off_at: datetime | None
    verdict: str | None


async def mark(actor: Actor, mark_id: UUID) -> MarkRow:
    """A current mark. Raises NotFound where there is none that this person may see."""
    must(actor, READ_ATTENDANCE)
    found = await fetch_one_as(MarkRow, f"{_MARK} AND m.id = $1", mark_id)
    if found is None:
        raise NotFound
    return found


async def marks_of_session(actor: Actor, session_id: UUID) -> list[MarkRow]:
    must(actor, READ_ATTENDANCE)
    return await fetch_as(MarkRow, f"{_MARK} AND m.session_id = $1", session_id)


async def marks_of_cohort(actor: Actor, cohort_id: UUID) -> list[MarkRow]:
    must(actor, READ_ATTENDANCE)
    return await fetch_as(MarkRow, f"{_MARK} AND m.cohort_id = $1 ORDER BY s.starts_at", cohort_id)


async def marks_of_person(actor: Actor, person_id: UUID) -> list[MarkRow]:
    """Newest first, in every cohort he has been in."""
    must(actor, READ_ATTENDANCE)
    return await fetch_as(
        MarkRow, f"{_MARK} AND m.person_id = $1 ORDER BY m.held_at DESC, m.id", person_id
    )


_MARK = """
SELECT m.id, m.session_id, m.enrolment_id, m.person_id, m.cohort_id, s.number, m.held_at, m.code,
       m.is_there, m.minutes_late, m.claimed_reason, m.note, m.revision, m.signed_off_at,
       (SELECT a.verdict FROM acceptability a WHERE a.mark_id = m.id AND a.is_current) AS verdict
FROM attendance_mark m JOIN session s ON s.id = m.session_id
WHERE m.is_current
"""


async def register_version(actor: Actor, session_id: UUID) -> int:
    """The version that a save must name; 1 where the register has not been opened yet."""
    must(actor, READ_ATTENDANCE)
    found: int | None = await fetch_value(
        "SELECT version FROM register WHERE session_id = $1", session_id
    )
    return 1 if found is None else found


class RegisterFacts(msgspec.Struct, frozen=True):
    """The register itself: the version that a save must name, and who signed it off when."""

    version: int
    signed_off_at: datetime | None
    signed_off_by: str | None


async def register_facts(actor: Actor, session_id: UUID) -> RegisterFacts:
    """As of a register that nobody has opened yet, where there is none."""
    must(actor, READ_ATTENDANCE)
    found = await fetch_one_as(
        RegisterFacts,
        "SELECT r.version, r.signed_off_at, a.name AS signed_off_by FROM register r "
        "LEFT JOIN auth.account a ON a.id = r.signed_off_by WHERE r.session_id = $1",
        session_id,
    )
    return found or RegisterFacts(1, None, None)
