"""Linked by the account's owner, ended by them or by a reset, used at the door alone."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.audit import name_act
from programmes.common.db import execute, fetch_one_as, fetch_value, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.linked_sign_ins.tables import LinkedSignIn


class Subject(msgspec.Struct, frozen=True):
    """Somebody at a provider, who proved there who they are. `known_as` is shown, never matched."""

    issuer: str
    subject: str
    known_as: str


class OwnLink(msgspec.Struct, frozen=True):
    id: UUID
    issuer: str
    known_as: str
    linked_at: datetime
    last_used_at: datetime | None


class AccountAtDoor(msgspec.Struct, frozen=True):
    """What the door needs of the account that a subject is linked to."""

    id: UUID
    email: str
    totp_secret: bytes
    link_id: UUID


async def own_link(actor: Actor) -> OwnLink | None:
    return await fetch_one_as(
        OwnLink,
        "SELECT id, issuer, known_as, linked_at, last_used_at FROM auth.linked_sign_in "
        "WHERE account_id = $1 AND ended_at IS NULL",
        actor.account_id,
    )


async def refuse_link(who: Subject, *, actor: Actor) -> None:
    """Raises Refused for a second link; Invalid for somebody who is linked to another account."""
    if await own_link(actor) is not None:
        raise Refused("Your account is linked already. End that link first.")
    held = "SELECT auth.linked_sign_in_is_held($1, $2)"
    if await fetch_value(held, who.issuer, who.subject):
        raise Invalid({"code": "This sign-in is linked to another account. End that link first."})


async def link(who: Subject, *, actor: Actor, now: datetime) -> UUID:
    """Raises as `refuse_link`. The caller has asked for password and code."""
    await name_act("link-sign-in")
    await refuse_link(who, actor=actor)
    link_id = new_id(now)
    await insert(
        LinkedSignIn,
        id=link_id,
        account_id=actor.account_id,
        linked_at=now,
        **msgspec.structs.asdict(who),
    )
    return link_id


async def end_link(link_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises NotFound for anybody else's."""
    await name_act("end-linked-sign-in")
    ended = await execute(
        "UPDATE auth.linked_sign_in SET ended_at = $3 "
        "WHERE id = $1 AND account_id = $2 AND ended_at IS NULL",
        link_id,
        actor.account_id,
        now,
    )
    if not ended:
        raise NotFound


async def account_of(who: Subject) -> AccountAtDoor | None:
    """At the door: open accounts alone, by issuer and subject together."""
    return await fetch_one_as(
        AccountAtDoor,
        "SELECT a.id, a.email, a.totp_secret, l.id AS link_id "
        "FROM auth.linked_sign_in l JOIN auth.account a ON a.id = l.account_id "
        "WHERE l.issuer = $1 AND l.subject = $2 AND l.ended_at IS NULL AND a.is_active "
        "AND a.password_hash IS NOT NULL AND a.totp_secret IS NOT NULL",
        who.issuer,
        who.subject,
    )


async def note_use(link_id: UUID, *, now: datetime) -> None:
    await name_act("sign-in")
    await execute("UPDATE auth.linked_sign_in SET last_used_at = $2 WHERE id = $1", link_id, now)
