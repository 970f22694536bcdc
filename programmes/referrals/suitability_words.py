"""A decision on suitability: each criterion of the version, met or not, with a note."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from programmes.catalogue.entry_words import Answer, EntryCriterion, EntryEffect
from programmes.referrals.words import Outcome, ReasonCode


class Met(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    NOT_KNOWN = "not known"


class ToldBy(StrEnum):
    """How a referrer was told an outcome."""

    EMAIL = "email"
    TELEPHONE = "telephone"


class Answered(Struct, frozen=True):
    """What was found out for one question."""

    answer: Answer
    note: str | None = None


Answers = Mapping[EntryCriterion, Answered]


class Finding(Struct, frozen=True):
    """One criterion as it was asked and answered."""

    criterion: EntryCriterion
    asked: str
    effect: EntryEffect
    answer: Answer
    met: Met
    note: str | None


class Decision(Struct, frozen=True):
    """`reason_code` is required unless the outcome is suitable. `override_reason` asks a second
    person to agree that somebody is suitable although not every criterion is met."""

    outcome: Outcome
    reason_code: ReasonCode | None = None
    note: str | None = None
    answers: Answers = {}
    override_reason: str | None = None
