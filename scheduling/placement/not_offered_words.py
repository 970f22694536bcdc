"""That a cohort or a venue is not offered to somebody: nothing about why, or who said so."""

from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

NOT_OFFERED_HERE = "Not offered here."
HOLDS = timedelta(days=90)
"""Such a row ends by itself, whoever gave it, and is given again while it is needed."""
_FRIDAY = 5


class NotOfferedHere(Struct, frozen=True, kw_only=True):
    """One cohort, or all that meets at one venue."""

    person_id: UUID
    cohort_id: UUID | None = None
    venue_id: UUID | None = None


def day_it_bears(today: date) -> date:
    """The day on such a row: a weekend's is its Friday, so that none is of a weekend."""
    return today - max(timedelta(days=today.isoweekday() - _FRIDAY), timedelta())
