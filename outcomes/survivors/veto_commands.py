"""Saying where he must not be placed, and handing that over as a plain row of what is not offered.

What crosses is a person, a group or a venue, and a day. Managers note the same rows themselves.
"""

from datetime import UTC, date, datetime, time
from hashlib import sha256
from uuid import UUID

import asyncpg
from msgspec import Struct

from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.queries import links_of, open_survivor
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.support_commands import key_to_write
from outcomes.survivors.support_rules import is_hand_over_hour, today_s_vetoes
from outcomes.survivors.support_tables import Veto, VetoHandedOver
from outcomes.survivors.support_words import DueVeto
from outcomes.survivors.veto_queries import handed_over_on, vetoes_due
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import Ids, new_id
from programmes.common.jobs import Done, Open
from programmes.common.staff import Actor
from scheduling.placement.commands import receive_not_offered
from scheduling.placement.not_offered_words import HOLDS, NotOfferedHere


class NewVeto(Struct, frozen=True, kw_only=True):
    """One group or one venue; both or neither is refused."""

    link_id: UUID
    cohort_id: UUID | None
    venue_id: UUID | None
    reason: str


async def record_veto(
    survivor_id: UUID, new: NewVeto, *, sealing: Sealing, actor: Actor, now: datetime
) -> UUID:
    """Crosses on the next working day at the earliest."""
    await begin(actor, CHANGE_SURVIVOR, "veto-place")
    key = key_to_write(await open_survivor(actor, survivor_id, sealing=sealing))
    if new.link_id not in {link.id for link in await links_of(actor, [survivor_id])}:
        raise NotFound
    if (new.cohort_id is None) == (new.venue_id is None):
        raise Invalid({"where": "Choose one group or one venue"})
    if await _stands(new):
        raise Refused("This is on record already.")
    veto_id = new_id(now)
    await insert(
        Veto,
        id=veto_id,
        survivor_id=survivor_id,
        link_id=new.link_id,
        cohort_id=new.cohort_id,
        venue_id=new.venue_id,
        sealed_reason=key.seal(new.reason, veto_id),
        from_on=london_date(now),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    return veto_id


async def end_veto(survivor_id: UUID, veto_id: UUID, *, actor: Actor, now: datetime) -> None:
    """It is not given again. What crossed ends on its own day, as such rows always do."""
    await begin(actor, CHANGE_SURVIVOR, "end-veto")
    ended = await execute(
        "UPDATE veto SET ended_on = $3 WHERE id = $2 AND survivor_id = $1 AND ended_on IS NULL "
        "AND survivor_id IN (SELECT auth.own_survivors())",
        survivor_id,
        veto_id,
        london_date(now),
    )
    if not ended:
        raise NotFound


async def hand_vetoes_over(actor: Actor, now: datetime, open_as: Open) -> Done:
    """Once a working day, a few. One that fails is tried again with the same row."""
    today = london_date(now)
    if not is_hand_over_hour(now):
        return Done()
    due = today_s_vetoes(await vetoes_due(today), already=await handed_over_on(today))
    done = failed = 0
    for one in due:
        try:
            async with open_as("work_bridge_writer"):
                await receive_not_offered(
                    crossing_id(one.id, today), _as_ordinary(one), given_on=today
                )
        except asyncpg.PostgresError:
            failed += 1
            continue
        await _note_crossing(one, today, now)
        done += 1
    return Done(done, failed)


def crossing_id(veto_id: UUID, given_on: date) -> UUID:
    """The id of the row that crosses: of its day, and else chance to whoever has not the veto."""
    digest = int.from_bytes(sha256(veto_id.bytes + f"{given_on}".encode()).digest())
    chance = Ids(lambda bits: digest >> (256 - bits))
    return chance.new(datetime.combine(given_on, time(), UTC))


def _as_ordinary(one: DueVeto) -> NotOfferedHere:
    return NotOfferedHere(person_id=one.person_id, cohort_id=one.cohort_id, venue_id=one.venue_id)


async def _note_crossing(one: DueVeto, today: date, now: datetime) -> None:
    await insert(
        VetoHandedOver,
        id=new_id(now),
        survivor_id=one.survivor_id,
        veto_id=one.id,
        given_on=today,
        until_on=today + HOLDS,
    )


async def _stands(new: NewVeto) -> bool:
    count = await fetch_value(
        "SELECT count(*) FROM veto WHERE link_id = $1 AND ended_on IS NULL "
        "AND cohort_id IS NOT DISTINCT FROM $2 AND venue_id IS NOT DISTINCT FROM $3",
        new.link_id,
        new.cohort_id,
        new.venue_id,
    )
    return bool(count)
