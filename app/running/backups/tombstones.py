"""Who was erased: kept beside the backups, so that a restore erases them again.

A backup of yesterday holds the wrapped key of somebody who was erased today. The list names keys by
their ids alone, which lead to nobody without the database.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from app.safekeeping.private_files import write_private
from programmes.common.errors import Refused


class Tombstone(msgspec.Struct, frozen=True):
    data_key: UUID
    destroyed_at: datetime


def home_list(home: Path) -> Path:
    return home / "backups" / "erased.json"


def list_beside(directory: Path) -> Path:
    return directory / "waymark-survivor-erased.json"


def read_tombstones(*files: Path) -> dict[UUID, Tombstone]:
    """Of all these files together. Raises Refused where one cannot be read: never less than all."""
    found: dict[UUID, Tombstone] = {}
    for file in files:
        if file.exists():
            try:
                listed = msgspec.json.decode(file.read_bytes(), type=list[Tombstone])
            except msgspec.DecodeError as problem:
                raise Refused(f"The list of the erased {file} cannot be read.") from problem
            found |= {one.data_key: one for one in listed}
    return found


async def keep_tombstones(connection: Any, *files: Path) -> int:
    """Adds what the database says is erased to every list; nothing is ever taken from one."""
    rows = await connection.fetch(
        "SELECT id, destroyed_at FROM data_key WHERE wrapped IS NULL AND destroyed_at IS NOT NULL"
    )
    erased = {row["id"]: Tombstone(row["id"], row["destroyed_at"]) for row in rows}
    for file in files:
        known = read_tombstones(file)
        if not erased.keys() <= known.keys():
            write_private(file, _encoded({**known, **erased}.values()))
    return len(erased)


async def erase_again(connection: Any, tombstones: dict[UUID, Tombstone]) -> int:
    """In the restored database, as its operator: how many were there once more."""
    erased = 0
    for one in tombstones.values():
        status = await connection.execute(
            "UPDATE data_key SET wrapped = NULL, destroyed_at = $2 "
            "WHERE id = $1 AND wrapped IS NOT NULL",
            one.data_key,
            one.destroyed_at,
        )
        erased += int(status.rsplit(" ", 1)[-1])
        await connection.execute(
            "UPDATE survivor SET sealed_name = NULL "
            "WHERE data_key_id = $1 AND sealed_name IS NOT NULL",
            one.data_key,
        )
    return erased


def _encoded(tombstones: Iterable[Tombstone]) -> bytes:
    listed = sorted(tombstones, key=lambda one: (one.destroyed_at, one.data_key))
    return msgspec.json.encode(listed) + b"\n"
