"""That somebody looked at a person's attendance: on their caseload, later changes are new."""

from datetime import datetime
from uuid import UUID

from programmes.common.db import execute
from programmes.common.ids import new_id
from programmes.common.permissions import must
from programmes.common.staff import Actor
from scheduling.attendance.queries import READ_ATTENDANCE


async def note_look(person_id: UUID, *, actor: Actor, now: datetime) -> None:
    """One row for each of them and each person. It changes no record, and is nobody else's."""
    must(actor, READ_ATTENDANCE)
    await execute(
        "INSERT INTO last_look (id, account_id, person_id, looked_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (account_id, person_id) DO UPDATE SET looked_at = excluded.looked_at",
        new_id(now),
        actor.account_id,
        person_id,
        now,
    )
