"""What a partner supplied for the strategy: the figure, its period, its source and its date."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Day, Select, Text
from app.forms.form import Form


class EnterFigure(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    measure: Annotated[str, Select("Measure of the strategy", called="the measure")]
    what: Annotated[
        str,
        Text(
            "What is counted, in the partner's words",
            called="what is counted",
            hint="For example: recorded domestic-abuse crimes, Leeds district",
            max_length=160,
        ),
    ]
    value: Annotated[
        str,
        Text(
            "The figure as they published it",
            called="the figure",
            hint="For example: 5,421 or 31%",
            max_length=40,
            width="20",
        ),
    ]
    from_on: Annotated[date, Day("First day of its period", called="the first day of its period")]
    last_on: Annotated[date, Day("Last day of its period", called="the last day of its period")]
    source: Annotated[
        str, Text("Who supplied it, in what", called="who supplied it", max_length=200)
    ]
    supplied_on: Annotated[date, Day("When was it supplied?", called="the day it was supplied")]


class WithdrawFigure(Struct, forbid_unknown_fields=True, frozen=True):
    """Nothing is asked: the address says which figure."""


ENTER_FIGURE_FORM = Form(EnterFigure)
WITHDRAW_FIGURE_FORM = Form(WithdrawFigure)
