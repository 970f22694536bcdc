"""Legal holds on a survivor's record: while one stands, nothing of it is erased."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.queries import READ_SURVIVOR, open_survivor
from outcomes.survivors.sealing import HerKey, Sealing
from outcomes.survivors.support_tables import Hold
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, fetch_value, insert
from programmes.common.errors import NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

HOLD = Permission(Resource.SURVIVOR, Verb.WRITE)


class HoldRow(Struct, frozen=True, kw_only=True):
    id: UUID
    reason: str | None
    from_on: date
    until_on: date | None


async def holds_of(actor: Actor, survivor_id: UUID, *, key: HerKey | None) -> list[HoldRow]:
    """Those that stand first."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT id, sealed_reason, from_on, until_on FROM hold WHERE survivor_id = $1 "
        "ORDER BY until_on DESC NULLS FIRST, from_on DESC, id DESC",
        survivor_id,
    )
    return [
        HoldRow(
            id=row["id"],
            reason=key.unseal(row["sealed_reason"], row["id"]) if key else None,
            from_on=row["from_on"],
            until_on=row["until_on"],
        )
        for row in rows
    ]


async def place_hold(
    survivor_id: UUID, reason: str, *, sealing: Sealing, actor: Actor, now: datetime
) -> UUID:
    await begin(actor, HOLD, "place-hold")
    one = await open_survivor(actor, survivor_id, sealing=sealing)
    if one.key is None:
        raise Refused("Their record was erased. Nothing is left to hold.")
    hold_id = new_id(now)
    await insert(
        Hold,
        id=hold_id,
        survivor_id=survivor_id,
        sealed_reason=one.key.seal(reason, hold_id),
        from_on=london_date(now),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    return hold_id


async def lift_hold(survivor_id: UUID, hold_id: UUID, *, actor: Actor, now: datetime) -> None:
    await begin(actor, HOLD, "lift-hold")
    lifted = await execute(
        "UPDATE hold SET until_on = $3 WHERE id = $2 AND survivor_id = $1 AND until_on IS NULL "
        "AND survivor_id IN (SELECT auth.own_survivors())",
        survivor_id,
        hold_id,
        london_date(now),
    )
    if not lifted:
        raise NotFound


async def refuse_while_held(survivor_id: UUID) -> None:
    """Raises Refused while a hold stands."""
    standing = await fetch_value(
        "SELECT count(*) FROM hold WHERE survivor_id = $1 AND until_on IS NULL", survivor_id
    )
    if standing:
        raise Refused("A legal hold stands on this record. Lift it before you erase anything.")
