"""The referral form and the decision form."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Day, LongText, Radios, Select, Text
from app.forms.form import Form
from programmes.people.words import Sex
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus, RiskLevel, Route

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"), Choice("not-known", "Not known"))


class TakeReferral(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    first_name: Annotated[str, Text("First name", called="the first name")]
    last_name: Annotated[str, Text("Last name", called="the last name")]
    date_of_birth: Annotated[date, Day("Date of birth", called="the date of birth")]
    sex: Annotated[Sex, Radios("Sex", called="the sex")]
    first_language: Annotated[str | None, Text("First language", called="the first language")] = (
        None
    )
    interpreter: Annotated[
        str,
        Radios(
            "Is an interpreter needed?",
            called="whether an interpreter is needed",
            choices=YES_NO[:2],
        ),
    ]
    postcode_district: Annotated[
        str | None,
        Text(
            "Postcode district",
            called="the postcode district",
            hint="The first half, LS9",
            max_length=4,
            width="5",
        ),
    ] = None
    programme: Annotated[str, Select("Programme", called="the programme")]
    agency: Annotated[str, Select("Referred by", called="who referred")]
    referring_worker: Annotated[
        str | None, Text("Referring worker", called="the referring worker")
    ] = None
    received_on: Annotated[date, Day("Received on", called="when it was received")]
    route: Annotated[Route, Select("Route", called="the route")]
    risk_level: Annotated[RiskLevel, Radios("Risk level", called="the risk level")]
    contact_with_child: Annotated[
        str,
        Radios(
            "Do they have regular contact with a child aged 0 to 16?",
            called="whether there is contact with a child",
            choices=YES_NO,
        ),
    ]
    same_person: Annotated[
        str | None,
        Radios(
            "Is this somebody who is on record already?",
            called="whether this person is on record already",
        ),
    ] = None


class Decide(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    outcome: Annotated[
        Outcome,
        Radios("What have you decided?", called="what you have decided"),
    ]
    reason_code: Annotated[
        ReasonCode | None, Select("Reason, unless they are suitable", called="the reason")
    ] = None
    note: Annotated[
        str | None,
        LongText("Note", called="the note", hint="The referrer is told the outcome, not this"),
    ] = None


class MoveOn(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    after: Annotated[ReferralStatus, Radios("Change it to", called="the new status")]
    reason: Annotated[str | None, LongText("Reason", called="the reason", rows=3)] = None


TAKE_REFERRAL = Form(TakeReferral)
DECIDE = Form(Decide)
MOVE_ON = Form(MoveOn)
