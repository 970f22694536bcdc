"""What she is asked, as versioned data. A check-in names the version that it was asked by."""

from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from outcomes.survivors.words import Source


class QuestionKind(StrEnum):
    """A theme is answered from 1 (worst) to 5 (best); abuse from 0 (never) to 4 (always)."""

    THEME = "theme"
    ABUSE = "abuse"


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


def _theme(
    code: str, name: str, asks: str, *, sources: tuple[Source, ...] = (Source.SURVIVOR,)
) -> Question:
    return Question(code=code, kind=_T, name=name, asks=asks, sources=sources)


def _abuse(code: str, name: str, asks: str) -> Question:
    return Question(code=code, kind=_A, name=name, asks=asks)


WORKBOOK_2018 = Questionnaire(
    code="workbook of 2018",
    valid_from=date(2018, 1, 1),
    based_on="The columns of the workbook that was kept before this service",
    questions=(
        _theme("feels_safe", "Safety", "Feels safe"),
        _theme("freedom_to_act", "Freedom to act", "Free to act"),
        _theme("respectful_communication", "Respectful communication", "Respectful communication"),
        _theme("children_feel_safe", "Safer childhoods", "Children feel safe", sources=_BOTH),
        _abuse("physical_abuse", "Physical abuse", "Physical abuse"),
        _abuse("controlling_behaviour", "Controlling behaviour", "Controlling behaviour"),
    ),
)
SIX_THEMES = Questionnaire(
    code="six themes 1",
    valid_from=date(2026, 1, 1),
    based_on="The six measures of success of Project Mirabal",
    questions=(
        _theme(
            "respectful_communication",
            "Respectful communication",
            "Can the two of you disagree, and they listen and stay respectful?",
        ),
        _theme(
            "freedom_to_act",
            "Freedom to act",
            "Can you see people, spend, speak and go out without fear of what they will do?",
        ),
        _theme("feels_safe", "Safety", "How safe from violence and abuse do you feel?"),
        _theme(
            "shared_parenting",
            "Shared parenting",
            "Is their parenting safe, positive and shared?",
            sources=_BOTH,
        ),
        _theme(
            "his_awareness",
            "Awareness of self and others",
            "Do they see what their behaviour does to you and the children?",
        ),
        _theme(
            "children_feel_safe",
            "Safer childhoods",
            "How safe, heard and cared for are the children?",
            sources=_BOTH,
        ),
        _abuse("physical_abuse", "Physical", "Hitting, pushing, strangling, throwing things"),
        _abuse("sexual_abuse", "Sexual", "Pressure or force into anything sexual"),
        _abuse(
            "controlling_behaviour",
            "Controlling",
            "Checking, forbidding, threatening, cutting off from others",
        ),
        _abuse("stalking", "Stalking", "Following, watching, turning up, messages not wanted"),
        _abuse("economic_abuse", "Economic", "Keeping money, debts in your name, stopping work"),
    ),
)
QUESTIONNAIRES: Final = (WORKBOOK_2018, SIX_THEMES)


def questionnaire_on(day: date) -> Questionnaire:
    """The one in force on this day."""
    return max((q for q in QUESTIONNAIRES if q.valid_from <= day), key=lambda q: q.valid_from)


def questionnaire_called(code: str) -> Questionnaire:
    """Raises KeyError for a code that no version has."""
    return {q.code: q for q in QUESTIONNAIRES}[code]


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
