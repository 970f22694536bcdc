"""A file that one key closes and another opens: the age format, version 1 (X25519 recipients).

The machine that makes backups holds only the recipient; whoever steals it opens no old backup. The
format is public (age-encryption.org/v1), so that `age -d` opens a backup without Waymark. What is
read has been authenticated, and a file that was cut off is noticed (the last chunk says it is).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.running.backups.bech32 import bech32_decode, bech32_encode
from programmes.common.errors import Refused

CHUNK = 64 * 1024
_TAG = 16
_VERSION = b"age-encryption.org/v1"
_WRAPPING = b"age-encryption.org/v1/X25519"
_LONGEST_LINE = 256
_NO_NONCE = bytes(12)


@dataclass(frozen=True)
class KeyPair:
    """`identity` opens and is kept away from the machine; `recipient` closes."""

    identity: str
    recipient: str


def new_key_pair() -> KeyPair:
    private = X25519PrivateKey.generate()
    identity = bech32_encode("age-secret-key-", private.private_bytes_raw()).upper()
    return KeyPair(identity, bech32_encode("age", private.public_key().public_bytes_raw()))


def seal_to(recipient: str, content: Iterable[bytes], out: BinaryIO) -> None:
    """Writes the content, piece by piece, so that only the recipient's identity opens it."""
    file_key = secrets.token_bytes(16)
    header = _header(recipient, file_key)
    nonce = secrets.token_bytes(16)
    out.write(header + b" " + _b64(_header_mac(file_key, header)) + b"\n" + nonce)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    number = 0
    held = b""
    for piece in content:
        held += piece
        while len(held) > CHUNK:
            out.write(cipher.encrypt(_chunk_nonce(number, is_last=False), held[:CHUNK], None))
            held = held[CHUNK:]
            number += 1
    out.write(cipher.encrypt(_chunk_nonce(number, is_last=True), held, None))


def opened(identity: str, file: BinaryIO) -> Iterator[bytes]:
    """The content, piece by piece. Raises Refused for a wrong key or a changed or cut file."""
    file_key = _file_key(identity, file)
    nonce = file.read(16)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    chunk, number = file.read(CHUNK + _TAG), 0
    while True:
        following = file.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_chunk_nonce(number, is_last=not following), chunk, None)
        except (InvalidTag, ValueError):
            raise Refused("The backup was changed or cut off. It is not used.") from None
        if not following:
            return
        chunk, number = following, number + 1


def _header(recipient: str, file_key: bytes) -> bytes:
    try:
        public = bech32_decode("age", recipient)
        key = X25519PublicKey.from_public_bytes(public)
    except ValueError as problem:
        raise Refused(f"The backup's recipient cannot be used: {problem}") from problem
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    wrapping = _derived(ephemeral.exchange(key), share + public, _WRAPPING)
    wrapped = ChaCha20Poly1305(wrapping).encrypt(_NO_NONCE, file_key, None)
    return b"\n".join((_VERSION, b"-> X25519 " + _b64(share), _b64(wrapped), b"---"))


def _file_key(identity: str, file: BinaryIO) -> bytes:
    lines = [file.readline(_LONGEST_LINE).removesuffix(b"\n") for _ in range(4)]
    try:
        version, stanza, wrapped, end = lines
        kind, share = stanza.rsplit(b" ", 1)
        dashes, mac = end.split(b" ")
        if (version, kind, dashes) != (_VERSION, b"-> X25519", b"---"):
            raise ValueError("not a header")
        file_key = _unwrapped(identity, _unb64(share), _unb64(wrapped))
        header = b"\n".join((version, stanza, wrapped, dashes))
        if not hmac.compare_digest(_unb64(mac), _header_mac(file_key, header)):
            raise ValueError("changed")
    except InvalidTag:
        raise Refused("This key does not open this backup.") from None
    except ValueError:
        raise Refused("The backup was changed, or is not one. It is not used.") from None
    return file_key


def _unwrapped(identity: str, share: bytes, wrapped: bytes) -> bytes:
    private = _private_key(identity)
    own = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(share))
    wrapping = _derived(shared, share + own, _WRAPPING)
    return ChaCha20Poly1305(wrapping).decrypt(_NO_NONCE, wrapped, None)


def _private_key(identity: str) -> X25519PrivateKey:
    """Comments and empty lines of a key file are left out, as `age-keygen` writes them."""
    lines = [line for line in identity.splitlines() if line.strip() and not line.startswith("#")]
    try:
        (line,) = lines
        return X25519PrivateKey.from_private_bytes(bech32_decode("age-secret-key-", line.lower()))
    except ValueError:
        raise Refused("This is not a key that opens backups (AGE-SECRET-KEY-1…).") from None


def _derived(key: bytes, salt: bytes, about: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, about).derive(key)


def _header_mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, hashlib.sha256)


def _chunk_nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    """Only the one right spelling: base64 allows several, and each would be a silent change."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _b64(data) != text:
        raise ValueError("not the one spelling")
    return data
