"""Asking for everything about somebody, reading it before it goes out, and keeping it."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Checkboxes, Day, Text, Tick
from app.forms.form import Form


class AskForAccess(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    person: Annotated[
        str,
        Text(
            "Reference of the person who asks",
            called="the reference",
            hint="Whole, like P-4K7D-92HX. Make sure first that it is they who ask.",
            width="20",
            max_length=40,
        ),
    ]
    asked_on: Annotated[date, Day("When did they ask?", called="the day they asked")]


class ReadAccess(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    left_out: Annotated[
        tuple[str, ...],
        Checkboxes(
            "Leave out",
            called="what to leave out",
            hint="What would tell of somebody else: names, places, what another person said.",
        ),
    ] = ()
    is_read: Annotated[
        bool,
        Tick("I have read every text above", called="that you have read it", is_required=True),
    ]


class HoldPerson(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    person: Annotated[
        str,
        Text(
            "Reference of the person",
            called="the reference",
            hint="Whole, like P-4K7D-92HX.",
            width="20",
            max_length=40,
        ),
    ]
    reason: Annotated[
        str,
        Text(
            "Why must the record be kept?",
            called="why the record must be kept",
            hint="The inquiry, inquest or court, and who asked.",
            max_length=200,
        ),
    ]


ASK_FOR_ACCESS = Form(AskForAccess)
READ_ACCESS = Form(ReadAccess)
HOLD_PERSON = Form(HoldPerson)
