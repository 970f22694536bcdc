"""Absences that nobody has judged, with their age, and the papers that bear on absences."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_ABSENCES = Permission(Resource.ACCEPTABILITY, Verb.READ)
MOST = 500


class AbsenceRow(msgspec.Struct, frozen=True):
    """One absence that waits for a judgement, and since when."""

    mark_id: UUID
    person_id: UUID
    person_name: str
    person_reference: str
    programme: str
    number: int
    held_at: datetime
    code: str
    claimed_reason: str | None
    papers: int


class EvidenceRow(msgspec.Struct, frozen=True):
    """One paper, without what it says."""

    id: UUID
    mark_id: UUID
    what: str
    media_type: str
    size: int
    stored_at: datetime
    stored_by: str | None


async def undecided_absences(actor: Actor) -> list[AbsenceRow]:
    """Oldest first. An absence is to be judged once its register is signed off.

    From one's own people to their marks, in that order: left to choose, the planner goes through
    the marks of everybody, because row security hides from it how many there are.
    """
    must(actor, READ_ABSENCES)
    return await fetch_as(
        AbsenceRow,
        """
        WITH waiting AS MATERIALIZED (
            SELECT m.* FROM (SELECT auth.own_people() AS id OFFSET 0) AS own
            CROSS JOIN LATERAL (
                SELECT m.id, m.person_id, m.session_id, m.enrolment_id, m.held_at, m.code,
                       m.claimed_reason
                FROM attendance_mark m
                WHERE m.person_id = own.id AND m.is_current AND m.signed_off_at IS NOT NULL
                  AND m.code IN ('absent', 'late-not-admitted') OFFSET 0) AS m
            WHERE NOT EXISTS (SELECT FROM acceptability a WHERE a.mark_id = m.id AND a.is_current)
            ORDER BY m.held_at, m.id LIMIT $1)
        SELECT m.id AS mark_id, m.person_id, p.first_name || ' ' || p.last_name AS person_name,
               p.reference AS person_reference, g.name AS programme, s.number, m.held_at, m.code,
               m.claimed_reason,
               (SELECT count(*) FROM absence_evidence v WHERE v.mark_id = m.id) AS papers
        FROM waiting m JOIN person p ON p.id = m.person_id
        JOIN session s ON s.id = m.session_id JOIN enrolment e ON e.id = m.enrolment_id
        JOIN programme g ON g.id = e.programme_id
        ORDER BY m.held_at, m.id
        """,
        MOST,
    )


async def evidence_of_person(actor: Actor, person_id: UUID) -> list[EvidenceRow]:
    must(actor, READ_ABSENCES)
    return await fetch_as(
        EvidenceRow,
        "SELECT v.id, v.mark_id, v.what, v.media_type, v.size, v.stored_at, a.name AS stored_by "
        "FROM absence_evidence v LEFT JOIN auth.account a ON a.id = v.stored_by "
        "WHERE v.person_id = $1 ORDER BY v.stored_at, v.id",
        person_id,
    )
