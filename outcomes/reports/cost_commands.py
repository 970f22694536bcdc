"""Entering what a programme or a group cost, and withdrawing a mistake."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.reports.cost_queries import costs
from outcomes.reports.cost_rules import reasons_not_a_cost
from outcomes.reports.tables import ProgrammeCost
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

ENTER_COST = Permission(Resource.CATALOGUE, Verb.WRITE)


class NewCost(Struct, frozen=True, kw_only=True):
    """`until_on` is the first day after it; `cohort` a reference, or nothing for the programme."""

    programme: str
    cohort: str | None
    from_on: date
    until_on: date
    pence: int
    source: str


async def enter_cost(new: NewCost, *, actor: Actor, now: datetime) -> UUID:
    await begin(actor, ENTER_COST, "enter-cost")
    programme_id, cohort_id = await _what(new)
    same = [
        one
        for one in await costs()
        if (one.programme, one.cohort, one.from_on, one.until_on, one.pence, one.source)
        == (new.programme, new.cohort, new.from_on, new.until_on, new.pence, new.source)
    ]
    standing = same[0] if same else None
    if reasons := reasons_not_a_cost(standing, from_on=new.from_on, until_on=new.until_on):
        raise Refused(*reasons)
    cost_id = new_id(now)
    await insert(
        ProgrammeCost,
        id=cost_id,
        programme_id=programme_id,
        cohort_id=cohort_id,
        from_on=new.from_on,
        until_on=new.until_on,
        pence=new.pence,
        source=new.source,
        entered_at=now,
        entered_by=actor.account_id,
    )
    return cost_id


async def _what(new: NewCost) -> tuple[UUID, UUID | None]:
    programme = await fetch_one("SELECT id FROM programme WHERE code = $1", new.programme)
    if programme is None:
        raise Invalid({"programme": "Choose a programme"})
    if new.cohort is None:
        return programme["id"], None
    cohort = await fetch_one(
        "SELECT id FROM cohort WHERE reference = $1 AND programme_id = $2",
        new.cohort,
        programme["id"],
    )
    if cohort is None:
        raise Invalid({"cohort": "No group of this programme has that reference"})
    return programme["id"], cohort["id"]


async def withdraw_cost(cost_id: UUID, *, actor: Actor, now: datetime) -> None:
    """It stays in the records and counts no longer."""
    await begin(actor, ENTER_COST, "withdraw-cost")
    changed = await execute(
        "UPDATE programme_cost SET withdrawn_at = $2, withdrawn_by = $3 "
        "WHERE id = $1 AND withdrawn_at IS NULL",
        cost_id,
        now,
        actor.account_id,
    )
    if changed == 0:
        raise NotFound
