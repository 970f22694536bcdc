"""What stands beside an order: others that bind at the same time, and what ends soon."""

from datetime import date

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor
from programmes.orders.conflict_rules import HeldCondition
from programmes.orders.expiry_rules import WARNING_DAYS, ExpiryTask, expiry_task
from programmes.orders.queries import LIVE, READ_ORDERS, ROW, SUCCEEDED, OrderRow, OrderWhole


class ExpiringOrder(msgspec.Struct, frozen=True):
    """An order that ends soon, and which question about it is due."""

    order: OrderRow
    task: ExpiryTask


async def live_beside(actor: Actor, found: OrderWhole, *, today: date) -> list[OrderRow]:
    """Other orders on the same person that bind him at the same time as this one."""
    must(actor, READ_ORDERS)
    return await fetch_as(
        OrderRow,
        f"{ROW} WHERE {LIVE} AND o.person_id = $2 AND o.id <> $3 ORDER BY o.made_on, o.id",
        today,
        found.person_id,
        found.id,
    )


async def conditions_beside(actor: Actor, found: OrderWhole, *, today: date) -> list[HeldCondition]:
    """The conditions of the other orders that bind him now, by kind and times."""
    must(actor, READ_ORDERS)
    return await fetch_as(
        HeldCondition,
        "SELECT o.reference AS order_reference, c.kind, c.from_time, c.until_time "
        "FROM order_condition c JOIN protective_order o ON o.id = c.order_id "
        f"WHERE {LIVE} AND o.person_id = $2 AND o.id <> $3 "
        "AND (c.ends_on IS NULL OR c.ends_on >= $1) ORDER BY o.made_on, o.id, c.number",
        today,
        found.person_id,
        found.id,
    )


async def expiring(actor: Actor, *, today: date) -> list[ExpiringOrder]:
    """Orders with nothing after them, 14, 7, 3 or 1 days or fewer before their last day."""
    must(actor, READ_ORDERS)
    rows = await fetch_as(
        OrderRow,
        f"{ROW} WHERE {LIVE} AND o.ends_on <= $1 + {max(WARNING_DAYS)} AND NOT {SUCCEEDED} "
        "ORDER BY o.ends_on, o.id",
        today,
    )
    due = ((row, expiry_task(row.ends_on, today=today)) for row in rows if row.ends_on)
    return [ExpiringOrder(row, task) for row, task in due if task is not None]
