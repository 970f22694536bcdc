"""What is asked at a check-in: a form of one version of the questions, for one who answers."""

from datetime import date
from functools import cache
from typing import Annotated, Any
from uuid import UUID

import msgspec

from app.forms.fields import Choice, Day, LongText, Radios, Select, Tick
from app.forms.form import Form
from outcomes.survivors.questionnaires import FREQUENCIES, Question, Questionnaire
from outcomes.survivors.words import Channel, PoliceCalled, Source, Timepoint

NO_ANSWER = "none"
AGREES, DOES_NOT = "yes", "no"
_FieldOf = tuple[str, Any] | tuple[str, Any, Any]
_AGREES = Radios(
    "Do they agree to these questions?",
    called="whether they agree",
    hint="Read out: you may leave out any question, stop at any time, and change your mind later.",
    choices=(Choice(AGREES, "They agree"), Choice(DOES_NOT, "They do not: ask nothing more")),
)
_POLICE = Radios(
    "Were the police called since last time?",
    called="whether the police were called",
    is_inline=True,
)


@cache
def check_in_form(questionnaire: Questionnaire, source: Source) -> Form[Any]:
    """The form of one version of the questions, made from its data."""
    is_hers = source is Source.SURVIVOR
    reached = Annotated[Channel | None, Radios("How did you reach them?", called="how")]
    fields: list[_FieldOf] = [
        ("link", Annotated[UUID, Select("About whom", called="about whom")]),
        ("timepoint", Annotated[Timepoint, Radios("Point in time", called="the point in time")]),
        ("asked_on", Annotated[date, Day("Asked on", called="when you asked")]),
        *([("reached_by", reached, None)] if is_hers else []),
        ("agrees", Annotated[str | None, _AGREES], None),
        *(
            (one.code, Annotated[str, _question(one)], NO_ANSWER)
            for one in questionnaire.questions
            if source in one.sources
        ),
        *(
            [("police_called", Annotated[PoliceCalled, _POLICE], PoliceCalled.NOT_STATED)]
            if is_hers
            else []
        ),
        *_words(source),
    ]
    values = msgspec.defstruct(
        "WriteCheckIn", fields, frozen=True, kw_only=True, forbid_unknown_fields=True
    )
    return Form(values)


def _words(source: Source) -> list[_FieldOf]:
    whose = "Their own words" if source is Source.SURVIVOR else "What the children's worker says"
    long = LongText(whose, hint="Kept encrypted", called="the words", rows=4)
    return [
        ("words", Annotated[str | None, long], None),
        (
            "may_quote",
            Annotated[bool, Tick("They allow these words to be quoted without a name")],
            False,
        ),
    ]


def _question(question: Question) -> Radios:
    choices = [
        *_SCALES[question.kind],
        Choice(NO_ANSWER, "No answer"),
    ]
    return Radios(
        question.name,
        hint=question.asks,
        called=f"an answer about {question.name.lower()}",
        choices=tuple(choices),
        is_inline=True,
    )


_SCALES = {
    "theme": tuple(
        Choice(str(value), text)
        for value, text in ((1, "1, worst"), (2, "2"), (3, "3"), (4, "4"), (5, "5, best"))
    ),
    "abuse": tuple(Choice(str(value), text) for value, text in enumerate(FREQUENCIES)),
}
