"""Forms: what may be typed, what is refused in words, and what comes back filled in."""

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec import Struct

from app.forms.fields import (
    Checkboxes,
    Choice,
    Code,
    Day,
    Email,
    Hidden,
    LongText,
    Number,
    Password,
    Radios,
    Select,
    Text,
    Tick,
    TimeOfDay,
)
from app.forms.form import Form, Submitted
from app.labels import describe
from app.web.components import Tag
from programmes.common.errors import Conflict, Invalid, Refused

SUBMISSION = UUID("01930000-0000-7000-8000-000000000001")


class Reason(StrEnum):
    ILLNESS = "illness"
    WORK = "work"
    OTHER = "other"


describe(
    Reason, {Reason.ILLNESS: Tag("Illness"), Reason.WORK: Tag("Work"), Reason.OTHER: Tag("Other")}
)


class Absence(Struct, forbid_unknown_fields=True, frozen=True):
    missed_on: Annotated[date, Day("Which session was missed?", called="the day of the session")]
    called_at: Annotated[time, TimeOfDay("Time of the call")]
    reason: Annotated[
        Reason,
        Radios("What was the reason?", called="the reason", reveals={"other": "other_reason"}),
    ]
    other_reason: Annotated[str | None, Text("What was it?", called="the other reason")]
    room: Annotated[UUID, Select("Room")]
    minutes: Annotated[int, Number("Minutes late", most=120)]
    fare: Annotated[Decimal | None, Number("Fare", prefix="£")]
    told: Annotated[tuple[str, ...], Checkboxes("Who was told?", called="who was told")] = ()
    note: Annotated[str | None, LongText("Note", max_length=40)] = None
    is_certain: Annotated[bool, Tick("I spoke to him myself")] = False
    session_number: Annotated[int, Hidden("Session")] = 1


ABSENCE = Form(Absence)
ROOM = "01930000-0000-7000-8000-0000000000aa"
CHOICES = {
    "room": (Choice(ROOM, "Blue room"),),
    "told": (Choice("referrer", "The referrer"), Choice("manager", "The manager")),
}
GOOD = {
    "submission": (str(SUBMISSION),),
    "version": ("4",),
    "missed_on-day": ("24",),
    "missed_on-month": ("Nov",),
    "missed_on-year": ("2026",),
    "called_at": ("6.30 PM",),
    "reason": ("illness",),
    "room": (ROOM,),
    "minutes": ("5",),
}


def refusal_of(**changes: tuple[str, ...]) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        ABSENCE.parse({**GOOD, **changes}, choices=CHOICES)
    return refusal.value.errors


def test_a_form_that_is_filled_in_well_becomes_typed_values():
    typed = {
        **GOOD,
        "told": ("manager", "referrer"),
        "fare": ("£1,002.50",),
        "is_certain": ("yes",),
    }
    assert ABSENCE.parse(typed, choices=CHOICES) == Submitted(
        values=Absence(
            missed_on=date(2026, 11, 24),
            called_at=time(18, 30),
            reason=Reason.ILLNESS,
            other_reason=None,
            room=UUID(ROOM),
            minutes=5,
            fare=Decimal("1002.50"),
            told=("manager", "referrer"),
            note=None,
            is_certain=True,
            session_number=1,
        ),
        submission=SUBMISSION,
        version=4,
    )


def test_every_field_that_is_wrong_says_so_at_once():
    empty = {name: ("",) for name in GOOD if name not in ("submission", "version")}
    errors = refusal_of(**empty)
    assert errors == {
        "missed_on": "Enter the day of the session",
        "called_at": "Enter time of the call",
        "reason": "Select the reason",
        "room": "Select room",
        "minutes": "Enter minutes late",
    }


