"""The first password and the code's key of a new account: shown once, kept by nobody."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyotp

from app.door import hash_password
from app.keys import key_of, seal
from programmes.common.accounts import NewAccount
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.staff import AccountId, Role


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
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    secret = pyotp.random_base32()
    sealed = seal(key_of(home, side, "totp"), secret.encode(), about=account_id.bytes)
    new = NewAccount(account_id, email.lower(), name, role, hash_password(password), sealed)
    return new, FirstSignIn(name, email, password, secret, _qr_code(email, secret))


def _qr_code(email: str, secret: str) -> str:
    """A picture for the authenticator, as a data address."""
    import segno

    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Waymark")
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2)
