"""An agency of the directory."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Select, Text
from app.forms.form import Form

KINDS = tuple(
    Choice(one, one.capitalize())
    for one in (
        "police", "probation", "social work", "youth justice", "hub", "family", "court", "self",
        "health", "other",
    )
)  # fmt: skip


class AddAgency(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[str, Text("Name of the agency", called="the name", max_length=120)]
    kind: Annotated[str, Select("Kind", called="the kind", choices=KINDS)]


ADD_AGENCY = Form(AddAgency)
