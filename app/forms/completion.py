"""Deciding whether somebody completed."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import LongText, Radios
from app.forms.form import Form
from outcomes.completion.words import CompletionOutcome


class DecideCompletion(Struct, forbid_unknown_fields=True, frozen=True):
    outcome: Annotated[CompletionOutcome, Radios("What do you decide?", called="what you decide")]
    reason: Annotated[
        str | None,
        LongText(
            "Reason",
            called="the reason",
            hint="Needed where they did not complete, and to take back a decision.",
            rows=3,
        ),
    ] = None


DECIDE = Form(DecideCompletion)
