"""The clocks that run on the orders that the asking person may see."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from programmes.common.clock import london_date
from programmes.common.db import fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor
from programmes.orders.queries import READ_ORDERS
from programmes.orders.running_rules import (
    Arrest,
    ClockedOrder,
    RunningClock,
    clocks_of,
    is_open,
    is_to_see_to,
)
from programmes.orders.words import BreachStage, KindVersion, OrderStatus

ENDS_WITHIN = timedelta(days=28)
"""How far ahead the page of running clocks looks for ends (editable)."""


class ClockRow(msgspec.Struct, frozen=True):
    """One clock, on whose order it runs."""

    order_id: UUID
    order_reference: str
    person_id: UUID
    person_name: str
    kind_name: str
    clock: RunningClock


async def running_clocks(
    actor: Actor, *, now: datetime, ends_within: timedelta = ENDS_WITHIN
) -> list[ClockRow]:
    """Every clock that somebody must still see to, the soonest first."""
    must(actor, READ_ORDERS)
    orders = await fetch_as(_Order, f"{_ORDERS} WHERE {_OPEN}", london_date(now))
    rows = await _with_clocks(orders, now)
    shown = [row for row in rows if is_to_see_to(row.clock, now=now, ends_within=ends_within)]
    return sorted(shown, key=lambda row: (row.clock.due_at, row.order_reference))


async def clocks_of_order(actor: Actor, order_id: UUID, *, now: datetime) -> list[ClockRow]:
    """Also those that were met or missed."""
    must(actor, READ_ORDERS)
    orders = await fetch_as(_Order, f"{_ORDERS} WHERE o.id = $1", order_id)
    return await _with_clocks(orders, now)


async def clocks_of_person(actor: Actor, person_id: UUID, *, now: datetime) -> list[ClockRow]:
    """Those that still run on one person's orders, the soonest first."""
    must(actor, READ_ORDERS)
    orders = await fetch_as(_Order, f"{_ORDERS} WHERE o.person_id = $1", person_id)
    rows = [row for row in await _with_clocks(orders, now) if is_open(row.clock)]
    return sorted(rows, key=lambda row: row.clock.due_at)


async def _with_clocks(orders: Sequence["_Order"], now: datetime) -> list[ClockRow]:
    arrests = await _arrests([order.id for order in orders])
    return [
        ClockRow(
            order.id, order.reference, order.person_id, order.person_name, order.law.short_name, one
        )
        for order in orders
        for one in clocks_of(_clocked(order, arrests.get(order.id, [])), now=now)
    ]


async def _arrests(order_ids: Sequence[UUID]) -> dict[UUID, list[Arrest]]:
    rows = await fetch_as(
        _ArrestRow,
        "SELECT order_id, id AS breach_id, reference, arrested_at, court_at, stage FROM breach "
        "WHERE order_id = ANY($1) AND arrested_at IS NOT NULL ORDER BY arrested_at, id",
        list(order_ids),
    )
    found: dict[UUID, list[Arrest]] = {}
    for row in rows:
        arrest = Arrest(
            breach_id=row.breach_id,
            reference=row.reference,
            arrested_at=row.arrested_at,
            court_at=row.court_at,
            stage=row.stage,
        )
        found.setdefault(row.order_id, []).append(arrest)
    return found


def _clocked(order: "_Order", arrests: Sequence[Arrest]) -> ClockedOrder:
    return ClockedOrder(
        law=order.law,
        made_on=order.made_on,
        status=order.status,
        ends_on=order.ends_on,
        served_at=order.served_at,
        hearing_at=order.hearing_at,
        arrested_at=order.arrested_at,
        offence_on=order.offence_on,
        assault_statement_on=order.assault_statement_on,
        notified_at=order.notified_at,
        succeeded_on=order.succeeded_on,
        arrests=tuple(arrests),
    )


class _ArrestRow(msgspec.Struct, frozen=True):
    order_id: UUID
    breach_id: UUID
    reference: str
    arrested_at: datetime
    court_at: datetime | None
    stage: BreachStage


class _Order(msgspec.Struct, frozen=True):
    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    law: KindVersion
    made_on: date
    status: OrderStatus
    ends_on: date | None
    served_at: datetime | None
    hearing_at: datetime | None
    arrested_at: datetime | None
    offence_on: date | None
    assault_statement_on: date | None
    notified_at: datetime | None
    succeeded_on: date | None


_ORDERS = (
    "SELECT o.id, o.reference, o.person_id, p.first_name || ' ' || p.last_name AS person_name, "
    "k.law, o.made_on, o.status, o.ends_on, o.served_at, o.hearing_at, o.arrested_at, "
    "o.offence_on, o.assault_statement_on, o.notified_at, "
    "(SELECT min(s.made_on) FROM protective_order s "
    "WHERE s.follows_id = o.id) AS succeeded_on FROM protective_order o "
    "JOIN person p ON p.id = o.person_id JOIN order_kind k ON k.id = o.kind_id"
)
_OPEN = (
    "(o.status IN ('live', 'varied') AND (o.ends_on IS NULL OR o.ends_on >= $1 "
    "OR o.offence_on IS NOT NULL OR (o.notified_at IS NULL AND o.made_on >= $1 - 60))) "
    "OR EXISTS (SELECT FROM breach b WHERE b.order_id = o.id AND b.arrested_at IS NOT NULL "
    "AND b.court_at IS NULL AND b.stage NOT IN ('withdrawn'))"
)
