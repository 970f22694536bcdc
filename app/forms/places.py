"""Giving somebody a place, and judging an absence."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, LongText, Radios, Select
from app.forms.form import Form

REASONS_OF_ABSENCE = tuple(
    Choice(value, value.capitalize())
    for value in (
        "illness",
        "work",
        "court",
        "childcare",
        "religious",
        "bereavement",
        "other",
    )
)


class TakePlace(Struct, forbid_unknown_fields=True, frozen=True):
    cohort: Annotated[str, Radios("Which group?", called="a group")]


class TransferPlace(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    into: Annotated[str, Radios("Which group instead?", called="another group")]
    reason: Annotated[str, LongText("Why?", called="why", rows=3, max_length=400)]


KEEP_WAITING = "wait"


class RepeatPair(Struct, forbid_unknown_fields=True, frozen=True):
    into: Annotated[str, Radios("Which pair instead?", called="a later pair")]


class JudgeAbsence(Struct, forbid_unknown_fields=True, frozen=True):
    verdict: Annotated[
        str,
        Radios(
            "Was this absence acceptable?",
            called="whether the absence was acceptable",
            choices=(
                Choice("acceptable", "Acceptable"),
                Choice("not acceptable", "Not acceptable"),
            ),
            is_inline=True,
        ),
    ]
    why: Annotated[
        str | None, Select("Reason given", called="the reason", choices=REASONS_OF_ABSENCE)
    ] = None
    note: Annotated[str | None, LongText("Note", called="the note", rows=3)] = None


TAKE_PLACE = Form(TakePlace)
TRANSFER_PLACE = Form(TransferPlace)
REPEAT_PAIR = Form(RepeatPair)
JUDGE_ABSENCE = Form(JudgeAbsence)
