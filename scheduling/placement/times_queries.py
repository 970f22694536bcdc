"""What was said of when somebody can come, and whom they must not share a group with."""

from datetime import date
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.people.queries import person
from scheduling.sessions.words import Weekday

READ_COHORTS = Permission(Resource.COHORTS, Verb.READ)
READ_ASSOCIATES = Permission(Resource.ASSOCIATES, Verb.READ)


class BusyRow(msgspec.Struct, frozen=True):
    """A weekly time at which somebody cannot come."""

    id: UUID
    weekday: Weekday
    from_time: str
    until_time: str


class ApartRow(msgspec.Struct, frozen=True):
    """`other` is a reference; nobody is named to whom they are not known."""

    id: UUID
    other: str
    until_on: date | None


async def busy_times(actor: Actor, person_id: UUID) -> list[BusyRow]:
    must(actor, READ_COHORTS)
    await person(actor, person_id)
    return await fetch_as(
        BusyRow,
        "SELECT id, weekday, from_time, until_time FROM busy_time WHERE person_id = $1 "
        "AND withdrawn_at IS NULL ORDER BY weekday, from_time, id",
        person_id,
    )


async def kept_apart_from(actor: Actor, person_id: UUID) -> list[ApartRow]:
    """Of pairs that were entered from either side."""
    must(actor, READ_ASSOCIATES)
    await person(actor, person_id)
    return await fetch_as(
        ApartRow,
        "SELECT k.id, p.reference AS other, k.until_on FROM kept_apart k JOIN person p "
        "ON p.id = CASE WHEN k.person_id = $1 THEN k.other_id ELSE k.person_id END "
        "WHERE $1 IN (k.person_id, k.other_id) AND k.withdrawn_at IS NULL ORDER BY p.reference",
        person_id,
    )
