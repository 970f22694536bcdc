"""The first password and the code's key of a new account: shown once, kept by nobody."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pyotp

from app.safekeeping.keys import key_of, seal
from app.signing_in.door import hash_password
from programmes.common.accounts import AccountRow, NewAccount, reset_account
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.staff import AccountId, Actor, Role

_TYPEABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike; 28 of these are more than 128 bits."""


@dataclass(frozen=True)
class FirstSignIn:
    """What an administrator hands over in person."""

    name: str
    email: str
    password: str
    totp_secret: str
    qr_code: str


def new_account(
    home: Path, side: Side, *, name: str, email: str, role: Role, now: datetime
) -> tuple[NewAccount, FirstSignIn]:
    account_id = AccountId(new_id(now))
    first = _first_sign_in(name, email)
    sealed = seal_code_key(home, side, account_id, first.totp_secret)
    password_hash = hash_password(first.password)
    return NewAccount(account_id, email.lower(), name, role, password_hash, sealed), first


async def give_new_sign_in(home: Path, one: AccountRow, *, actor: Actor) -> FirstSignIn:
    """Another first password and key for somebody who lost theirs."""
    first = _first_sign_in(one.name, one.email)
    await reset_account(
        one.id,
        password_hash=hash_password(first.password),
        sealed_totp_secret=seal_code_key(home, actor.side, one.id, first.totp_secret),
        actor=actor,
    )
    return first


def _first_sign_in(name: str, email: str) -> FirstSignIn:
    password = "-".join("".join(secrets.choice(_TYPEABLE) for _ in range(4)) for _ in range(7))
    secret = pyotp.random_base32()
    return FirstSignIn(name, email, password, secret, _qr_code(email, secret))


def seal_code_key(home: Path, side: Side, account_id: UUID, secret: str) -> bytes:
    return seal(key_of(home, side, "totp"), secret.encode(), about=account_id.bytes)


def _qr_code(email: str, secret: str) -> str:
    """A picture for the authenticator, as a data address."""
    import segno

    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Waymark")
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2)
