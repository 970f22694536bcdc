"""Keeping a worker out of a survivor's record: by the worker's own word, or by the lead."""

from datetime import datetime
from uuid import UUID

from outcomes.survivors.assignment_commands import (
    HandOver,
    check_hand_over,
    hand_these_over,
)
from outcomes.survivors.assignment_queries import ARRANGE, accounts_of_side
from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.exclusion_tables import SurvivorExclusion
from outcomes.survivors.exclusion_words import WhyExcluded
from outcomes.survivors.queries import open_survivor
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.support_words import AssignedAs
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor


async def step_back(
    survivor_id: UUID,
    why: WhyExcluded,
    *,
    to: UUID,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> None:
    """A worker of hers shuts themselves out, at once and past their own undoing.

    A colleague takes over in the same moment, so that nobody is left without a worker.
    """
    await begin(actor, CHANGE_SURVIVOR, "step-back", reason=why)
    await open_survivor(actor, survivor_id, sealing=sealing)
    if to == actor.account_id:
        raise Invalid({"to": "Choose a colleague"})
    await _hand_to(survivor_id, to, actor=actor, now=now)
    await _exclude(survivor_id, actor.account_id, why, actor=actor, now=now)


async def exclude(
    reference: str,
    account_id: UUID,
    why: WhyExcluded,
    *,
    to: UUID | None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """By the lead, who names her by reference and opens nobody.

    `to` takes over, where this worker supports her and nobody else does. A lead keeps themselves
    out only where another one remains: without a lead nobody could give her another worker.
    """
    await begin(actor, ARRANGE, "exclude-worker", reason=why)
    survivor_id = await fetch_value(
        "SELECT id FROM survivor WHERE reference = $1", reference.strip().upper()
    )
    if survivor_id is None:
        raise Invalid({"reference": "There is no such survivor. Check the reference"})
    if account_id not in {one.account_id for one in await accounts_of_side(actor)}:
        raise Invalid({"account": "Choose somebody of this side"})
    if to == account_id:
        raise Invalid({"to": "Choose somebody else"})
    await _one_at_a_time(survivor_id)
    if not await fetch_value(_A_LEAD_REMAINS, survivor_id, account_id):
        raise Invalid({"account": _ONLY_LEAD})
    if to is not None:
        await _hand_to(survivor_id, to, actor=actor, now=now)
    elif not await fetch_value(_SOMEBODY_ELSE, survivor_id, account_id, london_date(now)):
        raise Invalid({"to": "Choose who supports them instead: nobody else does"})
    return await _exclude(survivor_id, account_id, why, actor=actor, now=now)


async def lift_exclusion(exclusion_id: UUID, *, actor: Actor, now: datetime) -> None:
    """By the lead, from today on. One's own is not there to be lifted."""
    await begin(actor, ARRANGE, "lift-exclusion")
    lifted = await execute(
        "UPDATE survivor_exclusion SET until_on = greatest($2, from_on), lifted_by = $3 "
        "WHERE id = $1 AND until_on IS NULL AND account_id <> $3",
        exclusion_id,
        london_date(now),
        actor.account_id,
    )
    if not lifted:
        raise NotFound


async def _one_at_a_time(survivor_id: UUID) -> None:
    """Two who are kept out of one record at the same moment would each count on the other."""
    locking = "SELECT pg_advisory_xact_lock(hashtextextended('kept out of ' || $1, 5))"
    await execute(locking, str(survivor_id))


async def _hand_to(survivor_id: UUID, to: UUID, *, actor: Actor, now: datetime) -> None:
    change = HandOver(to=to, kind=AssignedAs.SUPPORT, from_on=london_date(now))
    await check_hand_over(change, [survivor_id], actor=actor, now=now)
    await hand_these_over([survivor_id], change, actor=actor, now=now)


async def _exclude(
    survivor_id: UUID, account_id: UUID, why: WhyExcluded, *, actor: Actor, now: datetime
) -> UUID:
    stands = await fetch_value(
        "SELECT count(*) FROM survivor_exclusion "
        "WHERE survivor_id = $1 AND account_id = $2 AND until_on IS NULL",
        survivor_id,
        account_id,
    )
    if stands:
        raise Refused("They may not see this record already.")
    exclusion_id = new_id(now)
    await insert(
        SurvivorExclusion,
        id=exclusion_id,
        survivor_id=survivor_id,
        account_id=account_id,
        why=why,
        from_on=london_date(now),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    return exclusion_id


_ONLY_LEAD = (
    "No other lead may see this record, and without one nobody could give them another worker. "
    "Ask an administrator to make a second lead first"
)
_A_LEAD_REMAINS = """
SELECT EXISTS (SELECT FROM auth.account a
               WHERE a.role = 'survivor-lead' AND a.is_active AND a.id <> $2
               AND NOT EXISTS (SELECT FROM survivor_exclusion x WHERE x.survivor_id = $1
                               AND x.account_id = a.id AND x.until_on IS NULL))
"""
_SOMEBODY_ELSE = """
SELECT NOT EXISTS (SELECT FROM worker_assignment w WHERE w.survivor_id = $1 AND w.account_id = $2
                   AND (w.until_on IS NULL OR w.until_on >= $3))
    OR EXISTS (SELECT FROM worker_assignment w JOIN auth.account a ON a.id = w.account_id
               WHERE w.survivor_id = $1 AND w.account_id <> $2
               AND w.kind = 'support' AND w.until_on IS NULL AND a.is_active
               AND NOT EXISTS (SELECT FROM survivor_exclusion x WHERE x.survivor_id = $1
                               AND x.account_id = w.account_id AND x.until_on IS NULL))
"""
