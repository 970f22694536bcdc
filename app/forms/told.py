"""Recording that whoever referred was told the outcome by telephone."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Text
from app.forms.form import Form


class ToldByTelephone(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    whom: Annotated[str, Text("Who did you speak to?", called="who you spoke to")]


TOLD_BY_TELEPHONE = Form(ToldByTelephone, prefix="told")
