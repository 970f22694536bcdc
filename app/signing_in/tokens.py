"""Sign-in tokens: random, told to the browser once, stored only as a hash of a hash."""

import hashlib
import secrets
from dataclasses import dataclass

from programmes.common.db import Side

_MARKS = {Side.WORK: "w", Side.SURVIVOR: "s"}
_PROGRAM = "p"


@dataclass(frozen=True)
class Token:
    """What the browser holds, whose side it opens, and what the databases see of it."""

    text: str
    side: Side
    is_program: bool = False

    @property
    def key(self) -> str:
        """What a transaction is given: SHA-256 of the token, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def stored(self) -> bytes:
        """What the table holds: SHA-256 of the key's bytes."""
        return hashlib.sha256(bytes.fromhex(self.key)).digest()


def new_token(side: Side) -> Token:
    return Token(f"{_MARKS[side]}-{secrets.token_urlsafe(32)}", side)


def new_program_token() -> Token:
    """Of the programme side: there is no other."""
    return Token(f"{_PROGRAM}-{secrets.token_urlsafe(32)}", Side.WORK, is_program=True)


def read_token(text: str) -> Token | None:
    """None for anything that cannot be one of ours."""
    if len(text) != 45 or not text.isascii():
        return None
    if text.startswith(f"{_PROGRAM}-"):
        return Token(text, Side.WORK, is_program=True)
    for side, mark in _MARKS.items():
        if text.startswith(f"{mark}-"):
            return Token(text, side)
    return None
