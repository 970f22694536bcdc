"""Asking for a correction of a signed-off mark, and settling one."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, LongText, Number, Radios
from app.forms.form import Form
from programmes.catalogue.words import MarkCode


class AskForCorrection(Struct, forbid_unknown_fields=True, frozen=True):
    code: Annotated[MarkCode, Radios("What should the mark be?", called="the mark")]
    reason: Annotated[str, LongText("Why was it wrong?", called="why it was wrong", rows=3)]
    minutes_late: Annotated[
        int | None,
        Number("Minutes, if late or left early", called="the minutes", least=1, most=600),
    ] = None


class SettleCorrection(Struct, forbid_unknown_fields=True, frozen=True):
    outcome: Annotated[
        str,
        Radios(
            "Do you agree?",
            called="whether you agree",
            choices=(Choice("agreed", "Yes, correct it"), Choice("declined", "No, leave it")),
            is_inline=True,
        ),
    ]


ASK_FOR_CORRECTION = Form(AskForCorrection)
SETTLE_CORRECTION = Form(SettleCorrection)
