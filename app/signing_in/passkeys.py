"""Passkeys: a second factor that a false page cannot ask for, in place of the six-digit code.

Challenges are kept nowhere: each says when it was made and is signed for its purpose, and a passkey
takes none that is not later than the last one it answered, so that an answer counts once.
"""

import hashlib
import hmac
import json
import re
import secrets
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from app.safekeeping.keys import key_of
from programmes.common.db import Side
from programmes.common.passkey_commands import NewPasskey, passkey_of, use_passkey

LASTS = timedelta(minutes=5)
_MOMENT, _CHANCE = 8, 24
_MOMENT_OF_A_SECOND = 1_000_000


@dataclass(frozen=True)
class Site:
    """The address in the browser's own line, to which every passkey is bound."""

    scheme: str
    host: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}"

    @property
    def name(self) -> str:
        return self.host.partition(":")[0]

    @property
    def by_name(self) -> str:
        """This machine's own address by its name, where it was called by the number to which
        browsers bind no passkey; else empty."""
        found = re.fullmatch(r"127\.0\.0\.1(:\d+)?", self.host, re.ASCII)
        return f"{self.scheme}://localhost{found[1] or ''}" if found else ""


@dataclass(frozen=True)
class Challenges:
    """Makes them, and knows its own again: for whoever signs in, or for one account's new key."""

    home: Path
    side: Side
    purpose: bytes = b"sign in"

    def new(self, now: datetime) -> bytes:
        moment = int(now.timestamp() * _MOMENT_OF_A_SECOND).to_bytes(_MOMENT, "big")
        said = moment + secrets.token_bytes(_CHANCE)
        return said + self._seal(said)

    def moment_of(self, challenge: bytes, now: datetime) -> int | None:
        """When it was made; None for one that is not of ours, or is no longer good."""
        said = challenge[: _MOMENT + _CHANCE]
        moment = int.from_bytes(said[:_MOMENT], "big")
        age = now.timestamp() * _MOMENT_OF_A_SECOND - moment
        is_ours = hmac.compare_digest(self._seal(said), challenge[_MOMENT + _CHANCE :])
        return moment if is_ours and age <= LASTS.total_seconds() * _MOMENT_OF_A_SECOND else None

    def _seal(self, said: bytes) -> bytes:
        key = hmac.digest(key_of(self.home, self.side, "totp"), b"challenge", "sha256")
        return hmac.digest(key, self.purpose + b"|" + said, "sha256")


def for_adding(home: Path, side: Side, account_id: UUID) -> Challenges:
    return Challenges(home, side, b"add " + account_id.bytes)


def options_to_sign_in(site: Site, challenge: bytes) -> dict[str, Any]:
    """What the browser is asked. It names no account: the passkey says whose it is."""
    import webauthn

    asked = webauthn.generate_authentication_options(rp_id=site.name, challenge=challenge)
    return dict(json.loads(webauthn.options_to_json(asked)))


def options_to_add(site: Site, account_id: UUID, address: str, challenge: bytes) -> dict[str, Any]:
    import webauthn
    from webauthn.helpers import structs

    asked = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name="Waymark",
        user_name=address,
        user_id=hashlib.sha256(account_id.bytes).digest(),
        challenge=challenge,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.PREFERRED,
        ),
    )
    return dict(json.loads(webauthn.options_to_json(asked)))


def read_new_passkey(
    sent: str, site: Site, challenges: Challenges, *, now: datetime
) -> NewPasskey | None:
    """None for anything but a fresh answer of this very site's page."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge_in(sent)
    if challenge is None or challenges.moment_of(challenge, now) is None:
        return None
    try:
        found = webauthn.verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return NewPasskey(found.credential_id, found.credential_public_key, found.sign_count, site.name)


async def passkey_is_right(
    account_id: UUID, sent: str, site: Site, challenges: Challenges, *, now: datetime
) -> bool:
    """Whether this account's own passkey answered, to a challenge later than the last."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge_in(sent)
    moment = None if challenge is None else challenges.moment_of(challenge, now)
    held = None if moment is None else await passkey_of(account_id, _credential_in(sent), site.name)
    if challenge is None or moment is None or held is None:
        return False
    try:
        found = webauthn.verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=held.host,
            expected_origin=site.origin,
            credential_public_key=held.public_key,
            credential_current_sign_count=held.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    return await use_passkey(held.id, sign_count=found.new_sign_count, moment=moment, now=now)


def _challenge_in(sent: str) -> bytes | None:
    try:
        data = json.loads(sent)["response"]["clientDataJSON"]
        return _bytes_of(json.loads(_bytes_of(data))["challenge"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _credential_in(sent: str) -> bytes:
    try:
        return _bytes_of(json.loads(sent)["rawId"])
    except (ValueError, KeyError, TypeError):
        return b""


def _bytes_of(text: str) -> bytes:
    """Raises ValueError or TypeError for what is not base64url."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
