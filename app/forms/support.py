"""Support offered beside an order, and where papers are held."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Day, Radios, Select, Text
from app.forms.form import Form
from app.labels import label
from outcomes.survivors.support_words import Answer, HeldKind

_SAID = tuple(Choice(one.value, label(one)) for one in (Answer.TAKEN_UP, Answer.NOT_NOW))
_ANSWER_DAY = Day("When did they answer?", called="the day they answered")


class MakeOffer(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`beside` is a link, or a link and an order with a colon between them."""

    beside: Annotated[str, Select("Beside which order?", called="what it was offered beside")]
    offered_on: Annotated[date, Day("When was it offered?", called="the day it was offered")]
    answer: Annotated[Answer, Radios("What did they say?", called="what they said")]
    answered_on: Annotated[date | None, _ANSWER_DAY] = None


class AnswerOffer(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    answer: Annotated[Answer, Radios("What did they say?", called="what they said", choices=_SAID)]
    answered_on: Annotated[date, _ANSWER_DAY]


class SayWhereHeld(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    kind: Annotated[HeldKind, Radios("What is it?", called="what it is")]
    where: Annotated[
        str,
        Text(
            "Where is it held?",
            called="where it is held",
            hint="The system and number, so that nobody types it again. Kept encrypted.",
            max_length=300,
        ),
    ]
    made_on: Annotated[date, Day("When was it made?", called="the day it was made")]
    review_on: Annotated[date | None, Day("Review it on", called="the day of the review")] = None


MAKE_OFFER = Form(MakeOffer, prefix="offer")
ANSWER_OFFER = Form(AnswerOffer)
SAY_WHERE_HELD = Form(SayWhereHeld, prefix="held")
