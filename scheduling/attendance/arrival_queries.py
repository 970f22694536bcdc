"""Who came and was not on a register."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.attendance.words import Settlement

READ_ARRIVALS = Permission(Resource.OPEN_REGISTER, Verb.READ)


class ArrivalRow(msgspec.Struct, frozen=True):
    """One arrival: the name given, where, and what became of it."""

    id: UUID
    session_id: UUID
    cohort_id: UUID
    cohort_reference: str
    number: int
    held_at: datetime
    called: str
    note: str | None
    stayed: bool
    added_at: datetime
    added_by: str | None
    settlement: Settlement | None


async def arrivals(
    actor: Actor,
    *,
    session_id: UUID | None = None,
    only_open: bool = False,
    also: Iterable[UUID] = (),
) -> list[ArrivalRow]:
    """Oldest first; of one session, or all that may be seen. `also` these, though settled."""
    must(actor, READ_ARRIVALS)
    return await fetch_as(
        ArrivalRow,
        """
        SELECT u.id, u.session_id, u.cohort_id, c.reference AS cohort_reference, s.number,
               s.starts_at AS held_at, u.called, u.note, u.stayed, u.added_at,
               a.name AS added_by, u.settlement
        FROM unlisted_arrival u JOIN session s ON s.id = u.session_id
        JOIN cohort c ON c.id = u.cohort_id LEFT JOIN auth.account a ON a.id = u.added_by
        WHERE ($1::uuid IS NULL OR u.session_id = $1)
          AND (NOT $2 OR u.settled_at IS NULL OR u.id = ANY($3))
        ORDER BY u.added_at, u.id LIMIT 200
        """,
        session_id,
        only_open,
        list(also),
    )
