"""The trail, as the asking person may read it: all, their own acts, or sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import Side, fetch_as, fetch_value
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

PAGE = 50


class TrailRow(msgspec.Struct, frozen=True):
    """One entry: who, what, to which record, when, why. Names columns, never their contents."""

    id: UUID
    at: datetime
    who: str | None
    role: str | None
    act: str
    operation: str
    resource: str
    row_id: str | None
    person_reference: str | None
    reason: str | None
    columns: list[str] | None


class Trail(msgspec.Struct, frozen=True):
    rows: Sequence[TrailRow]
    total: int


def read_audit(side: Side) -> Permission:
    resource = Resource.AUDIT_WORK if side is Side.WORK else Resource.AUDIT_SURVIVOR
    return Permission(resource, Verb.READ)


async def trail(
    actor: Actor, *, act: str = "", operation: str = "", who: UUID | None = None, page: int = 1
) -> Trail:
    """Newest first, 50 a page, narrowed to an act, a kind of operation, or one account."""
    must(actor, read_audit(actor.side))
    where = (
        "($1 = '' OR e.act = $1) AND ($2 = '' OR e.operation = $2) "
        "AND ($3::uuid IS NULL OR e.account_id = $3)"
    )
    total = await fetch_value(
        f"SELECT count(*) FROM audit.entry e WHERE {where}", act, operation, who
    )
    rows = await fetch_as(
        TrailRow,
        f"{_entry(actor.side)} WHERE {where} ORDER BY e.at DESC, e.id LIMIT {PAGE} OFFSET $4",
        act,
        operation,
        who,
        (page - 1) * PAGE,
    )
    return Trail(rows, total)


async def acts(actor: Actor) -> list[str]:
    """Every act that stands in the trail, for narrowing it."""
    must(actor, read_audit(actor.side))
    found: list[str] = await fetch_value(
        "SELECT coalesce(array_agg(DISTINCT act ORDER BY act), '{}') FROM audit.entry"
    )
    return found


def _entry(side: Side) -> str:
    """The auditor has no cases: a person stands in the trail by reference, never by name."""
    reference = (
        "(SELECT p.reference FROM person p WHERE p.id = e.person_id)"
        if side is Side.WORK
        else "NULL::text"
    )
    return (
        f"SELECT e.id, e.at, a.name AS who, e.role, e.act, e.operation, e.resource, e.row_id, "
        f"{reference} AS person_reference, e.reason, e.columns "
        "FROM audit.entry e LEFT JOIN auth.account a ON a.id = e.account_id"
    )
