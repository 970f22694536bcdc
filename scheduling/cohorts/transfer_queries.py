"""What a place brings along: the version that it runs under, and marks made in earlier groups."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.catalogue.words import MarkCode
from programmes.common.db import fetch_as, fetch_one
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_ATTENDANCE = Permission(Resource.ATTENDANCE, Verb.READ)


class BroughtMark(msgspec.Struct, frozen=True):
    """A mark that somebody brought from another group, by the place that they have here."""

    place_id: UUID
    number: int
    code: MarkCode
    verdict: str | None
    is_there: bool
    held_at: datetime
    cohort_reference: str


async def programme_version_of(place_id: UUID) -> tuple[UUID, bool]:
    """The version that they enrolled on, and whether anything was marked. Raises NotFound."""
    row = await fetch_one(
        "SELECT programme_version_id, EXISTS (SELECT FROM attendance_mark m "
        "WHERE m.enrolment_id = e.id) AS has_marks FROM enrolment e WHERE id = $1",
        place_id,
    )
    if row is None:
        raise NotFound
    return row["programme_version_id"], row["has_marks"]


async def marks_brought_to(actor: Actor, cohort_id: UUID) -> list[BroughtMark]:
    """What everybody here did before they came, by session; the best where there are two."""
    must(actor, READ_ATTENDANCE)
    return await fetch_as(
        BroughtMark,
        """
        SELECT DISTINCT ON (e.id, s.number) e.id AS place_id, s.number, m.code, m.is_there,
               m.held_at, c.reference AS cohort_reference,
               (SELECT a.verdict FROM acceptability a
                WHERE a.mark_id = m.id AND a.is_current) AS verdict
        FROM enrolment e JOIN enrolment b ON b.referral_id = e.referral_id
          AND b.cohort_id <> e.cohort_id AND b.status = 'transferred'
        JOIN attendance_mark m ON m.enrolment_id = b.id AND m.is_current
        JOIN session s ON s.id = m.session_id JOIN cohort c ON c.id = b.cohort_id
        WHERE e.cohort_id = $1
        ORDER BY e.id, s.number, m.is_there DESC, m.held_at
        """,
        cohort_id,
    )
