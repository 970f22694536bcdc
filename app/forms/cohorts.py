"""The form that plans a cohort."""

from datetime import date, time
from typing import Annotated

from msgspec import Struct

from app.forms.fields import (
    Checkboxes,
    Choice,
    Day,
    Hidden,
    Number,
    Radios,
    Select,
    Text,
    TimeOfDay,
)
from app.forms.form import Form
from scheduling.sessions.words import Weekday

WEEKDAYS = tuple(Choice(day.name.lower(), day.name.capitalize()) for day in Weekday)
SEXES = (Choice("male", "Men"), Choice("female", "Women"))


class PlanCohort(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`shown` is the hash of the plan that was looked at; without it nothing is written."""

    programme: Annotated[str, Radios("Which programme?", called="the programme")]
    first_day: Annotated[
        date,
        Day(
            "First day",
            called="the first day",
            hint="The series begins with the first of its weekly times on or after this day",
        ),
    ]
    weekday: Annotated[str, Select("Weekday", called="the weekday", choices=WEEKDAYS)]
    starts: Annotated[time, TimeOfDay("Begins at", called="the time it begins", hint="Like 6:30pm")]
    second_weekday: Annotated[
        str | None,
        Select("Second weekday, if it meets twice", called="the second weekday", choices=WEEKDAYS),
    ] = None
    second_starts: Annotated[time | None, TimeOfDay("Second time", called="the second time")] = None
    room: Annotated[str, Select("Room", called="the room")]
    facilitators: Annotated[
        tuple[str, ...], Checkboxes("Facilitators", called="who facilitates")
    ] = ()
    capacity: Annotated[int, Number("Places", called="the places", least=1, most=40, width="2")]
    sex: Annotated[
        str | None,
        Radios(
            "For men or for women?",
            called="the sex",
            choices=SEXES,
            is_inline=True,
            hint="Where the programme is held for one sex",
        ),
    ] = None
    interpreter_language: Annotated[
        str | None, Text("Interpreter for", called="the language", hint="A language", width="20")
    ] = None
    interpreter: Annotated[
        str | None, Select("Interpreter", called="the interpreter", hint="Booked for each session")
    ] = None
    shown: Annotated[str | None, Hidden("Plan")] = None


PLAN_COHORT = Form(PlanCohort)
