"""Doing a task, deciding whether somebody stays, and a new version of a rule."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Day, LongText, Number, Radios, Select, Text
from app.forms.form import Form
from outcomes.tasks.words import StayOutcome, TaskFor


class FinishTask(Struct, forbid_unknown_fields=True, frozen=True):
    note: Annotated[
        str, LongText("What was done?", called="what was done", rows=3, hint="A line is enough")
    ]


class DecideStay(Struct, forbid_unknown_fields=True, frozen=True):
    outcome: Annotated[
        StayOutcome, Radios("Does this person stay in the group?", called="the decision")
    ]
    reason: Annotated[
        str,
        LongText(
            "Why",
            called="the reason",
            hint="What was looked at, and what is asked of the group. No words about a partner",
        ),
    ]


class NewRule(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    threshold: Annotated[int, Number("How many", called="how many", width="4")]
    within: Annotated[
        int | None,
        Number("Out of how many sessions", called="out of how many sessions", width="4"),
    ] = None
    for_whom: Annotated[TaskFor | None, Select("Whose task", called="whose task it is")] = None
    due_hours: Annotated[
        int | None,
        Number("Within how many hours", called="within how many hours", width="4"),
    ] = None
    valid_from: Annotated[date, Day("In force from", called="the day it is in force from")]
    source: Annotated[
        str,
        Text("Source", called="the source", hint="Who decided it, in which paper", width="full"),
    ]


FINISH_TASK = Form(FinishTask)
DECIDE_STAY = Form(DecideStay)
NEW_RULE = Form(NewRule)
