"""How large the invented service is, and the ids of its rows."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final
from uuid import UUID

LANES_OF_LEEDS: Final = 10
"""A lane is a room on one evening of the week, taken by one group after another."""
GROUPS_IN_A_LANE: Final = 30
WEEKS_A_GROUP: Final = 18
PLACES: Final = 10
PLACES_OF_A_RUNNING_GROUP: Final = 12
UNPLACED_OF_LEEDS: Final = 300
A_CASELOAD: Final = 50
OFFICERS_OF_LEEDS: Final = 12


class Size(StrEnum):
    """Ten years of one city, of ten cities, and of a country."""

    LEEDS = "leeds"
    X10 = "x10"
    NATIONAL = "national"

    @property
    def times(self) -> int:
        return {Size.LEEDS: 1, Size.X10: 10, Size.NATIONAL: 100}[self]

    @property
    def lanes(self) -> int:
        return LANES_OF_LEEDS * self.times

    @property
    def groups(self) -> int:
        return self.lanes * GROUPS_IN_A_LANE

    @property
    def places(self) -> int:
        running = self.lanes * PLACES_OF_A_RUNNING_GROUP
        return (self.groups - self.lanes) * PLACES + running

    @property
    def people(self) -> int:
        return self.places + UNPLACED_OF_LEEDS * self.times

    @property
    def officers(self) -> int:
        return OFFICERS_OF_LEEDS * self.times


KINDS: Final = (
    "officer",
    "facilitator",
    "worker",
    "person",
    "child",
    "person-child",
    "referral",
    "decision",
    "assignment",
    "venue",
    "room",
    "cohort",
    "cohort-staff",
    "session",
    "booking",
    "register",
    "enrolment",
    "mark",
    "acceptability",
    "order",
    "breach",
    "event",
    "data-key",
    "survivor",
    "worker-assignment",
    "link",
    "consent",
    "check-in",
)


def ids_of(kind: str) -> Callable[[int], str]:
    """The ids of one kind of row by its number, in the order of the numbers, the same each time."""
    start = f"01900000{KINDS.index(kind) + 1:04x}70008000"
    return lambda number: f"{start}{number:012x}"


def id_of(kind: str, number: int) -> UUID:
    return UUID(ids_of(kind)(number))


def draw(number: int, sides: int, *, of: int = 0) -> int:
    """A die that always falls the same way for the same number: 0 to sides - 1."""
    mixed = (number * 2654435761 + of * 40503 + 97) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 15)) * 2246822519) & 0xFFFFFFFF
    return (mixed >> 13) % sides
