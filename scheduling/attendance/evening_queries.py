"""What was written of a session, how people took part, and worries that wait for an answer."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.attendance.words import ConcernKind, Engagement, Homework

READ_NOTES = Permission(Resource.NOTES, Verb.READ)


class NoteRow(msgspec.Struct, frozen=True):
    covered: str
    homework: str | None
    note: str | None
    revision: int
    written_at: datetime
    written_by: str | None


class ParticipationRow(msgspec.Struct, frozen=True):
    """One marked person: whether they were there, and what was noted of them so far."""

    enrolment_id: UUID
    person_id: UUID
    person_name: str
    is_there: bool
    engagement: Engagement | None
    homework: Homework | None


class ConcernRow(msgspec.Struct, frozen=True):
    id: UUID
    person_id: UUID
    person_name: str
    session_id: UUID
    cohort_reference: str
    number: int
    kind: ConcernKind
    what: str
    raised_at: datetime
    raised_by: str | None
    answered_at: datetime | None
    answered_by: str | None
    answer: str | None


async def note_of_session(actor: Actor, session_id: UUID) -> NoteRow | None:
    must(actor, READ_NOTES)
    return await fetch_one_as(
        NoteRow,
        "SELECT n.covered, n.homework, n.note, n.revision, n.written_at, a.name AS written_by "
        "FROM session_note n LEFT JOIN auth.account a ON a.id = n.written_by "
        "WHERE n.session_id = $1 AND n.is_current",
        session_id,
    )


async def participation_at(actor: Actor, session_id: UUID) -> list[ParticipationRow]:
    """Everybody with a mark, by name."""
    must(actor, READ_NOTES)
    return await fetch_as(
        ParticipationRow,
        f"{_PARTICIPATION} WHERE m.is_current AND m.session_id = $1 "
        'ORDER BY p.name_key COLLATE "C", p.id',
        session_id,
    )


async def concerns(
    actor: Actor,
    *,
    session_id: UUID | None = None,
    only_open: bool = False,
    also: Iterable[UUID] = (),
) -> list[ConcernRow]:
    """Oldest first, so that the one that has waited longest is answered first; `also` these,
    answered or not."""
    must(actor, READ_NOTES)
    return await fetch_as(
        ConcernRow,
        """
        SELECT k.id, k.person_id, p.first_name || ' ' || p.last_name AS person_name, k.session_id,
               c.reference AS cohort_reference, s.number, k.kind, k.what, k.raised_at,
               a.name AS raised_by, k.answered_at, b.name AS answered_by, k.answer
        FROM concern k JOIN person p ON p.id = k.person_id JOIN session s ON s.id = k.session_id
        JOIN cohort c ON c.id = k.cohort_id LEFT JOIN auth.account a ON a.id = k.raised_by
        LEFT JOIN auth.account b ON b.id = k.answered_by
        WHERE ($1::uuid IS NULL OR k.session_id = $1)
          AND (NOT $2 OR k.answered_at IS NULL OR k.id = ANY($3))
        ORDER BY k.raised_at, k.id LIMIT 200
        """,
        session_id,
        only_open,
        list(also),
    )


_PARTICIPATION = """
SELECT m.enrolment_id, m.person_id, p.first_name || ' ' || p.last_name AS person_name, m.is_there,
       t.engagement, t.homework
FROM attendance_mark m JOIN person p ON p.id = m.person_id
LEFT JOIN participation t ON t.session_id = m.session_id
  AND t.enrolment_id = m.enrolment_id AND t.is_current
"""
