"""Survivors' data keys: made and wrapped here, with a key that only her side's account can read."""

import re
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag

from app.safekeeping.keys import key_of, seal, unseal
from programmes.common.db import Side
from programmes.common.errors import Refused

KEY_NAME = "key-encryption"
_BYTES = 32
_NUMBERED = re.compile(rf"{KEY_NAME}(?:-(\d+))?\.key")


def key_names(home: Path) -> list[str]:
    """Every key-encryption key of this home, the newest first; one at least."""
    found = []
    for path in (home / "secrets" / Side.SURVIVOR).glob(f"{KEY_NAME}*.key"):
        match = _NUMBERED.fullmatch(path.name)
        if match:
            found.append((int(match[1] or 1), path.stem))
    return [name for _, name in sorted(found, reverse=True)] or [KEY_NAME]


def next_key_name(home: Path) -> str:
    newest = key_names(home)[0]
    number = int(newest.removeprefix(f"{KEY_NAME}-")) if newest != KEY_NAME else 1
    return f"{KEY_NAME}-{number + 1}"


class SurvivorSealing:
    """Envelope encryption: one data key a survivor, each wrapped with the newest key of this home.

    While keys are being changed there are two; what is wrapped with the older one still opens.
    """

    def __init__(self, home: Path) -> None:
        names = key_names(home)
        self.key_name = names[0]
        self._keys = [key_of(home, Side.SURVIVOR, name) for name in names]

    def new_data_key(self, key_id: UUID) -> tuple[bytes, bytes]:
        data_key = secrets.token_bytes(_BYTES)
        return data_key, self.wrap(data_key, key_id)

    def wrap(self, data_key: bytes, key_id: UUID) -> bytes:
        return seal(self._keys[0], data_key, about=key_id.bytes)

    def unwrap(self, wrapped: bytes, key_id: UUID) -> bytes:
        """Raises Refused where no key of this home opens it."""
        for key in self._keys:
            try:
                return unseal(key, wrapped, about=key_id.bytes)
            except InvalidTag:
                continue
        raise Refused("No key of this home opens this record. Were the keys restored with it?")

    def seal(self, data_key: bytes, plain: bytes, row_id: UUID) -> bytes:
        return seal(data_key, plain, about=row_id.bytes)

    def unseal(self, data_key: bytes, sealed: bytes, row_id: UUID) -> bytes:
        return unseal(data_key, sealed, about=row_id.bytes)
