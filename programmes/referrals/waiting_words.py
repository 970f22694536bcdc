"""The waiting list: what it can be narrowed to, and how it can lie."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from programmes.referrals.intake_words import FREE_TIMES
from programmes.referrals.words import RiskLevel, Route


class WaitingOrder(StrEnum):
    """`NEED`: highest risk, then the nearest deadline, then the longest wait."""

    NEED = "need"
    DEADLINE = "deadline"
    WAIT = "wait"
    NAME = "name"


class WaitingFilter(Struct, frozen=True):
    """None narrows nothing. `free_time` keeps those who can come then, and who said nothing."""

    risk_level: RiskLevel | None = None
    route: Route | None = None
    interpreter: bool | None = None
    has_deadline: bool | None = None
    free_time: str | None = None


KNOWN_TIMES: Final = frozenset(FREE_TIMES)
NEAR_DEADLINE: Final = 56
"""Days before a deadline from which it is named as a reason (eight weeks, common practice)."""
