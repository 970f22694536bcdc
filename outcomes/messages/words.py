"""Messages: to whom, by which way, how each stands. What they say is in the rules alone."""

from enum import StrEnum


class Channel(StrEnum):
    EMAIL = "email"
    TEXT = "text"


class MessageKind(StrEnum):
    """None of them says who or which programme. An outcome goes to who referred."""

    NEW_ITEM = "new item"
    DIGEST = "digest"
    REMINDER = "reminder"
    MISSED = "missed"
    OUTCOME = "outcome"


class Recipient(StrEnum):
    STAFF = "staff"
    PARTICIPANT = "participant"
    REFERRER = "referrer"


class MessageState(StrEnum):
    """`held`: it may already have gone, so that a person decides whether it goes again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Telling(StrEnum):
    """How a member of staff wants to hear of new tasks."""

    IMMEDIATE = "immediate"
    DIGEST = "digest"
    NOT_AT_ALL = "not at all"
