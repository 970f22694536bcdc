"""Keys that live outside the databases, one file each, readable by their side alone."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.safekeeping.private_files import make_private_directory
from programmes.common.db import Side

NONCE_BYTES = 12


def key_of(home: Path, side: Side, name: str) -> bytes:
    """A 256-bit key, made at first use."""
    path = home / "secrets" / side / f"{name}.key"
    if not path.exists():
        make_private_directory(path.parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


def seal(key: bytes, plain: bytes, *, about: bytes) -> bytes:
    """AES-256-GCM; `about` binds the value to its row, so that it cannot be moved to another."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def unseal(key: bytes, sealed: bytes, *, about: bytes) -> bytes:
    """Raises cryptography.exceptions.InvalidTag where key, value or row do not belong together."""
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
