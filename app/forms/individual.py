"""Booking one person's individual session."""

from datetime import date, time
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Day, Hidden, Select, TimeOfDay
from app.forms.form import Form


class BookIndividual(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`seen` is the hash of the warnings that were looked at; empty where there were none."""

    day: Annotated[date, Day("Day", called="the day")]
    starts: Annotated[time, TimeOfDay("Begins at", called="the time it begins", hint="Like 2:30pm")]
    room: Annotated[str, Select("Room", called="the room")]
    facilitator: Annotated[str, Select("Facilitator", called="the facilitator")]
    interpreter: Annotated[
        str | None, Select("Interpreter, if one is needed", called="the interpreter")
    ] = None
    seen: Annotated[str | None, Hidden("Seen")] = None


class CancelIndividual(Struct, forbid_unknown_fields=True, frozen=True):
    """Nothing is asked: the address says which."""


BOOK_INDIVIDUAL = Form(BookIndividual)
CANCEL_INDIVIDUAL = Form(CancelIndividual)
