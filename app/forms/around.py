"""Accreditations, consultations, trainings, onward referrals."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import Day, Number, Radios, Select, Text
from app.forms.form import Form
from programmes.catalogue.around_words import OnwardKind, OnwardOutcome


class AddAccreditation(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    programme: Annotated[UUID, Select("Programme", called="the programme")]
    body: Annotated[str, Text("Accredited by", called="who accredited it", max_length=80)]
    awarded_on: Annotated[date, Day("Awarded on", called="the day it was awarded")]
    expires_on: Annotated[date, Day("Expires on", called="the day it expires")]


class AddConsultation(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    agency: Annotated[UUID, Select("Agency", called="the agency")]
    held_on: Annotated[date, Day("Held on", called="the day it was held")]
    minutes: Annotated[
        int, Number("Minutes", called="how many minutes", least=5, most=600, width="3")
    ]
    topic: Annotated[str, Text("Topic", hint="No names", called="the topic", max_length=120)]


class AddTraining(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    title: Annotated[str, Text("Title", called="the title", max_length=120)]
    for_whom: Annotated[str, Text("For whom", called="for whom it was", max_length=120)]
    held_on: Annotated[date, Day("Held on", called="the day it was held")]
    people: Annotated[
        int,
        Number(
            "People trained", called="how many people were trained", least=1, most=5000, width="4"
        ),
    ]


class ReferOnward(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    kind: Annotated[OnwardKind, Select("For help with", called="what it is for")]
    service: Annotated[str, Text("Service", called="the service", max_length=120)]
    referred_on: Annotated[date, Day("Referred on", called="the day")]


class SettleOnward(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    outcome: Annotated[OnwardOutcome, Radios("What became of it?", called="what became of it")]


ADD_ACCREDITATION = Form(AddAccreditation, prefix="accreditation")
ADD_CONSULTATION = Form(AddConsultation, prefix="consultation")
ADD_TRAINING = Form(AddTraining, prefix="training")
REFER_ONWARD = Form(ReferOnward)
SETTLE_ONWARD = Form(SettleOnward, prefix="settle")
