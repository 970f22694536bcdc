"""Why somebody stands where they stand on the waiting list, and whether the service kept time."""

from datetime import date

from msgspec import Struct

from programmes.referrals.waiting_words import NEAR_DEADLINE
from programmes.referrals.words import RiskLevel


class Standard(Struct, frozen=True):
    """How many days the service gives itself, and since when."""

    days_to_decision: int
    days_to_first_contact: int
    valid_from: date


class Kept(Struct, frozen=True):
    """A clock of one referral: how long it took or has taken, and how many days are allowed."""

    days: int
    allowed: int
    is_over: bool

    @property
    def is_breach(self) -> bool:
        return self.days > self.allowed


def kept(received_on: date, done_on: date | None, *, allowed: int, today: date) -> Kept:
    """Days from receipt to the day it was done; still running where it was not."""
    until = done_on or today
    return Kept(max(0, (until - received_on).days), allowed, done_on is not None)


def why_here(
    risk_level: RiskLevel, *, deadline_on: date | None, waiting_since: date, today: date
) -> str:
    """The reason for a position on the list, in words: need, deadline, wait."""
    reasons = [f"{risk_level.capitalize()} risk"]
    if deadline_on is not None:
        reasons.append(_deadline(deadline_on, today))
    weeks = (today - waiting_since).days // 7
    reasons.append(f"waits {weeks} weeks" if weeks != 1 else "waits 1 week")
    return "; ".join(reasons) + "."


def _deadline(on: date, today: date) -> str:
    days = (on - today).days
    if days < 0:
        return f"the deadline was {-days} days ago"
    if days <= NEAR_DEADLINE:
        return f"{days} days to the deadline"
    return f"deadline in {days // 7} weeks"
