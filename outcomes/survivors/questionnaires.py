"""What she is asked, as versioned data. A check-in names the version that it was asked by.

Themes and kinds of abuse are fixed, so that answers can be compared over the years; how they are
asked, and which of them are, is the survivor lead's to change.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from outcomes.survivors.words import Source


class QuestionKind(StrEnum):
    """A theme is answered from 1 (worst) to 5 (best); abuse from 0 (never) to 4 (always)."""

    THEME = "theme"
    ABUSE = "abuse"


THEMES: Final[Mapping[str, str]] = {
    "respectful_communication": "Respectful communication",
    "freedom_to_act": "Freedom to act",
    "feels_safe": "Safety",
    "shared_parenting": "Shared parenting",
    "his_awareness": "Awareness of self and others",
    "children_feel_safe": "Safer childhoods",
}
ABUSE: Final[Mapping[str, str]] = {
    "physical_abuse": "Physical",
    "sexual_abuse": "Sexual",
    "controlling_behaviour": "Controlling",
    "stalking": "Stalking",
    "economic_abuse": "Economic",
}
SAFETY = "feels_safe"
"""The theme by which the report says who is safer."""


class Question(Struct, frozen=True, kw_only=True):
    code: str
    kind: QuestionKind
    name: str
    asks: str
    sources: tuple[Source, ...] = (Source.SURVIVOR,)


class Questionnaire(Struct, frozen=True, kw_only=True):
    code: str
    valid_from: date
    based_on: str
    questions: tuple[Question, ...]

    @property
    def themes(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.kind is QuestionKind.THEME)

    @property
    def abuse(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.kind is QuestionKind.ABUSE)


LEAST = {QuestionKind.THEME: 1, QuestionKind.ABUSE: 0}
MOST = {QuestionKind.THEME: 5, QuestionKind.ABUSE: 4}
FREQUENCIES: Final = ("Never", "Rarely", "Sometimes", "Often", "Always")

_T, _A = QuestionKind.THEME, QuestionKind.ABUSE
_BOTH = (Source.SURVIVOR, Source.CHILDRENS_WORKER)


def _theme(code: str, asks: str, *, sources: tuple[Source, ...] = (Source.SURVIVOR,)) -> Question:
    return Question(code=code, kind=_T, name=THEMES[code], asks=asks, sources=sources)


def _abuse(code: str, asks: str) -> Question:
    return Question(code=code, kind=_A, name=ABUSE[code], asks=asks)


WORKBOOK_2018 = Questionnaire(
    code="workbook of 2018",
    valid_from=date(2018, 1, 1),
    based_on="The columns of the workbook that was kept before this service",
    questions=(
        _theme("feels_safe", "Feels safe"),
        _theme("freedom_to_act", "Free to act"),
        _theme("respectful_communication", "Respectful communication"),
        _theme("children_feel_safe", "Children feel safe", sources=_BOTH),
        _abuse("physical_abuse", "Physical abuse"),
        _abuse("controlling_behaviour", "Controlling behaviour"),
    ),
)
SIX_THEMES = Questionnaire(
    code="six themes 1",
    valid_from=date(2026, 1, 1),
    based_on="The six measures of success of Project Mirabal",
    questions=(
        _theme(
            "respectful_communication",
            "Can the two of you disagree, and they listen and stay respectful?",
        ),
        _theme(
            "freedom_to_act",
            "Can you see people, spend, speak and go out without fear of what they will do?",
        ),
        _theme("feels_safe", "How safe from violence and abuse do you feel?"),
        _theme(
            "shared_parenting",
            "Is their parenting safe, positive and shared?",
            sources=_BOTH,
        ),
        _theme(
            "his_awareness",
            "Do they see what their behaviour does to you and the children?",
        ),
        _theme(
            "children_feel_safe",
            "How safe, heard and cared for are the children?",
            sources=_BOTH,
        ),
        _abuse("physical_abuse", "Hitting, pushing, strangling, throwing things"),
        _abuse("sexual_abuse", "Pressure or force into anything sexual"),
        _abuse(
            "controlling_behaviour",
            "Checking, forbidding, threatening, cutting off from others",
        ),
        _abuse("stalking", "Following, watching, turning up, messages not wanted"),
        _abuse("economic_abuse", "Keeping money, debts in your name, stopping work"),
    ),
)
QUESTIONNAIRES: Final = (WORKBOOK_2018, SIX_THEMES)
"""What every new home begins with."""


def questionnaire_on(
    day: date, versions: Sequence[Questionnaire] = QUESTIONNAIRES
) -> Questionnaire:
    """The one in force on this day."""
    return max((q for q in versions if q.valid_from <= day), key=lambda q: q.valid_from)


class Change(Struct, frozen=True, kw_only=True):
    """A version that is asked for: the words of each question, and whom else they are put to.

    A theme or kind of abuse without words is not asked.
    """

    valid_from: date
    based_on: str
    asks: Mapping[str, str]
    also_childrens_worker: tuple[str, ...] = ()


def next_version(change: Change, versions: Sequence[Questionnaire]) -> Questionnaire:
    both = frozenset(change.also_childrens_worker)
    themes = [
        _theme(code, change.asks[code], sources=_BOTH if code in both else (Source.SURVIVOR,))
        for code in THEMES
        if change.asks.get(code)
    ]
    abuse = [_abuse(code, change.asks[code]) for code in ABUSE if change.asks.get(code)]
    return Questionnaire(
        code=f"six themes {len(versions)}",
        valid_from=change.valid_from,
        based_on=change.based_on,
        questions=(*themes, *abuse),
    )


def faults_of_version(
    change: Change, versions: Sequence[Questionnaire], *, today: date
) -> dict[str, str]:
    """Why there can be no such version, by field.

    Never before today, nor before a version that stands: what was asked stays as it was asked.
    """
    faults = {}
    latest = max(versions, key=lambda q: q.valid_from)
    if change.valid_from < today:
        faults["valid_from"] = "Give a day from today on: what was asked before stays as it was"
    elif change.valid_from <= latest.valid_from:
        faults["valid_from"] = "Give a day after that of the latest version"
    if not change.asks.get(SAFETY):
        faults[SAFETY] = "Write this question: who is safer is counted by it"
    for code in change.also_childrens_worker:
        if not change.asks.get(code):
            faults[code] = "Write this question, or do not put it to the children's worker"
    if not faults and next_version(change, versions).questions == latest.questions:
        faults["based_on"] = "This asks the same as the latest version. Change a question"
    return faults


def answer_faults(
    questionnaire: Questionnaire, answers: dict[str, int], *, source: Source
) -> dict[str, str]:
    """What is wrong with the answers, by question. One answer at least; each may be left out."""
    known = {q.code: q for q in questionnaire.questions if source in q.sources}
    faults = {}
    for code, value in answers.items():
        if code not in known:
            faults[code] = f"This is not asked of {_who(source)}."
        elif not LEAST[known[code].kind] <= value <= MOST[known[code].kind]:
            least, most = LEAST[known[code].kind], MOST[known[code].kind]
            faults[code] = f"An answer is a whole number from {least} to {most}."
    if not answers:
        faults["answers"] = "Give at least one answer."
    return faults


def _who(source: Source) -> str:
    return {
        Source.SURVIVOR: "the survivor",
        Source.CHILDRENS_WORKER: "the children's worker",
    }[source]
