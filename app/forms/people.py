"""Joining two records of one person, and taking them apart."""

from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import LongText, Radios
from app.forms.form import Form


class Join(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    other: Annotated[UUID, Radios("Which record is the same person?", called="the record")]
    reason: Annotated[
        str,
        LongText("How do you know?", called="how you know", rows=3, max_length=1000),
    ]


class TakeApart(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    reason: Annotated[
        str,
        LongText(
            "Why are they two people after all?", called="why they are two", rows=3, max_length=1000
        ),
    ]


JOIN = Form(Join)
TAKE_APART = Form(TakeApart, prefix="apart")
