"""Somebody who came and is on no register: noting it, and settling it."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, LongText, Radios, Text
from app.forms.form import Form
from scheduling.attendance.words import Settlement


class AddArrival(Struct, forbid_unknown_fields=True, frozen=True):
    called: Annotated[str, Text("Name they gave", called="the name they gave")]
    stayed: Annotated[
        str,
        Radios(
            "Did they stay?",
            called="whether they stayed",
            choices=(Choice("yes", "Yes"), Choice("no", "No, they were sent home")),
            is_inline=True,
        ),
    ]
    note: Annotated[str | None, LongText("What they said", called="what they said", rows=2)] = None


class SettleArrival(Struct, forbid_unknown_fields=True, frozen=True):
    settlement: Annotated[Settlement, Radios("What became of it?", called="what became of it")]


ADD_ARRIVAL = Form(AddArrival, prefix="arrival")
SETTLE_ARRIVAL = Form(SettleArrival)
