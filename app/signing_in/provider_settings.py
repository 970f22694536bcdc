"""Which outside sign-in provider an installation has, if any: OpenID Connect, its own client."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from programmes.common.errors import Refused

NEAR = ("127.0.0.1", "::1", "localhost")
_NAMES = ("OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_CLIENT_SECRET_FILE")


class SignInProvider(msgspec.Struct, frozen=True, kw_only=True):
    """`name` stands on the sign-in page; `secret_file` is where the secret was read from."""

    issuer: str
    name: str
    client_id: str
    client_secret: str
    secret_file: Path | None = None

    def __repr__(self) -> str:
        return f"SignInProvider({self.issuer!r}, client {self.client_id!r})"


def sign_in_provider(environ: Mapping[str, str], *, may_be_near: bool) -> SignInProvider | None:
    """None where none is set. Raises Refused for half a provider, or one without https."""
    issuer = environ.get("OIDC_ISSUER", "")
    if not issuer:
        if set_anyway := [name for name in _NAMES if environ.get(name)]:
            raise Refused(f"{set_anyway[0]} is set: set OIDC_ISSUER as well, or take it out.")
        return None
    host = _host_of(issuer, may_be_near=may_be_near)
    if not environ.get("OIDC_CLIENT_ID"):
        raise Refused("OIDC_ISSUER is set: set OIDC_CLIENT_ID to what the provider calls us.")
    secret, file = _secret(environ)
    return SignInProvider(
        issuer=issuer,
        name=environ.get("OIDC_NAME", "").strip()[:60] or host,
        client_id=environ["OIDC_CLIENT_ID"],
        client_secret=secret,
        secret_file=file,
    )


def _host_of(issuer: str, *, may_be_near: bool) -> str:
    try:
        parts = urlsplit(issuer)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_near = may_be_near and host in NEAR
    if not host or (parts.scheme != "https" and not (is_near and parts.scheme == "http")):
        raise Refused("OIDC_ISSUER must begin with https://")
    if parts.query or parts.fragment or "@" in parts.netloc or port == 0 or "?" in issuer:
        raise Refused("OIDC_ISSUER is an address alone: no user, no query, no fragment.")
    return host


def _secret(environ: Mapping[str, str]) -> tuple[str, Path | None]:
    name = environ.get("OIDC_CLIENT_SECRET_FILE")
    if not name:
        if not environ.get("OIDC_CLIENT_SECRET"):
            raise Refused("OIDC_ISSUER is set: set OIDC_CLIENT_SECRET_FILE or OIDC_CLIENT_SECRET.")
        return environ["OIDC_CLIENT_SECRET"], None
    try:
        secret = Path(name).read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise Refused("OIDC_CLIENT_SECRET_FILE names a file that cannot be read.") from None
    if not secret:
        raise Refused("OIDC_CLIENT_SECRET_FILE names a file that is empty.")
    return secret, Path(name)
