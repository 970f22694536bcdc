"""When and where somebody can come, and with whom they must not share a group."""

from datetime import date, time
from typing import Annotated

from msgspec import Struct

from app.forms.cohorts import WEEKDAYS
from app.forms.fields import Day, Select, Text, TimeOfDay
from app.forms.form import Form


class AddBusy(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    weekday: Annotated[str, Select("Weekday", called="the weekday", choices=WEEKDAYS)]
    begins: Annotated[time, TimeOfDay("From", called="the time it begins", hint="Like 9am")]
    until: Annotated[time, TimeOfDay("Until", called="the time it ends", hint="Like 5:30pm")]


class KeepApart(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    other: Annotated[
        str,
        Text(
            "Reference of the other person",
            called="the reference of the other person",
            hint="Like P-R5PS-WHK2",
            max_length=20,
            width="10",
        ),
    ]
    until_on: Annotated[
        date | None, Day("Until", called="until when", hint="Leave empty if it has no end")
    ] = None


ADD_BUSY = Form(AddBusy, prefix="busy")
KEEP_APART = Form(KeepApart)
