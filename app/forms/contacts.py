"""Recording a contact, and making a statement."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Day, LongText, Radios, Select
from app.forms.form import Form
from app.forms.wall_clock import WallTime
from app.labels import label
from outcomes.statements.words import StatementKind
from programmes.contacts.words import ContactHow, ContactWith

REACHED = (Choice("yes", "Yes"), Choice("no", "No, nobody was reached"))
_HINTS = {
    StatementKind.ATTENDANCE: "For a court or a conference: every session of every place",
    StatementKind.FINAL_REPORT: "For the referrer, when a place has ended",
    StatementKind.POLICE_NOTICE: "For the police, where a caution asks for attendance",
}


class RecordContact(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    with_whom: Annotated[ContactWith, Radios("With whom?", called="with whom it was")]
    how: Annotated[ContactHow, Radios("How?", called="how it was made", is_inline=True)]
    happened_on: Annotated[date, Day("When?", called="the day")]
    happened_time: Annotated[str, WallTime("At what time?", called="the time")]
    was_reached: Annotated[
        str,
        Radios("Was somebody reached?", called="whether somebody was reached", choices=REACHED),
    ]
    what: Annotated[
        str,
        LongText(
            "What was said",
            called="what was said",
            hint="Nothing about a partner: this record is read by everybody who works here",
        ),
    ]


class MakeStatement(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    kind: Annotated[
        StatementKind,
        Radios(
            "What is to be made?",
            called="what is to be made",
            choices=tuple(Choice(one.value, label(one), _HINTS[one]) for one in StatementKind),
        ),
    ]
    place: Annotated[
        str | None,
        Select("About which place", called="the place", hint="Not needed for a statement of all"),
    ] = None


RECORD_CONTACT = Form(RecordContact)
MAKE_STATEMENT = Form(MakeStatement)
