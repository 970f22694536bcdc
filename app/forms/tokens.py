"""Asking for a token, and the presses that approve, refuse or revoke one."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Email, Number, Radios, Text
from app.forms.form import Form
from programmes.tokens.words import LONGEST_DAYS


class AskForToken(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[
        str, Text("Which program is it for?", called="which program it is for", max_length=80)
    ]
    email: Annotated[
        str,
        Email(
            "In whose name does it ask?",
            called="the e-mail address of the account",
            hint="It sees what this account sees, and nothing more",
        ),
    ]
    days: Annotated[
        int,
        Number("For how many days?", called="the days", least=1, most=LONGEST_DAYS, width="3"),
    ]
    may_write: Annotated[
        str,
        Radios(
            "May it write?",
            called="whether it may write",
            choices=(Choice("no", "No, only read"), Choice("yes", "Yes")),
        ),
    ]


class PressToken(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Nothing is asked: the address says which token."""


ASK_FOR_TOKEN = Form(AskForToken)
PRESS_TOKEN = Form(PressToken)
