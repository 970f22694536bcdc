"""A referral in short steps. Each step is a form of its own; the API reads the same forms."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Struct

from app.forms.fields import (
    Checkboxes,
    Choice,
    Day,
    District,
    Email,
    LongText,
    Radios,
    Select,
    Text,
)
from app.forms.form import Form
from programmes.people.words import Sex
from programmes.referrals.intake_words import (
    FREE_TIMES,
    LawfulBasis,
    LegalRegime,
    Need,
    Told,
    YesNoNotSaid,
)
from programmes.referrals.words import RiskLevel, Route

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"), Choice("not-known", "Not known"))
NOT_SAID = "prefer not to say"
SOMEBODY_NEW = "somebody-new"


def _said(*words: str) -> tuple[Choice, ...]:
    return (*(Choice(word, word) for word in words), Choice(NOT_SAID, "Prefers not to say"))


ETHNIC_GROUPS = _said(
    "White British", "White Irish", "Gypsy, Roma or Traveller", "White other", "Indian",
    "Pakistani", "Bangladeshi", "Chinese", "Asian other", "Black African", "Black Caribbean",
    "Black other", "Mixed White and Black Caribbean", "Mixed White and Black African",
    "Mixed White and Asian", "Mixed other", "Arab", "Other",
)  # fmt: skip
RELIGIONS = _said(
    "No religion", "Buddhist", "Christian", "Hindu", "Jewish", "Muslim", "Sikh", "Another religion"
)
ORIENTATIONS = _said("Straight", "Gay or lesbian", "Bisexual", "Another orientation")


class AboutThem(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    first_name: Annotated[str, Text("First name", called="the first name", max_length=100)]
    last_name: Annotated[str, Text("Last name", called="the last name", max_length=100)]
    date_of_birth: Annotated[date, Day("Date of birth", called="the date of birth")]
    sex: Annotated[Sex, Radios("Sex", called="the sex")]
    postcode_district: Annotated[
        str | None,
        District("Postcode district"),
    ] = None


class SameAs(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    same_person: Annotated[
        str,
        Radios(
            "Is this somebody who is on record already?",
            called="whether this person is on record already",
        ),
    ]


class AboutReferral(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    programme: Annotated[str, Select("Programme", called="the programme")]
    agency: Annotated[UUID, Select("Referred by", called="who referred")]
    referring_worker: Annotated[
        str | None, Text("Referring worker", called="the referring worker", max_length=100)
    ] = None
    worker_email: Annotated[
        str | None, Email("Work e-mail address of the worker", called="the e-mail address")
    ] = None
    received_on: Annotated[date, Day("Received on", called="when it was received")]
    route: Annotated[Route, Select("Route", called="the route")]
    risk_level: Annotated[RiskLevel, Radios("Risk level", called="the risk level")]


class TheDeadline(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    deadline_on: Annotated[
        date,
        Day("Last day of the caution, order or licence", called="the last day"),
    ]
    prosecution_limit_on: Annotated[
        date | None,
        Day(
            "Prosecution time limit",
            called="the prosecution time limit",
            hint="The last day on which the original offence can be prosecuted, if there is one",
        ),
    ] = None


class TheChildren(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    contact_with_child: Annotated[
        str,
        Radios(
            "Do they have regular contact with a child aged 0 to 16?",
            called="whether there is contact with a child",
            choices=YES_NO,
        ),
    ]
    children_born: Annotated[
        str | None,
        Text(
            "Years in which the children were born",
            called="the years",
            hint="With commas: 2015, 2018. No names.",
            max_length=120,
            width="20",
        ),
    ] = None


class TheNeeds(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    first_language: Annotated[
        str | None, Text("First language", called="the first language", max_length=60, width="20")
    ] = None
    interpreter: Annotated[
        str,
        Radios(
            "Is an interpreter needed?",
            called="whether an interpreter is needed",
            choices=YES_NO[:2],
        ),
    ]
    needs: Annotated[
        tuple[Need, ...],
        Checkboxes("What else should be planned for?", called="the needs"),
    ] = ()
    needs_note: Annotated[
        str | None,
        LongText(
            "More about these",
            called="the note",
            hint="Only what somebody planning a group must know",
            rows=3,
            max_length=1000,
        ),
    ] = None


class TheEquality(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    ethnic_group: Annotated[
        str | None, Select("Ethnic group", called="the ethnic group", choices=ETHNIC_GROUPS)
    ] = None
    religion: Annotated[
        str | None, Select("Religion", called="the religion", choices=RELIGIONS)
    ] = None
    disability: Annotated[
        YesNoNotSaid | None, Radios("Do they have a disability?", called="whether there is one")
    ] = None
    sexual_orientation: Annotated[
        str | None,
        Select("Sexual orientation", called="the sexual orientation", choices=ORIENTATIONS),
    ] = None


class TheTimes(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    free_times: Annotated[
        tuple[str, ...],
        Checkboxes(
            "When can they come?",
            called="the times",
            hint="Tick every part of the week that is possible. None ticked means not known.",
            choices=tuple(Choice(one, one.capitalize()) for one in FREE_TIMES),
        ),
    ] = ()
    cannot_attend: Annotated[
        tuple[UUID, ...],
        Checkboxes(
            "Which venues does the order, as served, keep them from?",
            called="the venues",
            hint="Only what the order served on them says. Nothing from any other source.",
        ),
    ] = ()


class TheLaw(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    legal_regime: Annotated[
        LegalRegime,
        Radios("Under which law is this shared?", called="the law it is shared under"),
    ]
    controller: Annotated[
        str,
        Text(
            "Controller",
            called="the controller",
            hint="The organisation that answers for these data",
            max_length=120,
        ),
    ]
    lawful_basis: Annotated[LawfulBasis, Radios("Lawful basis", called="the lawful basis")]
    may_be_told: Annotated[
        tuple[Told, ...],
        Checkboxes("Who may be told the outcome?", called="who may be told"),
    ] = ()


STEPS: dict[str, Form[Any]] = {
    "person": Form(AboutThem),
    "same-person": Form(SameAs),
    "referral": Form(AboutReferral),
    "deadline": Form(TheDeadline),
    "children": Form(TheChildren),
    "needs": Form(TheNeeds),
    "equality": Form(TheEquality),
    "times": Form(TheTimes),
    "law": Form(TheLaw),
}
"""In the order in which they are asked, by the names that they have in addresses and in JSON."""
