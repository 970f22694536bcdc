"""What has to be done once a database is back as it stood before: what happened since is unknown.

Whoever was erased is erased again. Nobody stays signed in: a sign-in that was ended since would
open again. A message that was due may have gone already, and waits for a person.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from app.databases import Databases
from app.operator import as_operator
from app.running.backups.tombstones import Tombstone, home_list, read_tombstones
from programmes.common.clock import london_date
from programmes.common.db import Side, execute, fetch_value
from programmes.common.security.policies import Logins

_DUE_MESSAGES = {
    Side.WORK: (
        "UPDATE message SET state = 'held', lease_by = NULL, lease_until = NULL, "
        "trouble = 'the database was restored: it may have gone', version = version + 1 "
        "WHERE state = 'sending' OR (state = 'waiting' AND next_try_at <= $1)"
    ),
    # When hers were due is sealed: all that wait may have gone.
    Side.SURVIVOR: (
        "UPDATE her_message SET state = 'held', lease_by = NULL, lease_until = NULL, "
        "trouble = 'The database was restored: it may have gone.', version = version + 1 "
        "WHERE state IN ('sending', 'waiting') AND asked_at <= $1"
    ),
}


class SetRight(msgspec.Struct, frozen=True):
    """`under_hold` are people who are listed as erased, and on whom a legal hold stands again."""

    side: Side
    listed: int
    erased_again: int
    under_hold: tuple[str, ...]
    signed_out: int
    messages_held: int


def in_words(done: SetRight) -> str:
    held = "".join(
        f" {reference} is on the list, but a legal hold stands: lift it and run after-restore."
        for reference in done.under_hold
    )
    return (
        f"Of {done.listed} on the lists of the erased, {done.erased_again} erased again; "
        f"{done.signed_out} signed out; {done.messages_held} messages held for a person.{held}"
    )


async def set_right(
    databases: Databases, side: Side, lists: Sequence[Path], *, now: datetime
) -> SetRight:
    """Safe to run twice. Raises Refused where a list of the erased cannot be read."""
    listed = read_tombstones(side, home_list(databases.settings.home, side), *lists)
    signed_out = await _sign_everybody_out(databases, side, now)
    async with as_operator(databases, side, act="set-right-after-restore", now=now):
        before = await _alive(side, listed)
        under_hold = await _erase(side, [listed[one] for one in before])
        return SetRight(
            side=side,
            listed=len(listed),
            erased_again=len(before) - len(under_hold),
            under_hold=under_hold,
            signed_out=signed_out,
            messages_held=await execute(_DUE_MESSAGES[side], now),
        )


async def _sign_everybody_out(databases: Databases, side: Side, now: datetime) -> int:
    async with databases.transaction(Logins(side).door):
        return await execute(
            "UPDATE auth.sign_in SET ended_at = $1, ended_because = 'database restored' "
            "WHERE ended_at IS NULL AND expires_at > $1",
            now,
        )


_STILL_THERE = {
    Side.SURVIVOR: "SELECT array_agg(id) FROM data_key WHERE id = ANY($1) AND wrapped IS NOT NULL",
    Side.WORK: (
        "SELECT array_agg(p.id) FROM person p WHERE p.id = ANY($1) AND NOT EXISTS ("
        "SELECT FROM person_erased x WHERE x.person_id = p.id)"
    ),
}


async def _alive(side: Side, listed: dict[UUID, Tombstone]) -> list[UUID]:
    """Those of the list who are back."""
    return list(await fetch_value(_STILL_THERE[side], list(listed)) or ())


async def _erase(side: Side, back: Sequence[Tombstone]) -> tuple[str, ...]:
    """The references of those whom a legal hold keeps: it was lifted since, or before its time."""
    held = []
    for one in back:
        if side is Side.SURVIVOR:
            await _destroy_key(one)
        elif not await fetch_value("SELECT auth.erase_person($1, $2)", one.id, _rule(one)):
            held.append(await fetch_value("SELECT reference FROM person WHERE id = $1", one.id))
    return tuple(held)


def _rule(one: Tombstone) -> str:
    return f"erased on {london_date(one.at):%d/%m/%Y}, and again after a restore"


async def _destroy_key(one: Tombstone) -> None:
    await execute(
        "UPDATE data_key SET wrapped = NULL, destroyed_at = $2 WHERE id = $1", one.id, one.at
    )
    await execute(
        "UPDATE survivor SET sealed_name = NULL WHERE data_key_id = $1 AND sealed_name IS NOT NULL",
        one.id,
    )
