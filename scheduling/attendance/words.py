"""Words of a session's evening: how somebody took part, what worries, what an evening came to."""

from enum import StrEnum

EVIDENCE_TYPES = ("application/pdf", "image/jpeg", "image/png")


class Engagement(StrEnum):
    """How somebody took part, as anybody in the room could have seen. Not a measure of risk."""

    TOOK_PART = "took part"
    LISTENED = "listened"
    WITHDREW = "withdrew"
    DISRUPTED = "disrupted"


class Homework(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not done"
    NOT_SET = "not set"


class ConcernKind(StrEnum):
    """What a facilitator saw or heard tonight that somebody must know of before tomorrow."""

    THREAT = "threat"
    CONTACT = "contact against an order"
    CHILD = "child at risk"
    SELF = "risk to themselves"
    STAFF = "towards staff or the group"
    OTHER = "other"


class Settlement(StrEnum):
    """What became of somebody who came and was not on the register."""

    PLACE = "given a place"
    LISTED = "was listed after all"
    ELSEWHERE = "belongs to another group"
    NOT_FOR_US = "not for this programme"
