"""The service's own standard: how many days it gives itself."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Day, Number, Text
from app.forms.form import Form


class SetStandard(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    days_to_decision: Annotated[
        int, Number("Days to a decision", called="the days to a decision", least=1, most=365)
    ]
    days_to_first_contact: Annotated[
        int,
        Number("Days to first contact", called="the days to first contact", least=1, most=365),
    ]
    valid_from: Annotated[date, Day("From", called="the day it begins")]
    source: Annotated[str, Text("Who set it, and where", called="the source", max_length=200)]


SET_STANDARD = Form(SetStandard)