def test_a_date_with_gaps_names_the_gaps():
    errors = refusal_of(**{"missed_on-month": ("",), "missed_on-year": (" ",)})
    assert errors == {"missed_on": "The day of the session must include a month and a year"}


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "11", "2026"),
        ("1", "13", "2026"),
        ("1", "11", "26"),
        ("-1", "1", "2026"),
        ("1", "no", "2026"),
        ("١", "1", "2026"),
    ],
)
def test_a_date_that_does_not_exist_is_refused(day, month, year):
    errors = refusal_of(
        **{"missed_on-day": (day,), "missed_on-month": (month,), "missed_on-year": (year,)}
    )
    assert errors == {"missed_on": "The day of the session must be a real date, like 24 11 2026"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("6pm", time(18)),
        ("6:05am", time(6, 5)),
        ("18:30", time(18, 30)),
        ("1830", time(18, 30)),
        ("06.30", time(6, 30)),
        ("midday", time(12)),
        ("12:15 a.m.", time(0, 15)),
    ],
)
def test_a_time_may_be_typed_as_people_write_it(typed, meant):
    got = ABSENCE.parse({**GOOD, "called_at": (typed,)}, choices=CHOICES).values.called_at
    assert got == meant


@pytest.mark.parametrize("typed", ["6:30", "6", "25:00", "13pm", "6:60pm", "soon"])
def test_a_time_that_could_be_either_half_of_the_day_is_asked_again(typed):
    assert "am or pm" in refusal_of(called_at=(typed,))["called_at"]


def test_a_choice_that_was_not_offered_is_refused():
    assert refusal_of(reason=("holiday",)) == {"reason": "Select the reason from the list"}
    other_room = "01930000-0000-7000-8000-0000000000bb"
    assert refusal_of(room=(other_room,)) == {"room": "Select room from the list"}
    assert refusal_of(told=("neighbour",)) == {"told": "Select who was told from the list"}


def test_a_revealed_field_is_asked_only_with_its_choice():
    assert refusal_of(reason=("other",)) == {"other_reason": "Enter the other reason"}
    typed = {**GOOD, "reason": ("work",), "other_reason": ("left over from before",)}
    assert ABSENCE.parse(typed, choices=CHOICES).values.other_reason is None


@pytest.mark.parametrize("minutes", ["1.5", "five", "1e3", "٣", "", "121", "-1"])
def test_a_number_out_of_reach_is_refused(minutes):
    assert list(refusal_of(minutes=(minutes,))) == ["minutes"]


def test_text_that_is_too_long_says_by_how_much():
    errors = refusal_of(note=("a" * 42,))
    assert errors == {"note": "Shorten note by 2 characters: 40 is the most it can be"}


@pytest.mark.parametrize("trick", ["a\x00b", "evil\u202ename", "a\x1bb", "a\u2066b", "\ue000"])
def test_characters_that_cannot_be_seen_are_refused(trick):
    assert "cannot be seen" in refusal_of(note=(trick,))["note"]


def test_text_is_composed_and_its_line_breaks_are_kept():
    typed = {**GOOD, "note": ("  Jose\u0301\r\nrang back  ",)}
    assert ABSENCE.parse(typed, choices=CHOICES).values.note == "José\nrang back"


def test_a_form_without_its_submission_or_with_unknown_names_is_out_of_date():
    assert list(refusal_of(submission=("",))) == ["submission"]
    assert list(refusal_of(version=("four",))) == ["submission"]
    assert list(refusal_of(is_admin=("yes",))) == ["submission"]


class SignIn(Struct, forbid_unknown_fields=True, frozen=True):
    email: Annotated[str, Email("Email address")]
    password: Annotated[str, Password("Password")]
    code: Annotated[str, Code("Six-digit code", called="the code")]


SIGN_IN = Form(SignIn)
SIGN_IN_TYPED = {
    "submission": (str(SUBMISSION),),
    "email": ("a@example.org",),
    "password": (" two  words ",),
    "code": ("123 456",),
}


def test_a_password_is_kept_as_typed_and_never_filled_in_again():
    assert SIGN_IN.parse(SIGN_IN_TYPED).values == SignIn("a@example.org", " two  words ", "123456")
    shown = SIGN_IN.refused(SIGN_IN_TYPED, Refused("No"))
    assert shown["password"].value == ""
    assert shown["email"].value == "a@example.org"
    assert ("password", " two  words ") not in shown.carried


@pytest.mark.parametrize(
    "address",
    ["a@example.org\nBcc: b@example.org", "a b@example.org", "a@b", "<a@b.org>", "a@é.org"],
)
def test_an_address_that_could_break_a_message_header_is_refused(address):
    with pytest.raises(Invalid) as refusal:
        SIGN_IN.parse({**SIGN_IN_TYPED, "email": (address,)})
    assert list(refusal.value.errors) == ["email"]


