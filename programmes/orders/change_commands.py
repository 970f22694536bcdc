"""Changing an order that stands: each change is appended, the wording of a new condition kept."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.common.wall_time import day_in_words
from programmes.orders.change_rules import (
    ENDING,
    STATUS_AFTER,
    ChangeFacts,
    ChangeKind,
    reasons_not_to_change,
)
from programmes.orders.commands import NewCondition, add_conditions, refuse_other_than_cautions
from programmes.orders.queries import OrderWhole, conditions_of, facts_of, order
from programmes.orders.rules import by_field
from programmes.orders.tables import OrderChange
from programmes.orders.words import Authority

CHANGE_ORDER = Permission(Resource.ORDERS, Verb.WRITE)


class NewChange(msgspec.Struct, frozen=True, kw_only=True):
    """What the paper of the change says. `notified_at` is for a notification alone."""

    what: ChangeKind
    effective_on: date
    reason: str = ""
    ends_on: date | None = None
    authority: Authority | None = None
    drop: tuple[UUID, ...] = ()
    add: NewCondition | None = None
    notified_at: datetime | None = None


async def change_order(
    order_id: UUID, new: NewChange, *, version: int, actor: Actor, now: datetime
) -> None:
    """Raises Conflict for a stale version, Invalid with every rule beside its field."""
    await begin(actor, CHANGE_ORDER, "change-order", reason=new.reason)
    if (
        await fetch_value("SELECT 1 FROM protective_order WHERE id = $1 FOR UPDATE", order_id)
        is None
    ):
        raise NotFound
    found = await order(actor, order_id)
    refuse_other_than_cautions(found.kind, actor)
    _refuse_stale(found, version)
    await _check(found, new, actor, now)
    ends_on = await _ends_after(found, new)
    await _append(found, new, ends_on, actor, now)
    await execute(
        "UPDATE protective_order SET status = $2, ends_on = $3, "
        "notified_at = coalesce($4, notified_at), version = version + 1 WHERE id = $1",
        order_id,
        STATUS_AFTER.get(new.what, found.status),
        ends_on,
        new.notified_at,
    )
    if new.what is ChangeKind.VARIED:
        await _vary(found, new, now)


def _refuse_stale(found: OrderWhole, version: int) -> None:
    if found.version != version:
        raise Conflict(
            "Somebody else changed this order meanwhile.",
            current={
                "what": found.status,
                "ends_on": day_in_words(found.ends_on) if found.ends_on else "No last day",
                "version": str(found.version),
            },
        )


async def _check(found: OrderWhole, new: NewChange, actor: Actor, now: datetime) -> None:
    facts = ChangeFacts(
        what=new.what,
        effective_on=new.effective_on,
        ends_on=new.ends_on,
        authority=new.authority,
        reason=new.reason,
        changes_conditions=bool(new.drop) or new.add is not None,
    )
    conditions = await conditions_of(actor, found.id)
    problems = by_field(
        reasons_not_to_change(
            facts,
            facts_of(found, conditions),
            found.law,
            status=found.status,
            role=actor.role,
            now=now,
        )
    )
    if set(new.drop) - {one.id for one in conditions}:
        problems["drop"] = "Select conditions of this order."
    if new.add and new.add.kind not in found.law.conditions:
        source = found.law.conditions_source
        problems["add_kind"] = f"A {found.law.short_name} cannot carry “{new.add.kind}” ({source})."
    if new.add and not new.add.wording.strip():
        problems["add_wording"] = "Enter the wording as it was served."
    if new.what is ChangeKind.NOTIFIED and (new.notified_at is None or new.notified_at > now):
        problems["notified_on"] = "Enter when the address was notified, not later than now."
    if problems:
        raise Invalid(problems)


async def _ends_after(found: OrderWhole, new: NewChange) -> date | None:
    """An order ended early ends on that day; reopened, it ends when it did before."""
    if new.what is ChangeKind.EXTENDED:
        return new.ends_on
    if new.what in ENDING:
        return new.effective_on
    if new.what is not ChangeKind.REOPENED:
        return found.ends_on
    row = await fetch_one(
        "SELECT ends_before FROM order_change WHERE order_id = $1 AND after = $2 "
        "ORDER BY changed_at DESC, id DESC LIMIT 1",
        found.id,
        found.status,
    )
    before: date | None = row["ends_before"] if row else found.ends_on
    return before


async def _append(
    found: OrderWhole, new: NewChange, ends_on: date | None, actor: Actor, now: datetime
) -> None:
    await insert(
        OrderChange,
        id=new_id(now),
        order_id=found.id,
        person_id=found.person_id,
        what=new.what,
        before=found.status,
        after=STATUS_AFTER.get(new.what, found.status),
        ends_before=found.ends_on,
        ends_after=ends_on,
        effective_on=new.effective_on,
        authority=new.authority,
        reason=new.reason or None,
        changed_at=now,
        changed_by=actor.account_id,
    )


async def _vary(found: OrderWhole, new: NewChange, now: datetime) -> None:
    """A dropped condition keeps its row and ends on the day of the variation."""
    for condition_id in new.drop:
        await execute(
            "UPDATE order_condition SET ends_on = $2 WHERE id = $1 "
            "AND (ends_on IS NULL OR ends_on > $2)",
            condition_id,
            new.effective_on,
        )
    if new.add:
        first = 1 + await fetch_value(
            "SELECT count(*) FROM order_condition WHERE order_id = $1", found.id
        )
        await add_conditions(found.id, found.person_id, (new.add,), first=first, now=now)
