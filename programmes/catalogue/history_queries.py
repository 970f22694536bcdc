"""How a programme's status changed, and what depends on it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_PROGRAMMES = Permission(Resource.CATALOGUE, Verb.READ)


class ProgrammeMoveRow(Struct, frozen=True):
    before: str | None
    after: str
    moved_at: datetime
    moved_by: str | None
    reason: str | None


class InUse(Struct, frozen=True):
    """Of one programme: people waiting and groups not over, among those one may see."""

    code: str
    waiting: int
    groups: int


async def programme_moves(actor: Actor, programme_id: UUID) -> Sequence[ProgrammeMoveRow]:
    """Newest first; a programme of the first day has none."""
    must(actor, READ_PROGRAMMES)
    return await fetch_as(
        ProgrammeMoveRow,
        "SELECT m.before, m.after, m.moved_at, a.name AS moved_by, m.reason FROM programme_move m "
        "LEFT JOIN auth.account a ON a.id = m.moved_by WHERE m.programme_id = $1 "
        "ORDER BY m.moved_at DESC, m.id DESC",
        programme_id,
    )


async def in_use(actor: Actor) -> dict[str, InUse]:
    must(actor, READ_PROGRAMMES)
    rows = await fetch_as(
        InUse,
        "SELECT g.code, (SELECT count(*)::int FROM referral r WHERE r.programme_id = g.id "
        "AND r.status IN ('waiting', 'offered')) AS waiting, (SELECT count(*)::int FROM cohort c "
        "WHERE c.programme_id = g.id AND c.status IN ('planned', 'running')) AS groups "
        "FROM programme g",
    )
    return {row.code: row for row in rows}
