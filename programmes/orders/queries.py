"""Orders as the asking person may see them. All SQL that reads them, but for their breaches."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from programmes.common.audit import note_reading
from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import NotFound
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.orders.rules import ConditionFacts, OrderFacts
from programmes.orders.words import (
    Authority,
    ConditionKind,
    KindCode,
    KindVersion,
    OrderStatus,
)

READ_ORDERS = Permission(Resource.ORDERS, Verb.READ)
READ_WORDING = Permission(Resource.ORDER_WORDING, Verb.READ)
DAYS_AN_END_IS_LISTED = 28
"""How long an order that ended with no successor stays on the daily list (editable)."""


class OrdersView(StrEnum):
    """Which orders a list shows."""

    LIVE = "live"
    ENDING = "ending"
    LAPSED = "lapsed"
    OVER = "over"


class OrderRow(msgspec.Struct, frozen=True):
    """One line of a list of orders."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    kind: KindCode
    kind_name: str
    made_on: date
    ends_on: date | None
    status: OrderStatus
    follows_id: UUID | None
    succeeded: bool


class OrderWhole(msgspec.Struct, frozen=True):
    """One order with the version of law that it was checked against; never its wording."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    kind: KindCode
    law: KindVersion
    made_on: date
    served_at: datetime | None
    hearing_at: datetime | None
    arrested_at: datetime | None
    offence_on: date | None
    assault_statement_on: date | None
    notified_at: datetime | None
    ends_on: date | None
    issued_by: str
    authority: Authority | None
    follows_id: UUID | None
    status: OrderStatus
    created_at: datetime
    created_by: str | None
    version: int


class ConditionRow(msgspec.Struct, frozen=True):
    """A condition by its kind and times: what everybody who books sessions may see."""

    id: UUID
    number: int
    kind: ConditionKind
    weekdays: str | None
    from_time: str | None
    until_time: str | None
    responsible_person: str | None
    ends_on: date | None


class ChangeRow(msgspec.Struct, frozen=True):
    """One change of an order, and who made it."""

    what: str
    before: OrderStatus
    after: OrderStatus
    ends_before: date | None
    ends_after: date | None
    effective_on: date
    reason: str | None
    changed_at: datetime
    changed_by: str | None


class Orders(msgspec.Struct, frozen=True):
    rows: Sequence[OrderRow]
    total: int


async def orders(
    actor: Actor, *, view: OrdersView = OrdersView.LIVE, today: date, page: int = 1
) -> Orders:
    """The soonest to end first; ended ones by the latest end."""
    must(actor, READ_ORDERS)
    where, order_by = _VIEWS[view]
    total = await fetch_value(f"SELECT count(*) {_FROM} WHERE {where}", today)
    rows = await fetch_as(
        OrderRow,
        f"{ROW} WHERE {where} ORDER BY {order_by}, o.id LIMIT {PAGE} OFFSET $2",
        today,
        (page - 1) * PAGE,
    )
    return Orders(rows, total)


async def orders_of(actor: Actor, person_id: UUID) -> list[OrderRow]:
    """Every order of one person, the latest first."""
    must(actor, READ_ORDERS)
    return await fetch_as(
        OrderRow, f"{ROW} WHERE o.person_id = $1 ORDER BY o.made_on DESC, o.id DESC", person_id
    )


async def order(actor: Actor, order_id: UUID) -> OrderWhole:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_ORDERS)
    found = await fetch_one_as(OrderWhole, f"{_WHOLE} WHERE o.id = $1", order_id)
    if found is None:
        raise NotFound
    return found


async def history_of(actor: Actor, order_id: UUID) -> list[OrderRow]:
    """The whole line that this order stands in, the first instrument first."""
    must(actor, READ_ORDERS)
    return await fetch_as(
        OrderRow,
        f"{_LINE} {ROW} WHERE o.id IN (SELECT id FROM line) ORDER BY o.made_on, o.id",
        order_id,
    )


async def conditions_of(actor: Actor, order_id: UUID) -> list[ConditionRow]:
    must(actor, READ_ORDERS)
    return await fetch_as(
        ConditionRow,
        "SELECT id, number, kind, weekdays, from_time, until_time, responsible_person, ends_on "
        "FROM order_condition WHERE order_id = $1 ORDER BY number",
        order_id,
    )


async def changes_of(actor: Actor, order_id: UUID) -> list[ChangeRow]:
    """Every change of it, newest first."""
    must(actor, READ_ORDERS)
    return await fetch_as(
        ChangeRow,
        "SELECT c.what, c.before, c.after, c.ends_before, c.ends_after, c.effective_on, c.reason, "
        "c.changed_at, a.name AS changed_by FROM order_change c "
        "LEFT JOIN auth.account a ON a.id = c.changed_by "
        "WHERE c.order_id = $1 ORDER BY c.changed_at DESC, c.id DESC",
        order_id,
    )


async def open_wording(actor: Actor, order_id: UUID) -> dict[UUID, str]:
    """The wording as served by condition; that it was opened is noted before it is read."""
    must(actor, READ_WORDING)
    found = await order(actor, order_id)
    await note_reading("order-wording", order_id, person_id=found.person_id)
    rows = await fetch_as(
        _Wording,
        "SELECT w.condition_id, w.wording FROM order_wording w "
        "JOIN order_condition c ON c.id = w.condition_id WHERE c.order_id = $1",
        order_id,
    )
    return {row.condition_id: row.wording for row in rows}


def facts_of(found: OrderWhole, conditions: Sequence[ConditionRow] = ()) -> OrderFacts:
    """As the rules take it. An order of a workbook does not say who gave it: any who may."""
    return OrderFacts(
        made_on=found.made_on,
        authority=found.authority or found.law.authorised_by[0],
        ends_on=found.ends_on,
        served_at=found.served_at,
        hearing_at=found.hearing_at,
        arrested_at=found.arrested_at,
        conditions=tuple(
            ConditionFacts(
                kind=one.kind,
                responsible_person=one.responsible_person or "",
                ends_on=one.ends_on,
            )
            for one in conditions
        ),
    )


class _Wording(msgspec.Struct, frozen=True):
    condition_id: UUID
    wording: str


SUCCEEDED = "EXISTS (SELECT FROM protective_order s WHERE s.follows_id = o.id)"
_FROM = (
    "FROM protective_order o JOIN person p ON p.id = o.person_id "
    "JOIN order_kind k ON k.id = o.kind_id"
)
ROW = (
    "SELECT o.id, o.reference, o.person_id, p.first_name || ' ' || p.last_name AS person_name, "
    "o.kind, k.law->>'short_name' AS kind_name, o.made_on, o.ends_on, o.status, o.follows_id, "
    f"{SUCCEEDED} AS succeeded {_FROM}"
)
_WHOLE = (
    "SELECT o.id, o.reference, o.person_id, p.first_name || ' ' || p.last_name AS person_name, "
    "o.kind, k.law, o.made_on, o.served_at, o.hearing_at, o.arrested_at, o.offence_on, "
    "o.assault_statement_on, o.notified_at, o.ends_on, o.issued_by, o.authority, o.follows_id, "
    "o.status, o.created_at, "
    f"a.name AS created_by, o.version {_FROM} LEFT JOIN auth.account a ON a.id = o.created_by"
)
_IN_FORCE = "o.status IN ('live', 'varied')"
LIVE = f"{_IN_FORCE} AND (o.ends_on IS NULL OR o.ends_on >= $1)"
_LAPSED = (
    f"{_IN_FORCE} AND o.ends_on < $1 AND o.ends_on >= $1 - {DAYS_AN_END_IS_LISTED} "
    f"AND NOT {SUCCEEDED}"
)
_VIEWS = {
    OrdersView.LIVE: (LIVE, "o.ends_on NULLS LAST"),
    OrdersView.ENDING: (f"{LIVE} AND o.ends_on <= $1 + 14", "o.ends_on"),
    OrdersView.LAPSED: (_LAPSED, "o.ends_on DESC"),
    OrdersView.OVER: (f"NOT ({LIVE})", "o.ends_on DESC NULLS LAST"),
}
_LINE = """
WITH RECURSIVE before AS (
    SELECT id, follows_id FROM protective_order WHERE id = $1
    UNION SELECT o.id, o.follows_id FROM protective_order o JOIN before b ON o.id = b.follows_id
), line AS (
    SELECT id FROM before
    UNION SELECT o.id FROM protective_order o JOIN line l ON o.follows_id = l.id
)
"""
