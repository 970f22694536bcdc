"""Survivors' data keys: made and wrapped here, with a key that only her side's account can read."""

import secrets
from pathlib import Path
from uuid import UUID

from app.keys import key_of, seal, unseal
from programmes.common.db import Side

KEY_NAME = "key-encryption"
_BYTES = 32


class SurvivorSealing:
    """Envelope encryption: one data key a survivor, each wrapped with the key of this home."""

    key_name = KEY_NAME

    def __init__(self, home: Path) -> None:
        self._key = key_of(home, Side.SURVIVOR, KEY_NAME)

    def new_data_key(self, key_id: UUID) -> tuple[bytes, bytes]:
        data_key = secrets.token_bytes(_BYTES)
        return data_key, seal(self._key, data_key, about=key_id.bytes)

    def unwrap(self, wrapped: bytes, key_id: UUID) -> bytes:
        return unseal(self._key, wrapped, about=key_id.bytes)

    def seal(self, data_key: bytes, plain: bytes, row_id: UUID) -> bytes:
        return seal(data_key, plain, about=row_id.bytes)

    def unseal(self, data_key: bytes, sealed: bytes, row_id: UUID) -> bytes:
        return unseal(data_key, sealed, about=row_id.bytes)
