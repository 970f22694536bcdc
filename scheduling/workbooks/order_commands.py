"""Writes the orders of a programme book with their conditions, and the breaches of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from programmes.common.db import execute_many, fetch, insert_many
from programmes.common.workbooks.text import as_heading
from programmes.orders.kind_queries import kind_for_history
from programmes.orders.tables import Breach, BreachMove, Order, OrderCondition, OrderWording
from programmes.orders.words import ENGLAND_AND_WALES, KindCode
from scheduling.workbooks.import_work import ImportWork
from scheduling.workbooks.meaning_rules import condition_kind, midday
from scheduling.workbooks.words import BreachRow, OrderRow

AREA = ENGLAND_AND_WALES
_UPDATE_ORDER = """
UPDATE protective_order SET ends_on = $2, issued_by = $3, version = version + 1
WHERE id = $1 AND (ends_on, issued_by) IS DISTINCT FROM ($2, $3)
"""
_UPDATE_BREACH = """
UPDATE breach SET stage = $2, response = $3, sanction = $4, version = version + 1
WHERE id = $1 AND (stage, response, sanction) IS DISTINCT FROM ($2, $3, $4)
"""


async def write_orders(work: ImportWork) -> None:
    """New orders with every condition; of stored ones the end, and conditions that were added."""
    written = work.plan.orders.written
    new = [row for row in written if row.ref not in work.orders]
    changed = [row for row in written if row.ref in work.stored.orders]
    work.orders.update({row.ref: work.new_id() for row in new})
    await insert_many(Order, [_order(work, row) for row in new])
    ends = [(work.orders[row.ref], row.ends_on, row.issued_by) for row in changed]
    await execute_many(_UPDATE_ORDER, ends)
    conditions, wordings = [], []
    for row in written:
        for condition, wording in _conditions(work, row):
            conditions.append(condition)
            wordings.append(wording)
    await insert_many(OrderCondition, conditions)
    await insert_many(OrderWording, wordings)


def _order(work: ImportWork, row: OrderRow) -> dict[str, Any]:
    kind = kind_for_history(work.kinds, KindCode(row.kind), area=AREA, on=row.made_on)
    return {
        "id": work.orders[row.ref],
        "reference": row.ref,
        "source_ref": row.ref,
        "person_id": work.people[row.person_ref],
        "kind_id": kind.id,
        "kind": row.kind,
        "made_on": row.made_on,
        "ends_on": row.ends_on,
        "issued_by": row.issued_by,
        "status": "live",
        "created_at": work.now,
        "created_by": work.actor.account_id,
    }


def _conditions(work: ImportWork, row: OrderRow) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """Each condition that is not stored yet, and its wording as served."""
    stored = work.stored.orders.get(row.ref)
    known = stored.conditions if stored is not None else ()
    added = [text for text in row.conditions if text not in known]
    for number, text in enumerate(added, start=len(known) + 1):
        condition_id = work.new_id()
        person_id = work.people[row.person_ref]
        condition = {
            "id": condition_id,
            "order_id": work.orders[row.ref],
            "person_id": person_id,
            "number": number,
            "kind": condition_kind(text),
        }
        wording = {
            "id": work.new_id(),
            "condition_id": condition_id,
            "person_id": person_id,
            "wording": text,
        }
        yield condition, wording


async def write_breaches(work: ImportWork) -> None:
    """Each breach is an event of its own: a book tells nothing of one event under two orders."""
    written = work.plan.breaches.written
    new = [row for row in written if row.ref not in work.stored.breaches]
    changed = [row for row in written if row.ref in work.stored.breaches]
    conditions = await _condition_ids(work, new)
    people = {row.ref: work.people[row.person_ref] for row in work.book.orders}
    made = {row.ref: work.new_id() for row in new}
    await insert_many(
        Breach,
        [_breach(work, row, made[row.ref], people[row.order_ref], conditions) for row in new],
    )
    await execute_many(
        _UPDATE_BREACH,
        [
            (work.stored.breaches[row.ref].id, row.stage, row.response, row.outcome)
            for row in changed
        ],
    )
    moves = [_move(work, made[row.ref], people[row.order_ref], None, row) for row in new]
    for row in changed:
        stored = work.stored.breaches[row.ref]
        if stored.stage != row.stage:
            moves.append(_move(work, stored.id, stored.person_id, stored.stage, row))
    await insert_many(BreachMove, moves)


async def _condition_ids(
    work: ImportWork, rows: Iterable[BreachRow]
) -> dict[tuple[UUID, str], UUID]:
    """Conditions by order and wording, compared as headings are."""
    found = await fetch(
        "SELECT c.order_id, c.id, w.wording FROM order_condition c "
        "JOIN order_wording w ON w.condition_id = c.id WHERE c.order_id = ANY($1)",
        [work.orders[row.order_ref] for row in rows],
    )
    return {(row["order_id"], as_heading(row["wording"])): row["id"] for row in found}


def _breach(
    work: ImportWork,
    row: BreachRow,
    breach_id: UUID,
    person_id: UUID,
    conditions: dict[tuple[UUID, str], UUID],
) -> dict[str, Any]:
    order_id = work.orders[row.order_ref]
    return {
        "id": breach_id,
        "reference": row.ref,
        "source_ref": row.ref,
        "order_id": order_id,
        "person_id": person_id,
        "condition_id": conditions.get((order_id, as_heading(row.condition_broken or ""))),
        "event_id": work.new_id(),
        "occurred_at": midday(row.occurred_on),
        "reported_at": midday(row.reported_on),
        "stage": row.stage,
        "response": row.response,
        "sanction": row.outcome,
        "created_at": work.now,
        "created_by": work.actor.account_id,
    }


def _move(
    work: ImportWork, breach_id: UUID, person_id: UUID, before: str | None, row: BreachRow
) -> dict[str, Any]:
    """A book gives the stage that was reached, and no day for it: the day reported stands in."""
    return {
        "id": work.new_id(),
        "breach_id": breach_id,
        "person_id": person_id,
        "before": before,
        "after": row.stage,
        "moved_at": midday(row.reported_on) if before is None else work.now,
        "moved_by": work.actor.account_id,
    }
