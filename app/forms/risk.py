"""Recording the result of a DASH."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import Choice, Day, Number, Radios, Select, Text
from app.forms.form import Form
from app.labels import label
from outcomes.survivors.rules import DASH_ITEMS
from outcomes.survivors.words import HighBecause, ReferredTo

NOT_HIGH = "not-high"
_HIGH = (
    *(Choice(one.value, f"High: {label(one).lower()}") for one in HighBecause),
    Choice(NOT_HIGH, "Not high"),
)


class WriteDash(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    link: Annotated[UUID, Select("About whom", called="whom it is about")]
    assessed_on: Annotated[date, Day("Day of the DASH", called="the day of the DASH")]
    ticks: Annotated[
        int,
        Number("Ticks", called="the number of ticks", hint="Out of 24", most=DASH_ITEMS, width="3"),
    ]
    risk: Annotated[str, Radios("Is it high risk?", called="the risk", choices=_HIGH)]
    referred_to: Annotated[ReferredTo, Radios("Referred to", called="where it was referred")]
    referred_on: Annotated[
        date | None, Day("Referred on, if it was", called="the day it was referred")
    ] = None
    held_where: Annotated[
        str,
        Text(
            "Where the form is held",
            called="where the form is held",
            hint="The system or file, so that nobody types it again",
        ),
    ]


WRITE_DASH = Form(WriteDash)
