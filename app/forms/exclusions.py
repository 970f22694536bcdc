"""Keeping somebody out of a survivor's record: oneself, or, by the lead, somebody else."""

from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import Radios, Select, Text
from app.forms.form import Form
from outcomes.survivors.exclusion_words import WhyExcluded

_Why = Annotated[
    WhyExcluded, Radios("Why?", called="why", hint="No more is written down than this")
]


class StepBack(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    why: _Why
    to: Annotated[UUID, Select("Who takes over?", called="a colleague")]


class Exclude(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    reference: Annotated[
        str, Text("Survivor's reference", width="10", max_length=20, called="the reference")
    ]
    account: Annotated[UUID, Select("Who may not see the record?", called="who it is")]
    why: _Why
    to: Annotated[
        UUID | None,
        Select(
            "Who takes over?",
            called="who takes over",
            hint="Needed where this worker supports them and nobody else does",
        ),
    ] = None


STEP_BACK = Form(StepBack)
EXCLUDE = Form(Exclude)
