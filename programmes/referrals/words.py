"""Referrals from receipt to decision: the words, and the table of allowed moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from programmes.common.staff import Role

ReferralId = NewType("ReferralId", UUID)


class ReferralStatus(StrEnum):
    RECEIVED = "received"
    CHECKED = "checked"
    ASSESSED = "assessed"
    WAITING = "waiting"
    OFFERED = "offered"
    ENROLLED = "enrolled"
    NOT_SUITABLE = "not suitable"
    CLOSED = "closed"


class Route(StrEnum):
    VOLUNTARY = "voluntary"
    CHILD_PROTECTION_PLAN = "child protection plan"
    COMMUNITY_ORDER = "community order"
    LICENCE = "licence"
    CONDITIONAL_CAUTION = "conditional caution"
    FAMILY_COURT = "family court"
    OTHER = "other"


class RiskLevel(StrEnum):
    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"


class ReasonCode(StrEnum):
    """Why somebody could not be offered a place. The first group is unmet need."""

    NO_CHILDREN = "man-without-children"
    WOMAN = "woman-causing-harm"
    FAMILY_MEMBER = "family-member-abuse"
    NO_PROGRAMME = "no-programme-exists"
    LANGUAGE = "language"
    NEEDS = "mental-health-neurodiversity-or-learning"
    DISTANCE = "distance"
    TIMES = "times"
    PROCEEDINGS = "proceedings-will-end-contact"
    NO_ASSESSMENT = "did-not-attend-assessment"
    CRITERIA = "criteria-not-met"
    WITHDRAWN = "withdrawn-by-referrer"
    OTHER = "other"


REASON_WORDS: Final[Mapping[ReasonCode, str]] = {
    ReasonCode.NO_CHILDREN: "Man without children: no programme available",
    ReasonCode.WOMAN: "Woman causing harm: no programme available",
    ReasonCode.FAMILY_MEMBER: "Abuse of a family member, not a partner",
    ReasonCode.NO_PROGRAMME: "No programme exists for this person",
    ReasonCode.LANGUAGE: "No group or interpreter in the language",
    ReasonCode.NEEDS: "Mental health, neurodiversity or learning needs",
    ReasonCode.DISTANCE: "Too far to travel",
    ReasonCode.TIMES: "No group at a time that is possible",
    ReasonCode.PROCEEDINGS: "Live proceedings likely to end contact",
    ReasonCode.NO_ASSESSMENT: "Did not attend assessment",
    ReasonCode.CRITERIA: "Entry criteria not met",
    ReasonCode.WITHDRAWN: "Withdrawn by the referrer",
    ReasonCode.OTHER: "Another reason",
}
"""What each is called, on pages, in reports and in files."""

UNMET_NEED = frozenset(
    {
        ReasonCode.NO_CHILDREN,
        ReasonCode.WOMAN,
        ReasonCode.FAMILY_MEMBER,
        ReasonCode.NO_PROGRAMME,
        ReasonCode.LANGUAGE,
        ReasonCode.NEEDS,
        ReasonCode.DISTANCE,
        ReasonCode.TIMES,
    }
)


class Outcome(StrEnum):
    SUITABLE = "suitable"
    NOT_SUITABLE = "not suitable"
    CLOSED = "closed"


class Through(StrEnum):
    """What makes a move: a hand, a decision on suitability, or a place given in a cohort."""

    HAND = "hand"
    DECISION = "decision"
    PLACE = "place"


@dataclass(frozen=True)
class Move:
    """One allowed change of status: who may make it, by what, and whether it needs a reason."""

    before: ReferralStatus
    after: ReferralStatus
    who: frozenset[Role]
    needs_reason: bool = False
    through: Through = Through.HAND


_TRIAGE = frozenset({Role.MANAGER, Role.CARA_COORDINATOR, Role.OPERATOR})
_REOPENS = frozenset({Role.MANAGER, Role.OPERATOR})
_S = ReferralStatus
TO_DECIDE = (_S.RECEIVED, _S.CHECKED, _S.ASSESSED)
ON_THE_LIST = (_S.WAITING, _S.OFFERED)

MOVES: tuple[Move, ...] = (
    Move(_S.RECEIVED, _S.CHECKED, _TRIAGE),
    Move(_S.CHECKED, _S.ASSESSED, _TRIAGE),
    *(Move(before, _S.WAITING, _TRIAGE, through=Through.DECISION) for before in TO_DECIDE),
    *(
        Move(before, after, _TRIAGE, needs_reason=True, through=Through.DECISION)
        for before in (*TO_DECIDE, *ON_THE_LIST)
        for after in (_S.NOT_SUITABLE, _S.CLOSED)
    ),
    Move(_S.WAITING, _S.OFFERED, _TRIAGE),
    Move(_S.OFFERED, _S.WAITING, _TRIAGE, needs_reason=True),
    *(Move(before, _S.ENROLLED, _TRIAGE, through=Through.PLACE) for before in ON_THE_LIST),
    Move(_S.ENROLLED, _S.WAITING, _TRIAGE, needs_reason=True),
    Move(_S.ENROLLED, _S.CLOSED, _TRIAGE, needs_reason=True),
    Move(_S.NOT_SUITABLE, _S.RECEIVED, _REOPENS, needs_reason=True),
    Move(_S.CLOSED, _S.RECEIVED, _REOPENS, needs_reason=True),
)
"""The database refuses every other move, and one without the reason that it needs."""
