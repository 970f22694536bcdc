"""What a period cost: each cost falls evenly on its days, and only those in the period count."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.reports.figures import Period


class Cost(Struct, frozen=True, kw_only=True):
    """One cost that stands. `until_on` is the first day after it."""

    id: UUID
    programme: str
    cohort: str | None
    from_on: date
    until_on: date
    pence: int
    source: str
    entered_at: datetime


def share_of(cost: Cost, period: Period) -> float:
    """The part of the cost's days that lies in the period, 0 to 1."""
    first, last = max(cost.from_on, period.from_on), min(cost.until_on, period.until_on)
    return max(0, (last - first).days) / (cost.until_on - cost.from_on).days


def pounds_in(costs: Iterable[Cost], period: Period) -> float | None:
    """None where no cost was entered for any day of the period."""
    shares = [(cost.pence, share_of(cost, period)) for cost in costs]
    if not any(share for _pence, share in shares):
        return None
    return sum(pence * share for pence, share in shares) / 100


def days_covered(costs: Iterable[Cost], period: Period) -> int:
    """How many days of the period any cost covers, so that a gap is seen."""
    days = {
        day
        for cost in costs
        for day in range(
            max(cost.from_on, period.from_on).toordinal(),
            min(cost.until_on, period.until_on).toordinal(),
        )
    }
    return len(days)


def reasons_not_a_cost(cost: Cost | None, *, from_on: date, until_on: date) -> tuple[str, ...]:
    """Why a cost cannot be entered; none means that it may."""
    reasons = []
    if until_on <= from_on:
        reasons.append("The last day must not be before the first.")
    if (until_on - from_on).days > 1100:
        reasons.append("A cost covers three years at most: enter it in parts.")
    if cost is not None:
        reasons.append("The same cost is entered already.")
    return tuple(reasons)
