"""Requests for access, as those who prepare and release them see them."""

from uuid import UUID

import msgspec

from outcomes.subject_access.words import Access, AccessRow, Entry
from programmes.common.db import fetch_as, fetch_one
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

PREPARE = Permission(Resource.SUBJECT_ACCESS, Verb.PREPARE)
RELEASE = Permission(Resource.SUBJECT_ACCESS, Verb.RELEASE)
_ROW = """
SELECT s.id, s.reference, s.person_id, p.first_name || ' ' || p.last_name AS person_name,
       p.reference AS person_reference, s.asked_on, s.status, s.due_at, s.prepared_by, s.version
FROM subject_access s JOIN person p ON p.id = s.person_id
"""


async def access_requests(actor: Actor) -> list[AccessRow]:
    """Open ones first, the oldest first."""
    must(actor, PREPARE)
    return await fetch_as(
        AccessRow,
        f"{_ROW} ORDER BY (s.status IN ('released', 'withdrawn')), s.asked_on, s.id LIMIT 200",
    )


async def access_request(actor: Actor, request_id: UUID) -> Access:
    """Raises NotFound."""
    must(actor, PREPARE)
    row = await fetch_one(f"{_ROW} WHERE s.id = $1", request_id)
    stored = await fetch_one(
        "SELECT bundle, left_out FROM subject_access WHERE id = $1", request_id
    )
    if row is None or stored is None:
        raise NotFound
    return Access(
        row=msgspec.convert(dict(row), AccessRow),
        entries=msgspec.convert(stored["bundle"], list[Entry]),
        left_out=list(stored["left_out"] or ()),
    )
