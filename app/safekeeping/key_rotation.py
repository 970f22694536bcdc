"""Changing the key-encryption key of the survivor side, while it is being used."""

import asyncio
from datetime import datetime

from msgspec import Struct

from app.databases import Databases
from app.operator import as_operator
from app.safekeeping.keys import key_of
from app.safekeeping.sealing import SurvivorSealing, key_names, next_key_name
from outcomes.survivors.key_commands import rewrap_data_keys, wrapped_with_another
from programmes.common.db import Side
from programmes.common.errors import Refused

SECONDS_BETWEEN = 2.0
"""A record that was being opened with the old key is committed by then."""


class Rotated(Struct, frozen=True):
    key_name: str
    rewrapped: int
    destroyed: int


async def rotate_keys(
    databases: Databases, *, now: datetime, pause: float = SECONDS_BETWEEN
) -> Rotated:
    """A new key, everything wrapped with it, the old ones destroyed. Stopped half-way, it is
    simply run again: both keys open until the last record has moved."""
    home = databases.settings.home
    key_of(home, Side.SURVIVOR, next_key_name(home))
    sealing = SurvivorSealing(home)
    rewrapped = 0
    for _ in range(2):
        async with as_operator(databases, Side.SURVIVOR, act="rotate-keys", now=now) as actor:
            rewrapped += await rewrap_data_keys(sealing, actor=actor)
        await asyncio.sleep(pause)
    async with as_operator(databases, Side.SURVIVOR, act="rotate-keys", now=now):
        if await wrapped_with_another(sealing.key_name):
            raise Refused("Records were opened meanwhile. Run the command again.")
    old = key_names(home)[1:]
    for name in old:
        (home / "secrets" / Side.SURVIVOR / f"{name}.key").unlink()
    return Rotated(sealing.key_name, rewrapped, len(old))
