"""The survivor side's forms."""

from datetime import date, time
from typing import Annotated

from msgspec import Struct

from app.forms.fields import (
    Checkboxes,
    Choice,
    Day,
    LongText,
    Radios,
    Text,
    Tick,
    TimeOfDay,
)
from app.forms.form import Form
from outcomes.survivors.words import (
    AttemptOutcome,
    Channel,
    Voicemail,
    Weekday,
)

_ASKED = (
    Choice("yes", "Yes"),
    Choice("no", "No"),
    Choice("not-asked", "Not asked yet"),
)
_YES_NO = (Choice("yes", "Agrees"), Choice("no", "Does not agree, or withdraws"))


class TakeSurvivorOn(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[
        str | None,
        Text("Name", called="the name", hint="What they want to be called. Kept encrypted."),
    ] = None
    person: Annotated[
        str,
        Text(
            "Reference of the person who harmed them",
            called="the reference",
            hint="Whole, as it stands on the referral, like P-4K7D-92HX",
            width="20",
            max_length=40,
        ),
    ]
    relationship: Annotated[
        str,
        Text("Relationship", called="the relationship", hint="Former partner, mother, daughter"),
    ]
    linked_on: Annotated[date, Day("When were you told of them?", called="the day")]
    contact: Annotated[
        str,
        Radios(
            "Do they agree to be contacted?",
            called="whether they agree to contact",
            choices=_ASKED,
            is_inline=True,
        ),
    ]
    support: Annotated[
        str,
        Radios(
            "Do they want support?",
            called="whether they want support",
            choices=_ASKED,
            is_inline=True,
        ),
    ]
    outcomes: Annotated[
        str,
        Radios(
            "Do they agree to outcome questions?",
            called="whether they agree to outcome questions",
            choices=_ASKED,
            is_inline=True,
        ),
    ]
    sharing: Annotated[
        str,
        Radios(
            "Do they agree to sharing with other services?",
            called="whether they agree to sharing",
            choices=_ASKED,
            is_inline=True,
        ),
    ]


class LinkPerson(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    person: Annotated[
        str,
        Text(
            "Reference of the person",
            called="the reference",
            hint="Whole, as it stands on the referral, like P-4K7D-92HX",
            width="20",
            max_length=40,
        ),
    ]
    relationship: Annotated[str, Text("Relationship", called="the relationship")]
    linked_on: Annotated[date, Day("When were you told of it?", called="the day")]


class GiveConsent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    answer: Annotated[str, Radios("What do they say?", called="what they say", choices=_YES_NO)]
    answered_on: Annotated[date, Day("When did they say so?", called="the day")]


class WriteSafeContact(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    channel: Annotated[Channel, Radios("How is it safe to reach them?", called="how")]
    address: Annotated[str, Text("Number or address", called="the number or address", width="20")]
    days: Annotated[
        tuple[Weekday, ...],
        Checkboxes("On which days?", called="the days", hint="Leave empty for any day"),
    ] = ()
    from_time: Annotated[
        time | None, TimeOfDay("Not before", called="the earliest time", hint="Like 9:30am")
    ] = None
    until_time: Annotated[
        time | None, TimeOfDay("Not after", called="the latest time", hint="Like 2:45pm")
    ] = None
    voicemail: Annotated[Voicemail, Radios("Voicemail", called="what to do about voicemail")]
    code_word: Annotated[
        str | None,
        Text("Code word", called="the code word", hint="They say it where they cannot talk"),
    ] = None
    who_may_answer: Annotated[
        str | None, Text("Who else may answer", called="who else may answer")
    ] = None
    interpreter: Annotated[
        str | None,
        Text(
            "Interpreter",
            called="the interpreter",
            hint="Language and service. Never a member of the family.",
        ),
    ] = None
    words: Annotated[str | None, LongText("Anything else", called="anything else", rows=3)] = None
    reviewed_on: Annotated[date, Day("When did they last say that this is safe?", called="the day")]


class LogAttempt(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    channel: Annotated[Channel, Radios("How did you try?", called="how you tried")]
    outcome: Annotated[AttemptOutcome, Radios("What came of it?", called="what came of it")]


class EraseSurvivor(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    reason: Annotated[str, LongText("Why?", called="the reason", rows=3)]
    is_sure: Annotated[
        bool,
        Tick(
            "I understand that nobody can undo this",
            called="that you understand",
            is_required=True,
        ),
    ]


TAKE_SURVIVOR_ON = Form(TakeSurvivorOn)
LINK_PERSON = Form(LinkPerson)
GIVE_CONSENT = Form(GiveConsent)
WRITE_SAFE_CONTACT = Form(WriteSafeContact)
LOG_ATTEMPT = Form(LogAttempt)
ERASE_SURVIVOR = Form(EraseSurvivor)
