"""What waits for its second reader, as the survivor service's lead reads it through the bridge."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from outcomes.subject_access.rules import without
from outcomes.subject_access.words import Entry
from programmes.common.db import fetch_as, fetch_one
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb

CLEAR = Permission(Resource.SUBJECT_ACCESS, Verb.CLEAR)


class ToClear(Struct, frozen=True, kw_only=True):
    """Of everybody who asks, whether anybody here was harmed by them or not."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    person_reference: str
    asked_on: date
    due_at: datetime
    is_cleared: bool


_WAITING = """
SELECT s.id, s.reference, s.person_id, p.first_name || ' ' || p.last_name AS person_name,
       p.reference AS person_reference, s.asked_on, s.due_at,
       EXISTS (SELECT FROM subject_access_clearance c WHERE c.request_id = s.id) AS is_cleared
FROM subject_access s JOIN person p ON p.id = s.person_id WHERE s.status = 'waiting'
"""


async def requests_to_clear() -> list[ToClear]:
    """In the bridge's transaction; what was not read yet first."""
    return await fetch_as(ToClear, f"{_WAITING} ORDER BY is_cleared, s.due_at, s.id")


async def request_to_clear(request_id: UUID) -> tuple[ToClear, list[Entry]]:
    """With what its first reader let stand. Raises NotFound where it waits no longer."""
    row = await fetch_one(f"{_WAITING} AND s.id = $1", request_id)
    if row is None:
        raise NotFound
    stored = await fetch_one(
        "SELECT bundle, left_out FROM subject_access WHERE id = $1", request_id
    )
    assert stored is not None
    entries = msgspec.convert(stored["bundle"], list[Entry])
    return msgspec.convert(dict(row), ToClear), without(entries, stored["left_out"] or ())
