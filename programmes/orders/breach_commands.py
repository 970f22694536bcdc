"""Recording a breach, and taking it from stage to stage."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.references import new_reference
from programmes.common.staff import Actor
from programmes.facts.commands import NewFact, record_facts
from programmes.facts.words import FactKind
from programmes.orders.breach_queries import BreachWhole, breach, likely_matches
from programmes.orders.breach_rules import (
    BreachFacts,
    reasons_not_recordable,
    reasons_not_to_move,
    reasons_sanction_not_allowed,
)
from programmes.orders.queries import OrderWhole, facts_of, order
from programmes.orders.rules import by_field
from programmes.orders.tables import Breach, BreachMove
from programmes.orders.words import BreachId, BreachStage, Sanction

RECORD_BREACH = Permission(Resource.BREACH, Verb.CREATE)
MOVE_BREACH = Permission(Resource.BREACH, Verb.WRITE)
SEPARATE = "separate"
_AT_WHICH = {BreachStage.ARRESTED: "arrested_at", BreachStage.BEFORE_COURT: "court_at"}


class NewBreach(msgspec.Struct, frozen=True, kw_only=True):
    """What is said to have happened. `match` is the event that it belongs to, or "separate".

    Where something near it is recorded already, one or the other must be said.
    """

    condition_id: UUID | None
    occurred_at: datetime
    reported_at: datetime
    account: str
    evidence: str | None = None
    arrested_at: datetime | None = None
    agency_id: UUID | None = None
    match: str | None = None


class BreachStep(msgspec.Struct, frozen=True, kw_only=True):
    """The next stage, when it was reached, and what it brought."""

    after: BreachStage
    happened_at: datetime | None = None
    reason: str = ""
    sanction: Sanction | None = None
    response: str | None = None


async def record_breach(order_id: UUID, new: NewBreach, *, actor: Actor, now: datetime) -> BreachId:
    """The id of the breach: of the one that stands already, where it is the same over again.

    Raises Invalid with every rule beside its field.
    """
    await begin(actor, RECORD_BREACH, "record-breach")
    broken = await order(actor, order_id)
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", str(broken.person_id))
    await _check(broken, new, actor, now)
    event_id = await _event(broken, new, actor)
    if event_id is None:
        event_id = new_id(now)
    elif known := await _same_breach(order_id, new, event_id):
        return BreachId(known)
    breach_id = BreachId(new_id(now))
    await _insert(breach_id, event_id, broken, new, actor, now)
    fact = NewFact(broken.person_id, FactKind.BREACH, breach_id, new.occurred_at)
    await record_facts((fact,), now=now)
    return breach_id


async def move_breach(
    breach_id: UUID, step: BreachStep, *, version: int, actor: Actor, now: datetime
) -> None:
    """One step by the table of moves, with its moment and its sanction. Staying put changes
    nothing but a sanction.

    Raises Conflict for a stale version, Refused and Invalid with every reason.
    """
    await begin(actor, MOVE_BREACH, "move-breach", reason=step.reason)
    if await fetch_value("SELECT 1 FROM breach WHERE id = $1 FOR UPDATE", breach_id) is None:
        raise NotFound
    found = await breach(actor, breach_id)
    _refuse_stale(found, version)
    _check_step(found, step, actor)
    broken = await order(actor, found.order_id)
    _check_moments(found, step, broken, now)
    await _update(found, step)
    if step.after is not found.stage:
        await _insert_move(found.id, found.person_id, found.stage, step, actor, now)


async def _check(broken: OrderWhole, new: NewBreach, actor: Actor, now: datetime) -> None:
    facts = BreachFacts(
        occurred_at=new.occurred_at, reported_at=new.reported_at, arrested_at=new.arrested_at
    )
    problems = by_field(reasons_not_recordable(facts, facts_of(broken), broken.law, now=now))
    if new.arrested_at and not may(actor, MOVE_BREACH):
        problems["arrested_at"] = "Your role does not record arrests. Leave it to the police."
    if not new.account.strip():
        problems["account"] = "Enter what happened."
    if new.condition_id and not await fetch_value(
        "SELECT 1 FROM order_condition WHERE id = $1 AND order_id = $2", new.condition_id, broken.id
    ):
        problems["condition"] = "Select a condition of this order."
    if problems:
        raise Invalid(problems)


async def _event(broken: OrderWhole, new: NewBreach, actor: Actor) -> UUID | None:
    """The event that it belongs to; None for an event of its own."""
    near = await likely_matches(actor, broken.person_id, new.occurred_at)
    if new.match == SEPARATE or not near:
        return None
    chosen = next((row.event_id for row in near if str(row.event_id) == new.match), None)
    if chosen is None:
        raise Invalid({"match": "Say whether this is one of the breaches recorded already."})
    return chosen


async def _same_breach(order_id: UUID, new: NewBreach, event_id: UUID) -> UUID | None:
    found: UUID | None = await fetch_value(
        "SELECT id FROM breach WHERE order_id = $1 AND event_id = $2 "
        "AND condition_id IS NOT DISTINCT FROM $3",
        order_id,
        event_id,
        new.condition_id,
    )
    return found


async def _insert(
    breach_id: BreachId,
    event_id: UUID,
    broken: OrderWhole,
    new: NewBreach,
    actor: Actor,
    now: datetime,
) -> None:
    stage = BreachStage.ARRESTED if new.arrested_at else BreachStage.ALLEGED
    await insert(
        Breach,
        id=breach_id,
        reference=new_reference("B", breach_id),
        order_id=broken.id,
        person_id=broken.person_id,
        condition_id=new.condition_id,
        event_id=event_id,
        occurred_at=new.occurred_at,
        reported_at=new.reported_at,
        arrested_at=new.arrested_at,
        stage=stage,
        account=new.account,
        evidence=new.evidence,
        reported_by_agency_id=new.agency_id,
        created_at=now,
        created_by=actor.account_id,
    )
    first = BreachStep(after=stage, happened_at=new.arrested_at or new.reported_at)
    await _insert_move(breach_id, broken.person_id, None, first, actor, now)


async def _insert_move(
    breach_id: UUID,
    person_id: UUID,
    before: BreachStage | None,
    step: BreachStep,
    actor: Actor,
    now: datetime,
) -> None:
    await insert(
        BreachMove,
        id=new_id(now),
        breach_id=breach_id,
        person_id=person_id,
        before=before,
        after=step.after,
        moved_at=now,
        moved_by=actor.account_id,
        happened_at=step.happened_at,
        reason=step.reason or None,
    )


def _refuse_stale(found: BreachWhole, version: int) -> None:
    if found.version != version:
        raise Conflict(
            "Somebody else changed this breach meanwhile.",
            current={
                "after": found.stage,
                "sanction": found.sanction or "",
                "version": str(found.version),
            },
        )


def _check_step(found: BreachWhole, step: BreachStep, actor: Actor) -> None:
    refused = reasons_not_to_move(
        found.stage, step.after, kind=found.law, role=actor.role, reason=step.reason
    )
    if refused:
        raise Refused(*refused)
    if step.sanction is not None:
        problems = by_field(
            reasons_sanction_not_allowed(step.sanction, stage=step.after, kind=found.law)
        )
        if problems:
            raise Invalid(problems)


def _check_moments(found: BreachWhole, step: BreachStep, broken: OrderWhole, now: datetime) -> None:
    """An arrest and a court are moments: they are asked for, and held in order."""
    field = _AT_WHICH.get(step.after)
    if step.after is found.stage:
        return
    if field and step.happened_at is None:
        raise Invalid({"happened_at": "Enter when this was: a clock depends on it."})
    if step.happened_at and step.happened_at > now and step.after is not BreachStage.BEFORE_COURT:
        raise Invalid({"happened_at": "That has not come yet."})
    facts = BreachFacts(
        occurred_at=found.occurred_at,
        reported_at=found.reported_at,
        arrested_at=step.happened_at if field == "arrested_at" else found.arrested_at,
        court_at=step.happened_at if field == "court_at" else found.court_at,
    )
    problems = by_field(reasons_not_recordable(facts, facts_of(broken), found.law, now=now))
    if field in problems:
        raise Invalid({"happened_at": problems[field]})
    if field is None and step.happened_at and step.happened_at < found.occurred_at:
        raise Invalid({"happened_at": "That is before the breach."})


async def _update(found: BreachWhole, step: BreachStep) -> None:
    """The first court stops the clock of an arrest; a new arrest sets a new one going."""
    field = _AT_WHICH.get(step.after) if step.after is not found.stage else None
    arrested = step.happened_at if field == "arrested_at" else None
    court = step.happened_at if field == "court_at" else None
    await execute(
        "UPDATE breach SET stage = $2, arrested_at = coalesce($3, arrested_at), "
        "court_at = CASE WHEN $3::timestamptz IS NULL THEN coalesce(court_at, $4) END, "
        "sanction = coalesce($5, sanction), response = coalesce($6, response), "
        "version = version + 1 WHERE id = $1",
        found.id,
        step.after,
        arrested,
        court,
        step.sanction,
        step.response,
    )
