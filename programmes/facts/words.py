"""News that others must hear of: what happened to somebody, told once."""

from enum import StrEnum


class FactKind(StrEnum):
    """A fact is written with what made it true; `about` is the row that it is about."""

    MISSED = "missed"
    DROPPED_OUT = "dropped out"
    COMPLETED = "completed"
    CANNOT_FINISH = "can no longer finish"
    BREACH = "breach"
    CONCERN = "concern"
    ORDER_ENDING = "order ending"
    ORDER_ENDED = "order ended with nothing after it"