def test_a_refused_form_comes_back_as_it_was_typed_with_its_messages():
    typed = {**GOOD, "missed_on-day": ("31",), "minutes": ("five",)}
    with pytest.raises(Invalid) as refusal:
        ABSENCE.parse(typed, choices=CHOICES)
    shown = ABSENCE.refused(typed, refusal.value, choices=CHOICES)
    assert shown["missed_on"].typed_as("missed_on-day") == "31"
    assert shown["minutes"].value == "five"
    assert [message.href for message in shown.messages] == ["#missed_on-day", "#minutes"]
    assert (shown.submission, shown.version) == (str(SUBMISSION), "4")


def test_reasons_that_belong_to_no_field_stand_in_the_summary_without_a_link():
    shown = ABSENCE.refused(GOOD, Refused("The group is full.", "He starts too late."))
    assert [(m.text, m.href) for m in shown.messages] == [
        ("The group is full.", ""),
        ("He starts too late.", ""),
    ]


def test_a_stored_value_fills_its_form_and_reads_back_the_same():
    values = ABSENCE.parse({**GOOD, "called_at": ("midnight",)}, choices=CHOICES).values
    shown = ABSENCE.filled(values, SUBMISSION, version=7, choices=CHOICES)
    assert shown["called_at"].value == "midnight"
    assert ABSENCE.checked(values, choices=CHOICES) == values
    again = dict.fromkeys([name for name, _ in shown.carried], ())
    for name, value in shown.carried:
        again[name] = (*again[name], value)
    assert ABSENCE.parse(again, choices=CHOICES).values == values


def test_values_that_came_as_json_meet_the_same_rules():
    values = ABSENCE.parse(GOOD, choices=CHOICES).values
    with pytest.raises(Invalid):
        ABSENCE.checked(Absence(**{**_fields_of(values), "note": "x\u202ey"}), choices=CHOICES)


def _fields_of(values: Absence) -> dict[str, object]:
    return {name: getattr(values, name) for name in values.__struct_fields__}


def test_a_conflict_shows_both_versions_in_words():
    conflict = Conflict("Changed", current={"reason": "Work", "missed_on": "23 November 2026"})
    found = ABSENCE.differences(GOOD, conflict, choices=CHOICES)
    assert [(d.name, d.yours, d.now, d.differs) for d in found] == [
        ("Which session was missed?", "24 November 2026", "23 November 2026", True),
        ("What was the reason?", "Illness", "Work", True),
    ]


def test_answers_to_check_leave_out_what_was_not_asked_and_lead_back():
    answers = {fact.name: fact for fact in ABSENCE.answers(GOOD, change="/x", choices=CHOICES)}
    assert answers["Which session was missed?"].value == "24 November 2026"
    assert answers["Which session was missed?"].change == "/x#missed_on-day"
    assert answers["Note"].value == "Not given"
    assert "What was it?" not in answers


def test_a_label_that_asks_must_say_what_it_is_called():
    class Asked(Struct):
        name: Annotated[str, Text("Who?")]

    with pytest.raises(ValueError, match="called"):
        Form(Asked)


def test_every_member_of_a_kind_needs_its_own_words():
    class Half(StrEnum):
        DONE = "done"
        OPEN = "open"

    with pytest.raises(ValueError, match="OPEN"):
        describe(Half, {Half.DONE: Tag("Done")})
    with pytest.raises(ValueError, match="the same"):
        describe(Half, {Half.DONE: Tag("Done"), Half.OPEN: Tag("Done")})


class Note(Struct):
    text: Annotated[str | None, LongText("Note")]
    name: Annotated[str | None, Text("Name")]


NOTE = Form(Note)


@given(some.text(), some.text())
def test_any_text_is_either_refused_in_words_or_reads_back_unchanged(text, name):
    typed = {"submission": (str(SUBMISSION),), "text": (text,), "name": (name,)}
    values, messages = _values_or_messages(typed)
    assert all(messages)
    assert values is None or NOTE.checked(values) == values


def _values_or_messages(typed: dict[str, tuple[str, ...]]) -> tuple[Note | None, list[str]]:
    try:
        return NOTE.parse(typed).values, []
    except Invalid as refusal:
        return None, list(refusal.errors.values())
