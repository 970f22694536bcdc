"""The forms that change a series. Each carries the hash of the plan that was looked at."""

from datetime import date, time
from typing import Annotated, Any

from msgspec import Struct

from app.forms.cohorts import WEEKDAYS
from app.forms.fields import (
    Checkboxes,
    Choice,
    Day,
    Hidden,
    LongText,
    Number,
    Radios,
    Select,
    TimeOfDay,
)
from app.forms.form import Form

_REACHES = (
    Choice("this session", "This session alone"),
    Choice("this and the following sessions", "This and all that follow"),
)
_HOW = (
    Choice("next", "Give the same content next time, and move all others on by one"),
    Choice("owe", "Owe it: it is given later, as an extra or a catch-up"),
)
_Session = Annotated[str, Select("Session", called="the session")]
_Starts = Annotated[time, TimeOfDay("Begins at", called="the time it begins", hint="Like 6:30pm")]
_Reach = Annotated[str, Radios("For how long?", called="for how long", choices=_REACHES)]
_Shown = Annotated[str | None, Hidden("Plan")]
_Reason = Annotated[str, LongText("Reason", called="the reason", rows=3)]


class MoveOneForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    session: _Session
    day: Annotated[date, Day("To which day?", called="the day")]
    starts: _Starts
    shown: _Shown = None


class MoveFollowingForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    session: _Session
    first_day: Annotated[date, Day("From which day on?", called="the first day")]
    weekday: Annotated[str, Select("Weekday", called="the weekday", choices=WEEKDAYS)]
    starts: _Starts
    shown: _Shown = None


class CancelForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    session: _Session
    reason: _Reason
    how: Annotated[str, Radios("What becomes of it?", called="what becomes of it", choices=_HOW)]
    shown: _Shown = None


class ExtraForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    number: Annotated[
        int,
        Number("Which session is given again?", called="the session", least=1, most=60, width="2"),
    ]
    day: Annotated[date, Day("On which day?", called="the day")]
    starts: _Starts
    room: Annotated[str, Select("Room", called="the room")]
    facilitators: Annotated[tuple[str, ...], Checkboxes("Facilitators", called="who leads it")] = ()
    shown: _Shown = None


class RoomForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    session: _Session
    reach: _Reach
    room: Annotated[str, Select("Room instead", called="the room")]
    shown: _Shown = None


class FacilitatorForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    session: _Session
    reach: _Reach
    leaves: Annotated[str, Select("Who leaves", called="who leaves")]
    comes: Annotated[str, Select("Who comes instead", called="who comes instead")]
    shown: _Shown = None


class PauseForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    pause_from: Annotated[date, Day("First day of the pause", called="the first day of the pause")]
    resume_on: Annotated[date, Day("Goes on from", called="the day it goes on")]
    reason: _Reason
    shown: _Shown = None


SERIES_FORMS: dict[str, tuple[str, Form[Any]]] = {
    "move-one": ("Move one session", Form(MoveOneForm)),
    "move-following": ("Move this and all that follow", Form(MoveFollowingForm)),
    "cancel": ("Cancel a session", Form(CancelForm)),
    "add-extra": ("Add an extra session", Form(ExtraForm)),
    "swap-room": ("Change the room", Form(RoomForm)),
    "swap-facilitator": ("Change a facilitator", Form(FacilitatorForm)),
    "pause": ("Pause the group", Form(PauseForm)),
}
"""By the last part of the address: what the page is called, and what it asks."""
