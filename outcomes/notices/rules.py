"""When a notice may be seen, whoever raised it, on whichever side. No clock, no I/O."""

from collections.abc import Callable
from datetime import datetime, timedelta

RECALL_TIME = timedelta(minutes=30)
LONGEST_DELAY = timedelta(hours=24)
URGENT_DELAY = timedelta(minutes=2)
HANDED_OVER_BEFORE = timedelta(minutes=5)
"""So long before its moment a notice joins those that wait: all are then shown by one job."""
IN_FORCE = timedelta(days=90)
"""Every notice ends by itself and is raised again where it is still needed (common practice)."""
ENDS_SOON = timedelta(days=7)
"""So long before its end whoever may raise it again is asked whether to."""

Draw = Callable[[int], int]
"""`draw(n)` gives 0 to n - 1."""


def shown_from(released_at: datetime, *, is_urgent: bool, draw: Draw) -> datetime:
    """The moment at which staff see it: within minutes where urgent, else after a random delay.

    The delay hides that he missed a call, and she spoke to somebody, an hour ago; a manager's own
    notice waits alike, or the one that comes at once would be known for a manager's. It can be
    recalled for 30 minutes at least, and never waits longer than a day.
    """
    if is_urgent:
        return released_at + URGENT_DELAY
    least = RECALL_TIME + HANDED_OVER_BEFORE
    spread = int((LONGEST_DELAY - least).total_seconds() * 1_000_000)
    return released_at + least + timedelta(microseconds=draw(spread))


def is_late(show_from_at: datetime, now: datetime) -> bool:
    """Too late to join those that wait: it would be seen to come after its own moment."""
    return show_from_at < now + URGENT_DELAY / 4
