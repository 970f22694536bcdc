"""The place that an order keeps him away from, kept on her side alone."""

from datetime import datetime
from uuid import UUID

from outcomes.survivors.queries import links_of, open_survivor
from outcomes.survivors.sealing import HerKey, Sealing
from outcomes.survivors.support_commands import key_to_write
from outcomes.survivors.support_tables import ProtectedPlace
from outcomes.survivors.support_words import Place
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, insert
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_PLACE = Permission(Resource.PROTECTED_PLACE, Verb.READ)
WRITE_PLACE = Permission(Resource.PROTECTED_PLACE, Verb.WRITE)


async def places_of(actor: Actor, survivor_id: UUID, *, key: HerKey | None) -> list[Place]:
    """Those that stand first. `place` is None without her key: masked, or erased."""
    must(actor, READ_PLACE)
    rows = await fetch(
        "SELECT id, order_id, sealed_place, recorded_at, ended_on FROM protected_place "
        "WHERE survivor_id = $1 ORDER BY ended_on DESC NULLS FIRST, recorded_at DESC, id DESC",
        survivor_id,
    )
    return [
        Place(
            id=row["id"],
            order_id=row["order_id"],
            place=key.unseal(row["sealed_place"], row["id"]) if key else None,
            recorded_at=row["recorded_at"],
            ended_on=row["ended_on"],
        )
        for row in rows
    ]


async def record_place(
    survivor_id: UUID,
    link_id: UUID,
    order_id: UUID,
    *,
    place: str,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Sealed before it reaches the database. Several may stand beside one order."""
    await begin(actor, WRITE_PLACE, "record-protected-place")
    key = key_to_write(await open_survivor(actor, survivor_id, sealing=sealing))
    if link_id not in {link.id for link in await links_of(actor, [survivor_id])}:
        raise NotFound
    place_id = new_id(now)
    await insert(
        ProtectedPlace,
        id=place_id,
        survivor_id=survivor_id,
        link_id=link_id,
        order_id=order_id,
        sealed_place=key.seal(place, place_id),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    return place_id


async def end_place(survivor_id: UUID, place_id: UUID, *, actor: Actor, now: datetime) -> None:
    """She moved, or the order no longer names it. The row stays."""
    await begin(actor, WRITE_PLACE, "end-protected-place")
    ended = await execute(
        "UPDATE protected_place SET ended_on = $3 WHERE id = $2 AND survivor_id = $1 "
        "AND ended_on IS NULL AND survivor_id IN (SELECT auth.own_survivors())",
        survivor_id,
        place_id,
        london_date(now),
    )
    if not ended:
        raise NotFound
