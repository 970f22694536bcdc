"""That a cohort or a venue is not offered to somebody: nothing about why, or who said so."""

from datetime import date
from uuid import UUID

from msgspec import Struct

NOT_OFFERED_HERE = "Not offered here."


class NotOfferedHere(Struct, frozen=True, kw_only=True):
    """One cohort, or all that meets at one venue; both days included, none means until told."""

    person_id: UUID
    from_on: date
    cohort_id: UUID | None = None
    venue_id: UUID | None = None
    until_on: date | None = None
