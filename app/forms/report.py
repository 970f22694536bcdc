"""What a programme cost: the manager's dated entries."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Day, Number, Select, Text
from app.forms.form import Form


class EnterCost(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    programme: Annotated[str, Select("Programme", called="the programme")]
    cohort: Annotated[
        str | None,
        Text(
            "Reference of one group",
            called="the reference of the group",
            hint="Leave empty where the cost is of the whole programme",
            max_length=20,
            width="10",
        ),
    ] = None
    from_on: Annotated[date, Day("First day it covers", called="the first day it covers")]
    last_on: Annotated[date, Day("Last day it covers", called="the last day it covers")]
    pounds: Annotated[
        Decimal,
        Number("Cost", called="the cost", most=100_000_000, prefix="£", width="10"),
    ]
    source: Annotated[
        str,
        Text(
            "Where the figure comes from",
            called="where the figure comes from",
            hint="For example: budget book 2026, line 14",
            max_length=200,
        ),
    ]


class WithdrawCost(Struct, forbid_unknown_fields=True, frozen=True):
    """Nothing is asked: the address says which cost."""


ENTER_COST_FORM = Form(EnterCost)
WITHDRAW_COST_FORM = Form(WithdrawCost)
