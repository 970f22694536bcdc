"""Accounts of staff: made, changed and listed by whoever may manage users."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_as, fetch_one_as, insert
from programmes.common.errors import Conflict, Invalid, NotFound
from programmes.common.passkey_commands import remove_passkeys_of
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import AccountId, Actor, Role, sides_of
from programmes.common.tables import Account

WRITE_USERS = Permission(Resource.USERS, Verb.WRITE)
READ_USERS = Permission(Resource.USERS, Verb.READ)


class AccountRow(msgspec.Struct, frozen=True):
    id: UUID
    email: str
    name: str
    role: Role
    is_active: bool
    created_at: datetime
    version: int


class NewAccount(msgspec.Struct, frozen=True):
    """`password_hash` is Argon2id; `sealed_totp_secret` is bound to the account's id.

    A password that somebody else gave must be changed at the first sign-in. Only the
    demonstration's, which everybody may know, is not.
    """

    id: AccountId
    email: str
    name: str
    role: Role
    password_hash: str
    sealed_totp_secret: bytes
    password_is_first: bool = True


async def create_account(new: NewAccount, *, actor: Actor, now: datetime) -> None:
    """Raises Invalid for a role of the other side or an address that is taken."""
    await begin(actor, WRITE_USERS, "create-account")
    if actor.side not in sides_of(new.role):
        raise Invalid({"role": "This role has its accounts on the other side."})
    if await account_by_email(new.email) is not None:
        raise Invalid({"email": "There is an account with this address already."})
    await insert(
        Account,
        id=new.id,
        email=new.email,
        name=new.name,
        role=new.role,
        password_hash=new.password_hash,
        password_is_first=new.password_is_first,
        totp_secret=new.sealed_totp_secret,
        is_active=True,
        created_at=now,
        version=1,
    )


async def account_by_email(email: str) -> AccountRow | None:
    return await fetch_one_as(AccountRow, f"{_SELECT} WHERE email = $1", email.lower())


async def accounts(actor: Actor) -> list[AccountRow]:
    """Everybody on this side, by name; the operator is the machine and is not listed."""
    must(actor, READ_USERS)
    return await fetch_as(AccountRow, f"{_SELECT} WHERE role <> 'operator' ORDER BY name, email")


async def account(account_id: UUID, *, actor: Actor) -> AccountRow:
    must(actor, READ_USERS)
    found = await fetch_one_as(
        AccountRow, f"{_SELECT} WHERE id = $1 AND role <> 'operator'", account_id
    )
    if found is None:
        raise NotFound
    return found


async def change_account(
    account_id: UUID, *, role: Role, is_active: bool, version: int, actor: Actor
) -> None:
    """Ends every sign-in of the account at once. Raises Conflict where it was changed meanwhile."""
    await begin(actor, WRITE_USERS, "change-account")
    if actor.side not in sides_of(role):
        raise Invalid({"role": "This role has its accounts on the other side."})
    if account_id == actor.account_id:
        raise Invalid({"role": "Ask another administrator to change your own account."})
    changed = await execute(
        "UPDATE auth.account SET role = $2, is_active = $3, version = version + 1 "
        "WHERE id = $1 AND version = $4 AND role <> 'operator'",
        account_id,
        role,
        is_active,
        version,
    )
    if changed == 0:
        now = await account(account_id, actor=actor)
        raise Conflict(
            "Another administrator changed this account.",
            current={
                "role": now.role,
                "is_active": "yes" if now.is_active else "no",
                "version": str(now.version),
            },
        )


async def reset_account(
    account_id: UUID, *, password_hash: str, sealed_totp_secret: bytes, actor: Actor
) -> None:
    """A first password and code key anew; whatever was signed in is signed out at once."""
    await begin(actor, WRITE_USERS, "reset-account")
    changed = await execute(
        "UPDATE auth.account SET password_hash = $2, password_is_first = true, "
        "totp_secret = $3, totp_last_step = NULL, version = version + 1 "
        "WHERE id = $1 AND role <> 'operator'",
        account_id,
        password_hash,
        sealed_totp_secret,
    )
    if changed == 0:
        raise NotFound
    await remove_passkeys_of(account_id)


_SELECT = "SELECT id, email, name, role, is_active, created_at, version FROM auth.account"
