"""What can be put right after a release was computed, and be named in its list of revisions."""

from enum import StrEnum


class Corrected(StrEnum):
    """A kind of record that was entered or corrected late."""

    REGISTERS = "registers"
    DECISIONS = "decisions"
    ORDERS = "orders"
    BREACHES = "breaches"
    PLACES = "places"


CORRECTED = tuple(Corrected)
