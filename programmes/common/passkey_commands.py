"""Passkeys of an account: added and removed by its owner, used at the door alone."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.audit import name_act
from programmes.common.db import execute, fetch_as, fetch_one_as, fetch_value, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.common.tables import Passkey

MOST = 10


class NewPasskey(msgspec.Struct, frozen=True):
    credential_id: bytes
    public_key: bytes
    sign_count: int
    host: str


class HeldPasskey(msgspec.Struct, frozen=True):
    id: UUID
    public_key: bytes
    sign_count: int
    host: str


class OwnPasskey(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    host: str
    added_at: datetime
    last_used_at: datetime | None


async def own_passkeys(actor: Actor) -> list[OwnPasskey]:
    return await fetch_as(
        OwnPasskey,
        "SELECT id, name, host, added_at, last_used_at FROM auth.passkey "
        "WHERE account_id = $1 AND removed_at IS NULL ORDER BY added_at, id",
        actor.account_id,
    )


async def add_passkey(new: NewPasskey, *, name: str, actor: Actor, now: datetime) -> UUID:
    """Raises Refused for one too many; Invalid for one that is held already."""
    await name_act("add-passkey")
    if len(await own_passkeys(actor)) >= MOST:
        raise Refused(f"You have {MOST} passkeys. Remove one that you no longer use first.")
    if await fetch_value("SELECT auth.passkey_is_held($1)", new.credential_id):
        raise Invalid({"name": "This passkey is here already."})
    passkey_id = new_id(now)
    await insert(
        Passkey,
        id=passkey_id,
        account_id=actor.account_id,
        name=name.strip(),
        added_at=now,
        last_moment=0,
        **msgspec.structs.asdict(new),
    )
    return passkey_id


async def remove_passkey(passkey_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises NotFound for anybody else's."""
    await name_act("remove-passkey")
    removed = await execute(
        "UPDATE auth.passkey SET removed_at = $3 "
        "WHERE id = $1 AND account_id = $2 AND removed_at IS NULL",
        passkey_id,
        actor.account_id,
        now,
    )
    if not removed:
        raise NotFound


async def remove_passkeys_of(account_id: UUID) -> None:
    """Where an administrator gives somebody another sign-in: nothing that they held opens it."""
    await execute(
        "UPDATE auth.passkey SET removed_at = now() WHERE account_id = $1 AND removed_at IS NULL",
        account_id,
    )


async def passkey_of(account_id: UUID, credential_id: bytes, host: str) -> HeldPasskey | None:
    """At the door, of whoever gave the right password."""
    return await fetch_one_as(
        HeldPasskey,
        "SELECT id, public_key, sign_count, host FROM auth.passkey "
        "WHERE account_id = $1 AND credential_id = $2 AND host = $3 AND removed_at IS NULL",
        account_id,
        credential_id,
        host,
    )


async def use_passkey(passkey_id: UUID, *, sign_count: int, moment: int, now: datetime) -> bool:
    """False where it has answered this challenge, or a later one, before."""
    await name_act("sign-in")
    used = await execute(
        "UPDATE auth.passkey SET sign_count = $2, last_moment = $3, last_used_at = $4 "
        "WHERE id = $1 AND last_moment < $3",
        passkey_id,
        sign_count,
        moment,
        now,
    )
    return used == 1
