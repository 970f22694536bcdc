"""One import at a time, and what is remembered of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import asyncpg

from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.common.tables import ImportBatch
from programmes.common.workbooks.changes import RowKey

_ONE_AT_A_TIME: Final = 7010
_PATIENCE: Final = "10s"
_REMEMBER: Final = """
INSERT INTO imported_row (id, sheet, row_key, fingerprint, batch_id)
SELECT n.*, $5 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[]) AS n
ON CONFLICT (sheet, row_key) DO UPDATE
SET fingerprint = excluded.fingerprint, batch_id = excluded.batch_id
"""


async def refuse_two_imports() -> None:
    """Until the transaction ends, no other import begins on this side.

    One that was killed a moment ago may still be on its way out: it is waited for. Ten years of
    a city may take longer than a page is given.
    """
    await fetch_value("SELECT set_config('statement_timeout', '0', true)")
    await fetch_value("SELECT set_config('lock_timeout', $1, true)", _PATIENCE)
    try:
        await fetch_value("SELECT pg_advisory_xact_lock($1)", _ONE_AT_A_TIME)
    except asyncpg.LockNotAvailableError as problem:
        message = "Another import is running. Wait until it has ended, and try again."
        raise Refused(message) from problem
    await fetch_value("SELECT set_config('lock_timeout', '0', true)")


async def remember_import(
    file_hash: str,
    *,
    new: Mapping[RowKey, bytes],
    changed: Mapping[RowKey, bytes],
    actor: Actor,
    now: datetime,
) -> None:
    """The file's hash, and what each written row says, so that it is known again."""
    batch_id = new_id(now)
    await insert(
        ImportBatch,
        id=batch_id,
        file_hash=file_hash,
        imported_at=now,
        imported_by=actor.account_id,
        rows_new=len(new),
        rows_changed=len(changed),
    )
    said = {**new, **changed}
    await execute(
        _REMEMBER,
        [new_id(now) for _ in said],
        [sheet for sheet, _ in said],
        [row_key for _, row_key in said],
        list(said.values()),
        batch_id,
    )
