"""Venues, their rooms, and the days on which something is closed."""

from datetime import date
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_PLACES = Permission(Resource.CATALOGUE, Verb.READ)


class VenueRow(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    postcode_district: str | None


class ClosureRow(msgspec.Struct, frozen=True):
    """`hit` counts sessions to come that stand on these days: each has to be moved by hand."""

    id: UUID
    venue: str | None
    from_on: date
    until_on: date
    why: str
    hit: int


async def venues(actor: Actor) -> list[VenueRow]:
    must(actor, READ_PLACES)
    return await fetch_as(VenueRow, "SELECT id, name, postcode_district FROM venue ORDER BY name")


async def closures_from(actor: Actor, day: date) -> list[ClosureRow]:
    """Those that are not over on a day, the next one first."""
    must(actor, READ_PLACES)
    return await fetch_as(
        ClosureRow,
        """
        SELECT c.id, v.name AS venue, c.from_on, c.until_on, c.why,
               (SELECT count(*) FROM session s JOIN room r ON r.id = s.room_id
                WHERE s.status = 'planned' AND s.starts_at > now()
                  AND (s.starts_at AT TIME ZONE 'Europe/London')::date
                      BETWEEN c.from_on AND c.until_on
                  AND (c.venue_id IS NULL OR r.venue_id = c.venue_id)) AS hit
        FROM closure c LEFT JOIN venue v ON v.id = c.venue_id
        WHERE c.withdrawn_at IS NULL AND c.until_on >= $1 ORDER BY c.from_on, c.id
        """,
        day,
    )
