"""The trail, as the asking person may read it: all, their own acts, or sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.audit import note
from programmes.common.db import Side, fetch, fetch_as, fetch_value
from programmes.common.permissions import Permission, Resource, Scope, Verb, grant_of, must
from programmes.common.staff import Actor, Role

PAGE = 50
FIND_AUDITED = "find-audited-person"


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


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries are asked for; what is empty asks for all.

    `who` begins the name of whoever did it, in any letters. A `reference` of somebody whose record
    the asking person may not see finds what one of nobody finds; auditors see no record, and may
    still ask who opened one.
    """

    act: str = ""
    operation: str = ""
    who: str = ""
    reference: str = ""


def reads_whole_audit(actor: Actor) -> bool:
    """Not only their own acts."""
    grant = grant_of(actor.role, read_audit(actor.side))
    return grant is not None and grant.scope is Scope.ALL


async def trail(actor: Actor, wanted: Narrowed, *, page: int = 1) -> Trail:
    """Newest first, 50 a page. That somebody asked about one person is itself noted."""
    must(actor, read_audit(actor.side))
    if not wanted.reference:
        return await _found(actor, wanted, _ASKED, page=page)
    person_id = await _person_behind(actor, wanted.reference)
    found = await _found(actor, wanted, f"{_ASKED} AND e.person_id = $4", person_id, page=page)
    if reads_whole_audit(actor) and actor.side is Side.WORK:
        # Of nobody on record and of somebody of whom nothing stands here: the same, for good.
        known = person_id if found.total else None
        await note("read", FIND_AUDITED, resource="audit", row_id=known, person_id=known)
    return found


async def _found(
    actor: Actor, wanted: Narrowed, where: str, *about: UUID | None, page: int
) -> Trail:
    asked = [wanted.act, wanted.operation, wanted.who, *about]
    total = await fetch_value(f"SELECT count(*) FROM audit.entry e WHERE {where}", *asked)
    rows = await fetch_as(
        TrailRow,
        f"{_entry(actor.side)} WHERE {where} ORDER BY e.at DESC, e.id "
        f"LIMIT {PAGE} OFFSET ${len(asked) + 1}",
        *asked,
        (page - 1) * PAGE,
    )
    return Trail(rows, total)


_ASKED = (
    "($1 = '' OR e.act = $1) AND ($2 = '' OR e.operation = $2) AND ($3 = '' OR e.account_id IN "
    "(SELECT w.id FROM auth.account w WHERE lower(left(w.name, length($3))) = lower($3)))"
)


async def _person_behind(actor: Actor, reference: str) -> UUID | None:
    """The survivor side's trail names no references."""
    if actor.side is not Side.WORK:
        return None
    if actor.role is Role.AUDITOR:
        found: UUID | None = await fetch_value("SELECT auth.audited_person($1)", reference)
    else:
        found = await fetch_value("SELECT id FROM person WHERE reference = upper($1)", reference)
    return found


async def acts(actor: Actor) -> list[str]:
    """Every act that stands in the trail, for narrowing it."""
    must(actor, read_audit(actor.side))
    found: list[str] = await fetch_value(
        "SELECT coalesce(array_agg(DISTINCT act ORDER BY act), '{}') FROM audit.entry"
    )
    return found


async def counted_since(actor: Actor, since: datetime) -> dict[str, int]:
    """How many entries of each kind there are from this moment on."""
    must(actor, read_audit(actor.side))
    rows = await fetch(
        "SELECT operation, count(*) AS number FROM audit.entry WHERE at >= $1 GROUP BY operation",
        since,
    )
    return {row["operation"]: row["number"] for row in rows}


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
