"""A form with every kind of field, well and badly filled in."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Struct

from app.forms.fields import (
    Checkboxes,
    Choice,
    Day,
    Hidden,
    LongText,
    Number,
    Radios,
    Select,
    Text,
    Tick,
    TimeOfDay,
    Typed,
)
from app.forms.form import Form
from app.labels import describe
from app.web.components import Tag
from programmes.common.errors import Invalid

SUBMISSION = UUID("01930000-0000-7000-8000-000000000001")


class AbsenceReason(StrEnum):
    ILLNESS = "illness"
    WORK = "work"
    OTHER = "other"


describe(
    AbsenceReason,
    {
        AbsenceReason.ILLNESS: Tag("Illness"),
        AbsenceReason.WORK: Tag("Work"),
        AbsenceReason.OTHER: Tag("Something else"),
    },
)


class AbsenceValues(Struct, forbid_unknown_fields=True, frozen=True):
    name: Annotated[str, Text("Who told you?", called="who told you", width="20")]
    missed_on: Annotated[
        date,
        Day("When was the session?", called="the day of the session", hint="Like 24 11 2026"),
    ]
    called_at: Annotated[time, TimeOfDay("Time of the call", hint="Like 6:30pm")]
    programme: Annotated[str, Select("Programme", choices=(Choice("cd", "Caring Dads"),))]
    reason: Annotated[
        AbsenceReason,
        Radios("What was the reason?", called="the reason", reveals={"other": "other_reason"}),
    ]
    other_reason: Annotated[str | None, Text("What was it?", called="the other reason")]
    minutes: Annotated[int, Number("Minutes late", most=120, suffix="minutes")]
    note: Annotated[str | None, LongText("Note", hint="Facts, not opinions", max_length=400)]
    told: Annotated[
        tuple[str, ...],
        Checkboxes(
            "Who was told?",
            called="who was told",
            choices=(
                Choice("referrer", "The referrer"),
                Choice("manager", "The manager", hint="By phone"),
            ),
        ),
    ]
    is_certain: Annotated[bool, Tick("I spoke to him myself", is_required=True)]
    session_number: Annotated[int, Hidden("Session")] = 3


ABSENCE = Form(AbsenceValues)
ABSENCE_AGAIN = Form(AbsenceValues, prefix="again")
GOOD_ABSENCE: Typed = {
    "submission": (str(SUBMISSION),),
    "version": ("2",),
    "name": ("Zoë Ní Bhriain",),
    "missed_on-day": ("24",),
    "missed_on-month": ("11",),
    "missed_on-year": ("2026",),
    "called_at": ("6:30pm",),
    "programme": ("cd",),
    "reason": ("other",),
    "other_reason": ("Bus broke down",),
    "minutes": ("20",),
    "note": ("Rang at six.\nWas polite.",),
    "told": ("manager",),
    "is_certain": ("yes",),
    "session_number": ("3",),
}


def refusal_of(form: Form[Any], typed: Typed) -> Invalid:
    try:
        form.parse(typed)
    except Invalid as refusal:
        return refusal
    raise AssertionError("it was accepted")


BAD_ABSENCE: Typed = {
    **dict.fromkeys(GOOD_ABSENCE, ("",)),
    "submission": (str(SUBMISSION),),
    "missed_on-day": ("31",),
    "missed_on-month": ("11",),
    "missed_on-year": ("2026",),
    "reason": ("other",),
    "called_at": ("6:30",),
}
BAD_SIGN_IN: Typed = {
    "submission": (str(SUBMISSION),),
    "email": ("not an address",),
    "password": ("secret",),
    "code": ("12",),
}
