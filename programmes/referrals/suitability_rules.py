"""Who is suitable: findings against a version's criteria, and all reasons against together."""

from programmes.catalogue.entry_words import Answer, EntryCriterion, EntryRule
from programmes.catalogue.rules import cares_needed, questions_open, reasons_not_suitable
from programmes.catalogue.words import ProgrammeVersion
from programmes.referrals.suitability_words import Answered, Answers, Finding, Met
from programmes.referrals.words import Outcome

_NOT_ASKED = Answered(Answer.NOT_KNOWN)


def findings(version: ProgrammeVersion, answers: Answers) -> tuple[Finding, ...]:
    """Every criterion of the version, also those that nobody answered."""
    return tuple(_finding(rule, answers.get(rule.criterion, _NOT_ASKED)) for rule in version.entry)


def _finding(rule: EntryRule, answered: Answered) -> Finding:
    return Finding(
        rule.criterion,
        rule.asked,
        rule.effect,
        answered.answer,
        _met(rule, answered.answer),
        answered.note,
    )


def _met(rule: EntryRule, answer: Answer) -> Met:
    if answer is Answer.NOT_KNOWN:
        return Met.NOT_KNOWN
    return Met.MET if answer is rule.wanted else Met.NOT_MET


def reasons_against(
    version: ProgrammeVersion, answers: Answers, *, risk_level: str
) -> tuple[str, ...]:
    """Why somebody cannot be found suitable without a second person: all of it, in order.

    A criterion that asks for care bars nobody, but wants its note.
    """
    plain = {criterion: answered.answer for criterion, answered in answers.items()}
    bars = [one.says for one in reasons_not_suitable(version, plain, risk_level=risk_level)]
    unknown = [f"Not known yet: {rule.asked}" for rule in questions_open(version, plain)]
    cares = [
        f"Write a note: {rule.asked}"
        for rule in cares_needed(version, plain)
        if not answers[rule.criterion].note
    ]
    return (*bars, *unknown, *cares)


def wanted_answers(version: ProgrammeVersion) -> dict[EntryCriterion, Answered]:
    """The answers of somebody who meets every criterion."""
    return {rule.criterion: Answered(rule.wanted) for rule in version.entry}


def told_to_referrer(outcome: Outcome, *, reference: str) -> str:
    """What the referrer is told: the outcome and what happens next, nothing clinical.

    It goes by e-mail too, so that it names neither the person nor the programme.
    """
    about = f"Your referral {reference}: "
    says = {
        Outcome.SUITABLE: (
            "they were found suitable and are on the waiting list. We will tell you when a place "
            "is offered. Please go on with your own work with them meanwhile."
        ),
        Outcome.NOT_SUITABLE: (
            "we cannot take them. Please go on managing the risk; a referral is no "
            "reason to stop. Call us if you want to talk about other ways."
        ),
        Outcome.CLOSED: (
            "it was closed without a decision. You may refer again at any time. Please go on "
            "managing the risk."
        ),
    }
    return about + says[outcome]
