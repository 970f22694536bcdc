"""Where he must not be: the protected place of an order, and where he is not to be placed."""

from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import LongText, Select, Text
from app.forms.form import Form


class ProtectPlace(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`order` is a link and an order with a colon between them."""

    order: Annotated[str, Select("Which order?", called="the order")]
    place: Annotated[
        str,
        Text("The place", called="the place", hint="Kept encrypted, on this side alone."),
    ]


class VetoPlace(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`where` is `group:` or `venue:` and an id."""

    link: Annotated[UUID, Select("About whom", called="whom it is about")]
    where: Annotated[str, Select("Not in which group or venue?", called="a group or a venue")]
    reason: Annotated[
        str,
        LongText("Why?", called="why", rows=3, hint="Kept encrypted. It never crosses."),
    ]


PROTECT_PLACE = Form(ProtectPlace, prefix="place")
VETO_PLACE = Form(VetoPlace, prefix="veto")
