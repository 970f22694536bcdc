"""How a place ended for the count: the words of a decision on completion."""

from enum import StrEnum


class CompletionOutcome(StrEnum):
    COMPLETED = "completed"
    NOT_COMPLETED = "not completed"
