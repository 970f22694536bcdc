"""Handing a survivor over to a colleague, or arranging who stands in."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.assignment_queries import ARRANGE, workers
from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.queries import open_survivor
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.support_rules import hand_over_faults
from outcomes.survivors.support_words import AssignedAs
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, fetch_value
from programmes.common.errors import Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor


class HandOver(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """For good from a day on, or as cover between two days, both included."""

    to: UUID
    kind: AssignedAs
    from_on: date
    until_on: date | None = None


async def hand_over(
    survivor_id: UUID, change: HandOver, *, sealing: Sealing, actor: Actor, now: datetime
) -> None:
    """By her own worker. On the day itself both see the record, with all its history."""
    await begin(actor, CHANGE_SURVIVOR, "hand-over")
    await open_survivor(actor, survivor_id, sealing=sealing)
    await check_hand_over(change, [survivor_id], actor=actor, now=now)
    await hand_these_over([survivor_id], change, actor=actor, now=now)


async def hand_over_caseload(worker: UUID, change: HandOver, *, actor: Actor, now: datetime) -> int:
    """By the lead: everybody whom this worker supports, but whom the other may not see: they stay
    where they are. Answers how many; opens nobody."""
    await begin(actor, ARRANGE, "hand-caseload-over")
    if change.to == worker:
        raise Invalid({"to": "Choose somebody else"})
    await check_hand_over(change, [], actor=actor, now=now)
    theirs = [row["survivor_id"] for row in await fetch(_THEIRS, worker, change.from_on, change.to)]
    if not theirs:
        raise Refused("This worker supports nobody on that day whom the other may see.")
    await hand_these_over(theirs, change, actor=actor, now=now)
    return len(theirs)


async def check_hand_over(
    change: HandOver, survivor_ids: Sequence[UUID], *, actor: Actor, now: datetime
) -> None:
    """Raises Invalid, also where the other may not see one of these records."""
    known = {one.account_id for one in await workers(actor)}
    faults = hand_over_faults(
        is_cover=change.kind is AssignedAs.COVER,
        from_on=change.from_on,
        until_on=change.until_on,
        today=london_date(now),
    )
    if change.to not in known:
        faults["to"] = "Choose a colleague who supports survivors"
    elif await fetch_value(_KEPT_OUT, change.to, list(survivor_ids)):
        faults["to"] = "Choose somebody else: this colleague may not see the record"
    if faults:
        raise Invalid(faults)


_THEIRS = """
SELECT DISTINCT w.survivor_id FROM worker_assignment w
WHERE w.account_id = $1 AND w.kind = 'support' AND (w.until_on IS NULL OR w.until_on >= $2)
  AND NOT EXISTS (SELECT FROM survivor_exclusion x WHERE x.survivor_id = w.survivor_id
                  AND x.account_id = $3 AND x.until_on IS NULL)
"""
_KEPT_OUT = """
SELECT count(*) FROM survivor_exclusion
WHERE account_id = $1 AND survivor_id = ANY($2) AND until_on IS NULL
"""


async def hand_these_over(
    survivor_ids: Sequence[UUID], change: HandOver, *, actor: Actor, now: datetime
) -> None:
    """The new one first, so that nobody is without a worker for a moment."""
    is_cover = change.kind is AssignedAs.COVER
    for survivor_id in survivor_ids:
        added = await execute(
            "INSERT INTO worker_assignment (id, survivor_id, account_id, kind, from_on, until_on, "
            "given_by) SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT "
            "FROM worker_assignment w WHERE w.survivor_id = $2 AND w.account_id = $3 "
            "AND w.kind = 'support' AND w.until_on IS NULL)",
            new_id(now),
            survivor_id,
            change.to,
            change.kind,
            change.from_on,
            change.until_on if is_cover else None,
            actor.account_id,
        )
        if not added and len(survivor_ids) == 1:
            raise Refused("This colleague supports them already.")
        if not is_cover:
            await execute(
                "UPDATE worker_assignment SET until_on = greatest($3, from_on) "
                "WHERE survivor_id = $1 AND account_id <> $2 AND kind = 'support' "
                "AND until_on IS NULL",
                survivor_id,
                change.to,
                change.from_on,
            )
