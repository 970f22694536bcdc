"""The place that a breach puts in question, and what was decided."""

from datetime import datetime
from uuid import UUID

import msgspec

from outcomes.tasks.queries import READ_TASKS
from outcomes.tasks.words import StayOutcome
from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.permissions import must
from programmes.common.staff import Actor


class BreachPlace(msgspec.Struct, frozen=True):
    """Whose breach it is, and the live place that he holds, if any."""

    breach_id: UUID
    event_id: UUID
    person_id: UUID
    enrolment_id: UUID | None
    cohort_reference: str | None
    cohort_id: UUID | None
    next_at: datetime | None


class StayRow(msgspec.Struct, frozen=True):
    outcome: StayOutcome
    reason: str
    decided_at: datetime
    decided_by: str


async def breach_place(actor: Actor, breach_id: UUID) -> BreachPlace:
    """Raises NotFound for a breach that this person may not see."""
    must(actor, READ_TASKS)
    found = await fetch_one_as(BreachPlace, _PLACE, breach_id)
    if found is None:
        raise NotFound
    return found


async def stay_decisions(actor: Actor, breach_id: UUID) -> list[StayRow]:
    """Of the whole event, newest first."""
    must(actor, READ_TASKS)
    return await fetch_as(
        StayRow,
        "SELECT d.outcome, d.reason, d.decided_at, a.name AS decided_by FROM stay_decision d "
        "JOIN breach b ON b.id = d.breach_id JOIN auth.account a ON a.id = d.decided_by "
        "WHERE b.event_id = (SELECT event_id FROM breach WHERE id = $1) "
        "ORDER BY d.decided_at DESC, d.id DESC",
        breach_id,
    )


_PLACE = """
SELECT b.id AS breach_id, b.event_id, b.person_id, e.id AS enrolment_id,
       c.reference AS cohort_reference, c.id AS cohort_id,
       (SELECT min(s.starts_at) FROM session s WHERE s.cohort_id = c.id
        AND s.status = 'planned' AND s.starts_at > now()) AS next_at
FROM breach b
LEFT JOIN LATERAL (
    SELECT id, cohort_id FROM enrolment WHERE person_id = b.person_id
    AND status IN ('enrolled', 'paused') ORDER BY enrolled_on DESC, id DESC LIMIT 1) e ON true
LEFT JOIN cohort c ON c.id = e.cohort_id
WHERE b.id = $1
"""
