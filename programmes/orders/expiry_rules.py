"""The days before an order ends on which somebody is asked what follows."""

from datetime import date, timedelta

import msgspec

WARNING_DAYS = (14, 7, 3, 1)
"""Common practice, editable: how many days before the last day a task is due."""


class ExpiryTask(msgspec.Struct, frozen=True):
    """That this many days are left, and the day on which that was so."""

    days_left: int
    due_on: date


def expiry_task(ends_on: date, *, today: date) -> ExpiryTask | None:
    """The warning that stands today: the latest that has come. None before the first, or after.

    The last day itself still belongs to the order.
    """
    left = (ends_on - today).days
    reached = [step for step in WARNING_DAYS if step >= left]
    if left < 0 or not reached:
        return None
    nearest = min(reached)
    return ExpiryTask(nearest, ends_on - timedelta(days=nearest))
