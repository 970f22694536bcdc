"""What a token is asked for with, and how it stands."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from programmes.common.staff import AccountId, Role

LONGEST_DAYS = 90
TOKEN_ROLES = (
    Role.FACILITATOR,
    Role.CARA_COORDINATOR,
    Role.MANAGER,
    Role.PROBATION,
    Role.IOM,
    Role.CASE_OWNER,
    Role.BOARD,
)
"""Roles in whose name a program may ask. None is of the survivor side, and none manages others."""


class TokenState(StrEnum):
    WAITING = "waiting"
    LIVE = "live"
    ENDED = "ended"
    RUN_OUT = "run-out"


class NewToken(msgspec.Struct, frozen=True):
    """`stored` is the hash of the hash of what the program will send."""

    id: UUID
    account_id: AccountId
    role: Role
    name: str
    stored: bytes
    may_write: bool
    expires_at: datetime


class TokenRow(msgspec.Struct, frozen=True):
    """A token as it is listed; what opens doors is in none of its columns."""

    id: UUID
    name: str
    holder: str
    email: str
    role: Role
    may_write: bool
    asked_at: datetime
    asked_by: UUID
    asker: str
    expires_at: datetime
    approved_at: datetime | None
    ended_at: datetime | None
    ended_because: str | None
    last_used_at: datetime | None
