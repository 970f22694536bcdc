"""What a participant is asked at the end of a programme."""

from typing import Annotated

import msgspec

from app.forms.fields import Choice, Radios
from app.forms.form import Form
from outcomes.feedback.words import SCALE, STATEMENTS

_CHOICES = tuple(Choice(str(number), words) for number, words in enumerate(SCALE, start=1))
GiveFeedback = msgspec.defstruct(
    "GiveFeedback",
    [
        (one.code, Annotated[int, Radios(one.text, called="an answer to this", choices=_CHOICES)])
        for one in STATEMENTS
    ],
    forbid_unknown_fields=True,
    frozen=True,
)
"""One field for each statement, in their order."""

GIVE_FEEDBACK = Form(GiveFeedback)
