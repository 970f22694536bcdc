"""What is owed after a session: registers nobody signed off, notes nobody wrote."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor
from scheduling.attendance.evening_queries import READ_NOTES

REGISTER_LATE_AFTER = timedelta(hours=24)
NOTE_LATE_AFTER = timedelta(hours=48)
LOOKS_BACK = timedelta(days=28)
MOST = 50


class OwedOfSession(msgspec.Struct, frozen=True):
    """A session that was held and lacks something. `is_signed_off`: then the note is what lacks."""

    session_id: UUID
    cohort_reference: str
    number: int
    starts_at: datetime
    is_signed_off: bool


async def owed_of_sessions(actor: Actor, *, now: datetime) -> list[OwedOfSession]:
    """Of the last four weeks, oldest first, in groups that this person runs, or in all."""
    must(actor, READ_NOTES)
    return await fetch_as(
        OwedOfSession,
        """
        SELECT s.id AS session_id, c.reference AS cohort_reference, s.number, s.starts_at,
               r.signed_off_at IS NOT NULL AS is_signed_off
        FROM session s JOIN cohort c ON c.id = s.cohort_id
        LEFT JOIN register r ON r.session_id = s.id
        WHERE s.status = 'planned' AND s.starts_at > $1
          AND CASE WHEN r.signed_off_at IS NULL THEN s.ends_at < $2 ELSE s.ends_at < $3
              AND NOT EXISTS (SELECT FROM session_note n WHERE n.session_id = s.id) END
          AND ((SELECT auth.scope('notes', 'read')) = 'all'
               OR s.cohort_id IN (SELECT auth.run_cohorts()))
          AND EXISTS (SELECT FROM enrolment e WHERE e.cohort_id = s.cohort_id
                      AND e.created_at < s.ends_at)
        ORDER BY s.starts_at, s.id LIMIT $4
        """,
        now - LOOKS_BACK,
        now - REGISTER_LATE_AFTER,
        now - NOTE_LATE_AFTER,
        MOST,
    )
