"""Cohorts and the places in them: the words, and the allowed moves of a place."""

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
