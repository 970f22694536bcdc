"""The forms of a breach: what happened, and the next stage."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Day, LongText, Radios, Select
from app.forms.form import Form
from app.forms.wall_clock import WallTime
from programmes.orders.words import BreachStage, Sanction

_WALL = "Like 6:30pm, as a clock in Leeds shows it"


class RecordBreach(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    condition: Annotated[
        str, Radios("Which condition was broken?", called="the condition that was broken")
    ]
    occurred_on: Annotated[date, Day("When did it happen?", called="the day it happened")]
    occurred_time: Annotated[
        str, WallTime("At what time?", called="the time it happened", hint=_WALL)
    ]
    reported_on: Annotated[date, Day("When was it reported?", called="the day it was reported")]
    reported_time: Annotated[
        str, WallTime("Time of the report", called="the time of the report", hint=_WALL)
    ]
    account: Annotated[
        str,
        LongText(
            "What happened",
            called="what happened",
            hint="What they did. Leave out who told you, and where anybody else lives.",
        ),
    ]
    evidence: Annotated[
        str | None,
        LongText("Evidence", called="the evidence", hint="For example body-worn video", rows=3),
    ] = None
    agency: Annotated[
        str | None,
        Select(
            "Which service recorded it first?",
            called="the service",
            hint="Never a service for victims, whoever spoke up",
        ),
    ] = None
    arrested_on: Annotated[
        date | None, Day("Arrested on, if arrested", called="the day of the arrest")
    ] = None
    arrested_time: Annotated[
        str | None, WallTime("Time of arrest", called="the time of arrest", hint=_WALL)
    ] = None
    match: Annotated[
        str | None,
        Radios(
            "Is it one of these, recorded already?",
            called="whether it is recorded already",
            hint="One act that breaks two orders is one event and two breaches",
        ),
    ] = None


class MoveBreach(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    after: Annotated[BreachStage, Radios("What has happened?", called="what has happened")]
    happened_on: Annotated[date | None, Day("On what day?", called="the day of it")] = None
    happened_time: Annotated[
        str | None, WallTime("At what time?", called="the time of it", hint=_WALL)
    ] = None
    sanction: Annotated[
        Sanction | None,
        Select("What it brought", called="the sanction", hint="Only what this instrument allows"),
    ] = None
    response: Annotated[
        str | None, LongText("In detail", called="the detail", hint="For example £250", rows=2)
    ] = None
    reason: Annotated[
        str | None,
        LongText("Reason", called="the reason", hint="Needed to withdraw or reopen it", rows=3),
    ] = None


RECORD_BREACH_FORM = Form(RecordBreach)
MOVE_BREACH_FORM = Form(MoveBreach)
