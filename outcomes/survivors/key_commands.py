"""Changing the key under which all data keys are wrapped. Records stay as they are."""

from typing import Protocol
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute_many, fetch, fetch_value
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

ROTATE = Permission(Resource.SURVIVOR, Verb.WRITE)


class Rewrapping(Protocol):
    key_name: str

    def unwrap(self, wrapped: bytes, key_id: UUID) -> bytes: ...

    def wrap(self, data_key: bytes, key_id: UUID) -> bytes: ...


async def rewrap_data_keys(keys: Rewrapping, *, actor: Actor) -> int:
    """Wraps with the newest key whatever is not; answers how many. Safe to run again."""
    await begin(actor, ROTATE, "rotate-keys")
    rows = await fetch(
        "SELECT id, wrapped FROM data_key WHERE wrapped IS NOT NULL AND wrapped_with <> $1 "
        "ORDER BY id FOR UPDATE",
        keys.key_name,
    )
    await execute_many(
        "UPDATE data_key SET wrapped = $2, wrapped_with = $3 WHERE id = $1",
        [
            (row["id"], keys.wrap(keys.unwrap(row["wrapped"], row["id"]), row["id"]), keys.key_name)
            for row in rows
        ],
    )
    return len(rows)


async def wrapped_with_another(key_name: str) -> int:
    count: int = await fetch_value(
        "SELECT count(*) FROM data_key WHERE wrapped IS NOT NULL AND wrapped_with <> $1", key_name
    )
    return count
