"""Who may enter a programme: the questions at assessment, and what an answer means."""

from enum import StrEnum

from msgspec import Struct


class Checked(StrEnum):
    """Whether a source was found (V), or it is common practice that none confirmed (K)."""

    SOURCE = "V"
    PRACTICE = "K"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"


class EntryCriterion(StrEnum):
    FATHER = "father"
    CONTACT_WITH_CHILD = "contact-with-child"
    CHILD_SEXUAL_ABUSE = "child-sexual-abuse"
    PROFESSIONAL_ENGAGED = "professional-engaged"
    PROCEEDINGS_WILL_END_CONTACT = "proceedings-will-end-contact"
    UNDER_CONDITIONAL_CAUTION = "under-conditional-caution"
    EARLIER_CONVICTION = "earlier-conviction"
    ADMITS_OFFENCE = "admits-offence"
    COERCIVE_CONTROL = "coercive-control"
    VICTIM_CONSULTED = "victim-consulted"
    CONTACT_EXPECTED = "contact-expected"


class EntryEffect(StrEnum):
    """A bar makes somebody not suitable; care asks for a second look and a written reason."""

    BAR = "bar"
    CARE = "care"


class EntryRule(Struct, frozen=True, kw_only=True):
    """One question at assessment. `{limit}` in the question is this version's number.

    `reason` is the code under which a bar is counted as unmet need.
    """

    criterion: EntryCriterion
    question: str
    wanted: Answer
    reason: str
    checked: Checked
    effect: EntryEffect = EntryEffect.BAR
    limit: int | None = None

    @property
    def asked(self) -> str:
        return self.question.format(limit=self.limit)


class NotSuitable(Struct, frozen=True):
    """One finding at assessment, with the code under which it is counted."""

    criterion: EntryCriterion | None
    reason: str
    says: str
