"""The form of a clock that is reckoned and not stored."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Day, Number, Select
from app.forms.form import Form
from app.forms.wall_clock import WallTime
from programmes.orders.clock_laws import CLOCK_LAWS
from programmes.orders.words import Authority

CLOCKS = tuple(Choice(law.kind, law.name) for law in CLOCK_LAWS.values())


class Reckon(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    kind: Annotated[str, Select("Which clock?", called="the clock", choices=CLOCKS)]
    from_on: Annotated[
        date,
        Day(
            "From which day?",
            called="the day it runs from",
            hint="Of service, arrest, making or offence",
        ),
    ]
    from_time: Annotated[
        str | None,
        WallTime(
            "From what time?",
            called="the time it runs from",
            hint="Needed for clocks of hours. Like 6:30pm, as a clock in Leeds shows it",
        ),
    ] = None
    length: Annotated[
        int | None,
        Number(
            "How many days or months?",
            called="how many days or months",
            hint="Only where the paper may choose: a DVPO in days, bail in months",
            least=1,
            most=1200,
        ),
    ] = None
    rank: Annotated[
        Authority | None,
        Select("Who gave or extended bail?", called="the rank", hint="For pre-charge bail only"),
    ] = None


RECKON = Form(Reckon)
