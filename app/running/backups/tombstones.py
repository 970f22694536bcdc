"""Who was erased: kept beside the backups, so that a restore erases them again.

A backup of yesterday holds the wrapped key of a survivor, and the name of a participant, who were
erased today. The lists name keys and records by their ids alone, which lead to nobody without the
database. Each side has its own, in files of its own.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from app.safekeeping.private_files import write_private
from programmes.common.db import Side
from programmes.common.errors import Refused


class ErasedSurvivor(msgspec.Struct, frozen=True):
    """By the id of the data key that was destroyed."""

    id: UUID = msgspec.field(name="data_key")
    at: datetime = msgspec.field(name="destroyed_at")


class ErasedPerson(msgspec.Struct, frozen=True):
    """A participant, by the id of the record that leads to nobody now."""

    id: UUID = msgspec.field(name="person")
    at: datetime = msgspec.field(name="erased_at")


Tombstone = ErasedSurvivor | ErasedPerson
_KINDS: dict[Side, type[Tombstone]] = {Side.SURVIVOR: ErasedSurvivor, Side.WORK: ErasedPerson}
_LISTS: dict[Side, Any] = {Side.SURVIVOR: list[ErasedSurvivor], Side.WORK: list[ErasedPerson]}
_ERASED = {
    Side.SURVIVOR: (
        "SELECT id, destroyed_at AS at FROM data_key "
        "WHERE wrapped IS NULL AND destroyed_at IS NOT NULL"
    ),
    Side.WORK: "SELECT person_id AS id, min(erased_at) AS at FROM person_erased GROUP BY person_id",
}


def home_list(home: Path, side: Side) -> Path:
    return home / "backups" / f"erased-{side}.json"


def list_beside(directory: Path, side: Side) -> Path:
    return directory / f"waymark-{side}-erased.json"


def read_tombstones(side: Side, *files: Path) -> dict[UUID, Tombstone]:
    """Of all these files together. Raises Refused where one cannot be read: never less than all."""
    found: dict[UUID, Tombstone] = {}
    for file in files:
        if file.exists():
            try:
                listed = msgspec.json.decode(file.read_bytes(), type=_LISTS[side])
            except msgspec.DecodeError as problem:
                raise Refused(f"The list of the erased {file} cannot be read.") from problem
            found |= {one.id: one for one in listed}
    return found


async def keep_tombstones(connection: Any, side: Side, *files: Path) -> int:
    """Adds what the database says is erased to every list; nothing is ever taken from one."""
    rows = await connection.fetch(_ERASED[side])
    erased = {row["id"]: _KINDS[side](row["id"], row["at"]) for row in rows}
    for file in files:
        known = read_tombstones(side, file)
        if not erased.keys() <= known.keys():
            write_private(file, _encoded({**known, **erased}.values()))
    return len(erased)


def _encoded(tombstones: Iterable[Tombstone]) -> bytes:
    listed = sorted(tombstones, key=lambda one: (one.at, one.id))
    return msgspec.json.encode(listed) + b"\n"
