"""Taking a list away: asked for with a reason, agreed to by a second person where it is long."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from programmes.common.audit import begin, note
from programmes.common.db import execute, insert
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.export_queries import (
    MOST_ROWS,
    Value,
    count_of,
    export_of,
    rows_of,
)
from programmes.referrals.export_tables import ExportAsk

EXPORT = Permission(Resource.EXPORT, Verb.READ)
ALONE: Final = 200
"""Rows that one person may take away alone."""
STANDS_FOR: Final = timedelta(hours=24)


async def ask_export(name: str, *, reason: str, actor: Actor, now: datetime) -> UUID:
    """Raises Refused for a list that is empty, or longer than can leave at once."""
    await begin(actor, EXPORT, "ask-export", reason=reason)
    rows = await count_of(actor, name)
    if rows == 0:
        raise Refused("There is nothing in this list that you may see.")
    if rows > MOST_ROWS:
        raise Refused(f"This list has {rows:,} rows; at most {MOST_ROWS:,} leave at once.")
    export_id = new_id(now)
    await insert(
        ExportAsk,
        id=export_id,
        list_name=name,
        query={},
        rows=rows,
        reason=reason,
        asked_by=actor.account_id,
        asked_at=now,
    )
    return export_id


async def agree_export(export_id: UUID, *, actor: Actor, now: datetime) -> None:
    """By somebody else. Raises Refused for one's own, Conflict where it is agreed already."""
    await begin(actor, EXPORT, "agree-export")
    found = await export_of(actor, export_id)
    if found.asked_by == actor.account_id:
        raise Refused("You asked for this list yourself. Somebody else has to agree.")
    changed = await execute(
        "UPDATE export_ask SET agreed_by = $2, agreed_at = $3 WHERE id = $1 AND agreed_at IS NULL",
        export_id,
        actor.account_id,
        now,
    )
    if changed == 0:
        raise Conflict("Somebody else agreed to this meanwhile.")


async def take_export(
    export_id: UUID, *, actor: Actor, now: datetime
) -> tuple[str, list[Sequence[Value]]]:
    """Its name and rows, once, noted as disclosed. The caller has asked for the code again.

    Raises Refused while a second person is wanted, after a day, or where it grew beyond what was
    agreed to.
    """
    await begin(actor, EXPORT, "take-export")
    found = await export_of(actor, export_id)
    if found.asked_by != actor.account_id:
        raise NotFound
    if found.rows > ALONE and found.agreed_at is None:
        raise Refused("More than 200 rows: a second person has to agree first.")
    if now - (found.agreed_at or found.asked_at) > STANDS_FOR:
        raise Refused("This was asked for more than a day ago. Ask again.")
    rows = await rows_of(actor, found.list_name)
    if len(rows) > max(ALONE, found.rows):
        raise Refused("The list has grown since. Ask again.")
    changed = await execute(
        "UPDATE export_ask SET taken_at = $2 WHERE id = $1 AND taken_at IS NULL", export_id, now
    )
    if changed == 0:
        raise Conflict("This list was taken away already. Ask again for another.")
    detail = {"rows": len(rows), "reason": found.reason}
    await note("disclose", "take-export", resource=found.list_name, row_id=export_id, detail=detail)
    return found.list_name, rows
