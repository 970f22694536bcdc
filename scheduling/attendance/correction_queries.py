"""Corrections that wait for a second person, and the history of a mark."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.catalogue.words import MarkCode
from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

CORRECT = Permission(Resource.ATTENDANCE, Verb.APPEND)


class OpenCorrection(msgspec.Struct, frozen=True):
    """One correction that waits: what stands, what was asked for, by whom, and why."""

    id: UUID
    session_id: UUID
    person_name: str
    held_at: datetime
    before: MarkCode
    after: MarkCode
    minutes_late: int | None
    reason: str
    asked_by: UUID
    asked_by_name: str


async def open_corrections(actor: Actor, *, also: Iterable[UUID] = ()) -> list[OpenCorrection]:
    """All that may be seen, oldest first. `also` these, though settled."""
    must(actor, CORRECT)
    return await fetch_as(
        OpenCorrection,
        """
        SELECT k.id, k.session_id, p.first_name || ' ' || p.last_name AS person_name, m.held_at,
               m.code AS before, k.code AS after, k.minutes_late, k.reason, k.asked_by,
               a.name AS asked_by_name
        FROM mark_correction k JOIN attendance_mark m ON m.id = k.mark_id
        JOIN person p ON p.id = k.person_id JOIN auth.account a ON a.id = k.asked_by
        WHERE k.settled_at IS NULL OR k.id = ANY($1)
        ORDER BY k.asked_at, k.id
        """,
        list(also),
    )
