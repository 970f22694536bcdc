"""Whether a provider's ID token proves who came (OpenID Connect Core 1.0, 3.1.3.7)."""

import hmac
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from programmes.linked_sign_ins.commands import Subject

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures by a key that only the provider holds: never `none`, never one shared with us."""
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600
LONGEST_TOKEN = 16_000
_LEAST_RSA_BITS = 2048


class NotProven(Exception):
    """The provider's answer does not prove who came. Says why, in words without a name."""


class UnknownKey(NotProven):
    """Signed with a key that is not among those we have: the provider may have changed them."""


class Expected(msgspec.Struct, frozen=True):
    issuer: str
    client_id: str
    nonce: str


class _Keys(msgspec.Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


def keys_in(published: bytes) -> "KeySet":
    """The public keys for signatures that are strong enough; others are passed over.

    Raises ValueError for what is no set of keys, or holds none of these.
    """
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey, KeySet, RSAKey

    keys: list[Any] = []
    for one in msgspec.json.decode(published, type=_Keys).keys:
        try:
            if one.get("use", "sig") != "sig":
                continue
            if one["kty"] == "RSA" and _bits(one["n"]) >= _LEAST_RSA_BITS:
                keys.append(RSAKey.import_key(one))
            elif one["kty"] == "EC":
                keys.append(ECKey.import_key(one))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    if not keys:
        raise ValueError("it publishes no key that we take")
    return KeySet(keys)


def _bits(modulus: str) -> int:
    """Raises ValueError or TypeError for what is not base64url."""
    return int.from_bytes(urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))).bit_length()


def read_id_token(text: str, keys: "KeySet", expected: Expected, *, now: datetime) -> Subject:
    """Raises NotProven; UnknownKey where other keys of the provider might show it is right."""
    claims = _signed_claims(text, keys)
    _check_times(claims, now)
    if claims.get("iss") != expected.issuer:
        raise NotProven("it is another issuer's")
    _check_audience(claims, expected.client_id)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(
        nonce.encode(), expected.nonce.encode()
    ):
        raise NotProven("it answers another question")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not _is_sound(subject):
        raise NotProven("it names nobody")
    return Subject(expected.issuer, subject, _known_as(claims))


def _signed_claims(text: str, keys: "KeySet") -> dict[str, Any]:
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError, JoseError

    if len(text) > LONGEST_TOKEN:
        raise NotProven("it is too long")
    try:
        return jwt.decode(text, keys, algorithms=list(ALGORITHMS)).claims
    except InvalidKeyIdError:
        raise UnknownKey("its key is not known") from None
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise NotProven(f"its signature does not hold ({type(wrong).__name__})") from None


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    from joserfc.errors import JoseError
    from joserfc.jwt import JWTClaimsRegistry

    moment = int(now.timestamp())
    needed = {"exp": {"essential": True}, "iat": {"essential": True}}
    rules = JWTClaimsRegistry(now=moment, leeway=LEEWAY_SECONDS, **needed)  # type: ignore[arg-type]
    try:
        rules.validate({name: claims.get(name) for name in ("exp", "iat")})
        if "nbf" in claims:
            rules.validate_nbf(claims["nbf"])
    except JoseError as wrong:
        raise NotProven(f"its time is not now ({type(wrong).__name__})") from None
    if moment - claims["iat"] > OLDEST_SECONDS + LEEWAY_SECONDS:
        raise NotProven("it was made too long ago")


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    """For us; and where it is for others too, or says so, made at our asking."""
    said = claims.get("aud")
    audience = [said] if isinstance(said, str) else said
    if not isinstance(audience, list) or client_id not in audience:
        raise NotProven("it is for somebody else")
    if (len(audience) > 1 or "azp" in claims) and claims.get("azp") != client_id:
        raise NotProven("somebody else asked for it")


def _is_sound(subject: str) -> bool:
    """Core 1.0, 2: at most 255 ASCII characters."""
    return 0 < len(subject) <= 255 and subject.isascii() and subject.isprintable()


def _known_as(claims: Mapping[str, Any]) -> str:
    """For its owner to recognise. Nothing is decided by it."""
    for name in ("email", "preferred_username"):
        said = claims.get(name)
        if isinstance(said, str) and said.isprintable() and said.strip():
            return said.strip()[:120]
    return ""
