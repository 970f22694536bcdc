"""Legal holds on people, as those who prepare what is held about them see them."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from outcomes.subject_access.queries import PREPARE
from programmes.common.db import fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor


class PersonHold(Struct, frozen=True, kw_only=True):
    """While `until_on` is none, it stands."""

    id: UUID
    person_id: UUID
    person_name: str
    person_reference: str
    reason: str
    from_on: date
    until_on: date | None


async def person_holds(actor: Actor) -> list[PersonHold]:
    """Those that stand first, the latest first."""
    must(actor, PREPARE)
    return await fetch_as(
        PersonHold,
        "SELECT h.id, h.person_id, p.first_name || ' ' || p.last_name AS person_name, "
        "p.reference AS person_reference, h.reason, h.from_on, h.until_on "
        "FROM legal_hold h JOIN person p ON p.id = h.person_id "
        "ORDER BY h.until_on DESC NULLS FIRST, h.from_on DESC, h.id DESC LIMIT 200",
    )
