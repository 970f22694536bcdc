"""Breaches as the asking person may see them. All SQL that reads them."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import NotFound
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.orders.breach_rules import BreachCounts, KnownBreach, breach_counts, likely_same
from programmes.orders.words import BreachStage, ConditionKind, KindCode, KindVersion

READ_BREACHES = Permission(Resource.BREACH, Verb.READ)


class BreachView(StrEnum):
    """Which breaches a list shows."""

    OPEN = "open"
    ESTABLISHED = "established"
    ALL = "all"


class BreachRow(msgspec.Struct, frozen=True):
    """One line of a list of breaches."""

    id: UUID
    reference: str
    order_id: UUID
    order_reference: str
    event_id: UUID
    person_id: UUID
    person_name: str
    kind_name: str
    condition: ConditionKind | None
    occurred_at: datetime
    stage: BreachStage


class BreachWhole(msgspec.Struct, frozen=True):
    """One breach with the law of the order that was broken."""

    id: UUID
    reference: str
    order_id: UUID
    order_reference: str
    order_kind: KindCode
    law: KindVersion
    person_id: UUID
    person_name: str
    condition_id: UUID | None
    condition_number: int | None
    condition: ConditionKind | None
    event_id: UUID
    occurred_at: datetime
    reported_at: datetime
    arrested_at: datetime | None
    court_at: datetime | None
    stage: BreachStage
    sanction: str | None
    response: str | None
    account: str | None
    evidence: str | None
    reported_by: str | None
    created_at: datetime
    created_by: str | None
    version: int


class StageRow(msgspec.Struct, frozen=True):
    """One change of stage, when it happened, and who recorded it."""

    before: BreachStage | None
    after: BreachStage
    happened_at: datetime | None
    moved_at: datetime
    moved_by: str | None
    reason: str | None


class Breaches(msgspec.Struct, frozen=True):
    rows: Sequence[BreachRow]
    total: int


async def breaches(actor: Actor, *, view: BreachView = BreachView.OPEN, page: int = 1) -> Breaches:
    """The latest first."""
    must(actor, READ_BREACHES)
    where = _VIEWS[view]
    total = await fetch_value(f"SELECT count(*) {_FROM} WHERE {where}")
    rows = await fetch_as(
        BreachRow,
        f"{_ROW} WHERE {where} ORDER BY b.occurred_at DESC, b.id DESC LIMIT {PAGE} OFFSET $1",
        (page - 1) * PAGE,
    )
    return Breaches(rows, total)


async def breaches_of_person(actor: Actor, person_id: UUID) -> list[BreachRow]:
    must(actor, READ_BREACHES)
    return await fetch_as(
        BreachRow, f"{_ROW} WHERE b.person_id = $1 ORDER BY b.occurred_at DESC, b.id", person_id
    )


async def breaches_of_order(actor: Actor, order_id: UUID) -> list[BreachRow]:
    must(actor, READ_BREACHES)
    return await fetch_as(
        BreachRow, f"{_ROW} WHERE b.order_id = $1 ORDER BY b.occurred_at DESC, b.id", order_id
    )


async def breach(actor: Actor, breach_id: UUID) -> BreachWhole:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_BREACHES)
    found = await fetch_one_as(BreachWhole, f"{_WHOLE} WHERE b.id = $1", breach_id)
    if found is None:
        raise NotFound
    return found


async def stages_of(actor: Actor, breach_id: UUID) -> list[StageRow]:
    """Every change of its stage, newest first."""
    must(actor, READ_BREACHES)
    return await fetch_as(
        StageRow,
        "SELECT m.before, m.after, m.happened_at, m.moved_at, a.name AS moved_by, m.reason "
        "FROM breach_move m LEFT JOIN auth.account a ON a.id = m.moved_by "
        "WHERE m.breach_id = $1 ORDER BY m.moved_at DESC, m.before IS NULL, m.id DESC",
        breach_id,
    )


async def same_event(actor: Actor, found: BreachWhole) -> list[BreachRow]:
    """The other breaches that the same act was: one event, counted once as event."""
    must(actor, READ_BREACHES)
    return await fetch_as(
        BreachRow,
        f"{_ROW} WHERE b.event_id = $1 AND b.id <> $2 ORDER BY b.occurred_at, b.id",
        found.event_id,
        found.id,
    )


async def likely_matches(actor: Actor, person_id: UUID, occurred_at: datetime) -> list[BreachRow]:
    """What is recorded already of this person near this moment, the nearest first."""
    must(actor, READ_BREACHES)
    rows = await breaches_of_person(actor, person_id)
    known = [
        KnownBreach(
            event_id=row.event_id,
            order_id=row.order_id,
            occurred_at=row.occurred_at,
            stage=row.stage,
        )
        for row in rows
    ]
    near = [one.event_id for one in likely_same(occurred_at, known)]
    return sorted(
        (row for row in rows if row.event_id in near), key=lambda r: near.index(r.event_id)
    )


async def breach_figures(actor: Actor, *, since: date, until: date) -> BreachCounts:
    """Four counts that are never added up, of what happened in [since, until)."""
    must(actor, READ_BREACHES)
    known = await fetch_as(
        KnownBreach,
        "SELECT event_id, order_id, occurred_at, stage FROM breach "
        "WHERE occurred_at >= $1::date::timestamp AT TIME ZONE 'Europe/London' "
        "AND occurred_at < $2::date::timestamp AT TIME ZONE 'Europe/London'",
        since,
        until,
    )
    return breach_counts(known)


_FROM = (
    "FROM breach b JOIN protective_order o ON o.id = b.order_id "
    "JOIN person p ON p.id = b.person_id JOIN order_kind k ON k.id = o.kind_id "
    "LEFT JOIN order_condition c ON c.id = b.condition_id"
)
_NAME = "p.first_name || ' ' || p.last_name AS person_name"
_ROW = (
    "SELECT b.id, b.reference, b.order_id, o.reference AS order_reference, b.event_id, "
    f"b.person_id, {_NAME}, k.law->>'short_name' AS kind_name, c.kind AS condition, "
    f"b.occurred_at, b.stage {_FROM}"
)
_WHOLE = (
    "SELECT b.id, b.reference, b.order_id, o.reference AS order_reference, o.kind AS order_kind, "
    f"k.law, b.person_id, {_NAME}, b.condition_id, c.number AS condition_number, "
    "c.kind AS condition, b.event_id, b.occurred_at, b.reported_at, b.arrested_at, b.court_at, "
    "b.stage, b.sanction, b.response, b.account, b.evidence, g.name AS reported_by, b.created_at, "
    f"a.name AS created_by, b.version {_FROM} LEFT JOIN agency g ON g.id = b.reported_by_agency_id "
    "LEFT JOIN auth.account a ON a.id = b.created_by"
)
_VIEWS = {
    BreachView.OPEN: "b.stage IN ('alleged', 'arrested', 'before court')",
    BreachView.ESTABLISHED: "b.stage IN ('admitted', 'proved')",
    BreachView.ALL: "true",
}
