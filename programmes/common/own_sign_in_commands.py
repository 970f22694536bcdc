"""One's own sign-ins and password: everybody's, and nobody else's."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.audit import name_act, note
from programmes.common.db import fetch_as, fetch_value
from programmes.common.errors import NotAllowed
from programmes.common.staff import Actor


class OwnSignIn(msgspec.Struct, frozen=True):
    """`is_this` is the one that asks."""

    id: UUID
    started_at: datetime
    last_seen_at: datetime
    is_this: bool


async def own_sign_ins(actor: Actor) -> list[OwnSignIn]:
    """Those that are live, newest first."""
    return await fetch_as(OwnSignIn, "SELECT * FROM auth.own_sign_ins()")


async def own_address(actor: Actor) -> str:
    return str(await fetch_value("SELECT email FROM auth.account WHERE id = $1", actor.account_id))


async def end_other_sign_ins(*, actor: Actor) -> int:
    await name_act("end-own-sign-ins")
    ended = int(await fetch_value("SELECT auth.end_other_sign_ins()"))
    await note("update", "end-own-sign-ins", resource="sign_in", detail={"ended": ended})
    return ended


async def change_own_password(password_hash: str, *, actor: Actor) -> None:
    """Ends every other sign-in of theirs. Raises NotAllowed for a program."""
    await name_act("change-own-password")
    if not await fetch_value("SELECT auth.change_own_password($1)", password_hash):
        raise NotAllowed("Only somebody who has signed in changes their password.")
