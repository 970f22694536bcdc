"""The audit, from the side of the code: naming the act, and noting what leaves no row."""

from typing import Any
from uuid import UUID

from programmes.common.db import execute, fetch_value
from programmes.common.permissions import Grant, Permission, must
from programmes.common.staff import Actor


async def begin(actor: Actor, permission: Permission, act: str, *, reason: str = "") -> Grant:
    """The first line of every command: may they, and what the audit will call it.

    The database refuses any write of a transaction that has not named its act.
    """
    grant = must(actor, permission)
    await name_act(act, reason=reason)
    return grant


async def name_act(act: str, *, reason: str = "") -> None:
    await execute(
        "SELECT set_config('waymark.act', $1, true), set_config('waymark.reason', $2, true)",
        act,
        reason,
    )


async def note_reading(resource: str, row_id: UUID | str, *, person_id: UUID | None = None) -> None:
    """That somebody opened a record (Data Protection Act 2018 s.62: consultation)."""
    await note("read", f"read-{resource}", resource=resource, row_id=row_id, person_id=person_id)


async def note(
    operation: str,
    act: str,
    *,
    resource: str,
    row_id: UUID | str | None = None,
    person_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    await fetch_value(
        "SELECT audit.note($1, $2, $3, $4, $5, $6)",
        operation,
        act,
        resource,
        None if row_id is None else str(row_id),
        person_id,
        detail,
    )
