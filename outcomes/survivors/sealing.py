"""Her data key at work: opened for one survivor, it seals and unseals what is written about her."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import msgspec

from outcomes.survivors.words import SafeContactDetails


class Sealing(Protocol):
    """How values are kept under a key that is not in the database."""

    key_name: str

    def new_data_key(self, key_id: UUID) -> tuple[bytes, bytes]:
        """A fresh data key, and the same wrapped and bound to its row."""
        ...

    def unwrap(self, wrapped: bytes, key_id: UUID) -> bytes: ...

    def seal(self, data_key: bytes, plain: bytes, row_id: UUID) -> bytes:
        """The value under the data key, bound to its row."""
        ...

    def unseal(self, data_key: bytes, sealed: bytes, row_id: UUID) -> bytes: ...


@dataclass(frozen=True)
class HerKey:
    """One survivor's data key, unwrapped. Never stored, never logged."""

    sealing: Sealing
    data_key: bytes

    def seal(self, text: str, row_id: UUID) -> bytes:
        return self.sealing.seal(self.data_key, text.encode(), row_id)

    def unseal(self, sealed: bytes, row_id: UUID) -> str:
        return self.sealing.unseal(self.data_key, sealed, row_id).decode()

    def seal_contact(self, details: SafeContactDetails, row_id: UUID) -> bytes:
        return self.sealing.seal(self.data_key, msgspec.json.encode(details), row_id)

    def unseal_contact(self, sealed: bytes, row_id: UUID) -> SafeContactDetails:
        plain = self.sealing.unseal(self.data_key, sealed, row_id)
        return msgspec.json.decode(plain, type=SafeContactDetails)


def her_key(sealing: Sealing, key_id: UUID, wrapped: bytes | None) -> HerKey | None:
    """None where the key was destroyed: everything under it is erased with it."""
    if wrapped is None:
        return None
    return HerKey(sealing, sealing.unwrap(wrapped, key_id))
