"""Cohorts and the places in them: the words, and the allowed moves of a place."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

CohortId = NewType("CohortId", UUID)
EnrolmentId = NewType("EnrolmentId", UUID)


class CohortStatus(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class EnrolmentStatus(StrEnum):
    ENROLLED = "enrolled"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"
    TRANSFERRED = "transferred"


LIVE_PLACES = (EnrolmentStatus.ENROLLED, EnrolmentStatus.PAUSED)


@dataclass(frozen=True)
class PlaceMove:
    """One allowed change of a place's status."""

    before: EnrolmentStatus
    after: EnrolmentStatus
    needs_reason: bool = False


_E = EnrolmentStatus
PLACE_MOVES: tuple[PlaceMove, ...] = (
    PlaceMove(_E.ENROLLED, _E.PAUSED, needs_reason=True),
    PlaceMove(_E.PAUSED, _E.ENROLLED),
    *(PlaceMove(live, over) for live in LIVE_PLACES for over in (_E.COMPLETED, _E.ENDED)),
    *(PlaceMove(live, _E.TRANSFERRED, needs_reason=True) for live in LIVE_PLACES),
    # Taken up again: by going back to that group, or as a later book shows.
    *(
        PlaceMove(over, _E.ENROLLED, needs_reason=True)
        for over in (_E.TRANSFERRED, _E.ENDED, _E.COMPLETED)
    ),
    # A decision on completion that is put right.
    PlaceMove(_E.COMPLETED, _E.ENDED, needs_reason=True),
    PlaceMove(_E.ENDED, _E.COMPLETED),
)
"""The database refuses every other move, and one without the reason that it needs."""


class EndReason(StrEnum):
    WITHDREW = "withdrew"
    REMOVED = "removed"
    ORDER_ENDED = "order ended"
    BREACHED = "breached"
    MOVED = "moved away"
    DIED = "died"
    STOPPED = "stopped attending"
    REPEATS = "repeats the pair"
    OTHER = "other"


class StaffAway(StrEnum):
    LEAVE = "leave"
    OTHER_DUTY = "another duty"


class StaffDuty(StrEnum):
    FACILITATOR = "facilitator"
    INTERPRETER = "interpreter"
