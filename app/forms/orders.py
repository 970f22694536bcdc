"""The forms of an order: from the served paper, and for somebody new."""

from datetime import date, time
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Checkboxes, Choice, Day, LongText, Radios, Select, Text, TimeOfDay
from app.forms.form import Form
from app.forms.wall_clock import WallTime
from programmes.orders.words import Authority, ConditionKind
from programmes.people.words import Sex

CONDITIONS_ON_A_PAGE = 4
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = tuple(Choice(day, day) for day in WEEKDAYS)
_WALL = "Like 6:30pm, as a clock in Leeds shows it"


def _kind(number: int) -> Select:
    return Select(f"Condition {number}", called=f"the kind of condition {number}")


def _wording(number: int) -> LongText:
    return LongText(
        f"Condition {number}, wording as served",
        called=f"the wording of condition {number}",
        hint="Word for word. It stays covered on the order’s page, and each opening is logged.",
        rows=3,
    )


def _from(number: int) -> TimeOfDay:
    return TimeOfDay(
        f"Condition {number} holds from",
        called="the time it holds from",
        hint="Leave empty if it holds all day",
    )


def _until(number: int) -> TimeOfDay:
    return TimeOfDay(f"Condition {number} holds until", called="the time it holds until")


def _days(number: int) -> Checkboxes:
    return Checkboxes(
        f"Condition {number} holds on",
        called="the days it holds on",
        hint="Leave all empty for every day",
        choices=_DAYS,
        is_inline=True,
    )


def _responsible(number: int) -> Text:
    return Text(f"Condition {number}, who supervises it", called="who supervises it", width="20")


def _ends(number: int) -> Day:
    return Day(f"Condition {number} ends on, if before the order does", called="the last day of it")


class EnterOrder(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    kind: Annotated[str, Select("What was it?", called="what it was")]
    area: Annotated[
        str,
        Select(
            "Where was it made?",
            called="where it was made",
            hint="Choose an area only if its law is named; else England and Wales",
        ),
    ]
    issued_by: Annotated[
        str,
        Text(
            "Court, station or office that gave it",
            called="who gave it",
            hint="For example Leeds Magistrates’ Court",
        ),
    ]
    authority: Annotated[Authority, Select("Who made it?", called="who made it")]
    follows: Annotated[
        str | None,
        Select(
            "Does it follow from an order on record?",
            called="the order it follows from",
            hint="A DVPO from its DVPN, a restraining order from bail",
        ),
    ] = None
    made_on: Annotated[date, Day("Made on", called="the day it was made")]
    ends_on: Annotated[
        date | None,
        Day(
            "Last day",
            called="the last day",
            hint="The last whole day on which it binds. A notice has none: it runs to the hearing",
        ),
    ] = None
    served_on: Annotated[date | None, Day("Served on", called="the day it was served")] = None
    served_time: Annotated[
        str | None, WallTime("Time of service", called="the time of service", hint=_WALL)
    ] = None
    hearing_on: Annotated[date | None, Day("Hearing on", called="the day of the hearing")] = None
    hearing_time: Annotated[
        str | None, WallTime("Time of the hearing", called="the time of the hearing", hint=_WALL)
    ] = None
    arrested_on: Annotated[
        date | None,
        Day("Arrested on", called="the day of the arrest", hint="For bail, which runs from it"),
    ] = None
    arrested_time: Annotated[
        str | None, WallTime("Time of arrest", called="the time of arrest", hint=_WALL)
    ] = None
    offence_on: Annotated[
        date | None,
        Day(
            "Offence on",
            called="the day of the offence",
            hint="For a caution: prosecution is limited from it",
        ),
    ] = None
    assault_statement_on: Annotated[
        date | None,
        Day(
            "First statement on, if it was common assault",
            called="the day of the first statement",
            hint="The first witness statement or recorded interview: the time limit is longer then",
        ),
    ] = None
    condition_1_kind: Annotated[ConditionKind | None, _kind(1)] = None
    condition_1_wording: Annotated[str | None, _wording(1)] = None
    condition_1_from: Annotated[time | None, _from(1)] = None
    condition_1_until: Annotated[time | None, _until(1)] = None
    condition_1_days: Annotated[tuple[str, ...], _days(1)] = ()
    condition_1_responsible: Annotated[str | None, _responsible(1)] = None
    condition_1_ends_on: Annotated[date | None, _ends(1)] = None
    condition_2_kind: Annotated[ConditionKind | None, _kind(2)] = None
    condition_2_wording: Annotated[str | None, _wording(2)] = None
    condition_2_from: Annotated[time | None, _from(2)] = None
    condition_2_until: Annotated[time | None, _until(2)] = None
    condition_2_days: Annotated[tuple[str, ...], _days(2)] = ()
    condition_2_responsible: Annotated[str | None, _responsible(2)] = None
    condition_2_ends_on: Annotated[date | None, _ends(2)] = None
    condition_3_kind: Annotated[ConditionKind | None, _kind(3)] = None
    condition_3_wording: Annotated[str | None, _wording(3)] = None
    condition_3_from: Annotated[time | None, _from(3)] = None
    condition_3_until: Annotated[time | None, _until(3)] = None
    condition_3_days: Annotated[tuple[str, ...], _days(3)] = ()
    condition_3_responsible: Annotated[str | None, _responsible(3)] = None
    condition_3_ends_on: Annotated[date | None, _ends(3)] = None
    condition_4_kind: Annotated[ConditionKind | None, _kind(4)] = None
    condition_4_wording: Annotated[str | None, _wording(4)] = None
    condition_4_from: Annotated[time | None, _from(4)] = None
    condition_4_until: Annotated[time | None, _until(4)] = None
    condition_4_days: Annotated[tuple[str, ...], _days(4)] = ()
    condition_4_responsible: Annotated[str | None, _responsible(4)] = None
    condition_4_ends_on: Annotated[date | None, _ends(4)] = None


class EnterOrderForNew(EnterOrder, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The paper of somebody who is not on record yet."""

    first_name: Annotated[str, Text("First name", called="the first name")]
    last_name: Annotated[str, Text("Last name", called="the last name")]
    date_of_birth: Annotated[date, Day("Date of birth", called="the date of birth")]
    sex: Annotated[Sex, Radios("Sex", called="the sex")]
    same_person: Annotated[
        str | None,
        Radios(
            "Is this somebody who is on record already?",
            called="whether this person is on record already",
        ),
    ] = None


ENTER_ORDER = Form(EnterOrder)
ENTER_ORDER_FOR_NEW = Form(
    EnterOrderForNew, first=("same_person", "first_name", "last_name", "date_of_birth", "sex")
)
