"""Identifiers: UUIDv7, so that rows made together lie together (RFC 9562 §5.7)."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

RandomBits = Callable[[int], int]


class Ids:
    """Makes ids from a given instant and a source of random bits; both can be replayed."""

    def __init__(self, random_bits: RandomBits = secrets.randbits) -> None:
        self.random_bits = random_bits

    def new(self, now: datetime) -> UUID:
        milliseconds = int(now.timestamp() * 1000)
        return UUID(int=_with_version(milliseconds << 80 | self.random_bits(80)))


def _with_version(value: int) -> int:
    version_7 = value & ~(0xF << 76) | 7 << 76
    return version_7 & ~(0b11 << 62) | 0b10 << 62


ids = Ids()


def new_id(now: datetime) -> UUID:
    """An id for something that came to be at `now`."""
    return ids.new(now)
