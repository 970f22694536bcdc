"""What the programme book must hold: its sheets, their columns and the kind of each."""

from collections.abc import Mapping
from typing import Final

from programmes.common.workbooks.contracts import Column, SheetContract
from programmes.common.workbooks.parsers import (
    choice,
    day,
    note,
    parts_of,
    postcode_district,
    reference,
    text,
    time_of_day,
    whole_number,
    yes_no,
)
from programmes.people.words import LivesWith, Sex
from programmes.referrals.words import RiskLevel, Route
from scheduling.workbooks.words import (
    AttendanceRow,
    BookDecision,
    BookMark,
    BookStage,
    BreachRow,
    ChildRow,
    CohortRow,
    OrderRow,
    ReferralRow,
    Vocabulary,
    Weekday,
)

_SHORTEST_SESSION: Final = 15
_LONGEST_SESSION: Final = 720


def referrals_contract(vocabulary: Vocabulary) -> SheetContract[ReferralRow]:
    return SheetContract(
        "Referrals",
        ReferralRow,
        (
            Column("Referral ref", "ref", reference),
            Column("Person ref", "person_ref", reference),
            Column("First name", "first_name", text),
            Column("Last name", "last_name", text),
            Column("Date of birth", "date_of_birth", day),
            Column("Sex", "sex", choice({sex.value: sex for sex in Sex})),
            Column("Ethnic group", "ethnic_group", text, required=False),
            Column("First language", "first_language", text, required=False),
            Column("Interpreter needed", "interpreter_needed", yes_no),
            Column("Postcode district", "postcode_district", postcode_district, required=False),
            Column("Programme", "programme", choice(_programmes(vocabulary))),
            Column("Received on", "received_on", day),
            Column("Referred by", "referred_by", text),
            Column("Referring worker", "referring_worker", text, required=False),
            Column("Route", "route", choice({route.value: route for route in Route})),
            Column("Risk level", "risk_level", choice({risk.value: risk for risk in RiskLevel})),
            Column("Contact with child", "contact_with_child", yes_no, required=False),
            Column("Decision", "decision", choice({word.value: word for word in BookDecision})),
            Column("Decided on", "decided_on", day, required=False),
            Column("Reason", "reason", text, required=False),
        ),
        key=("ref",),
    )


CHILDREN: Final = SheetContract(
    "Children",
    ChildRow,
    (
        Column("Child ref", "ref", reference),
        Column("Person ref", "person_ref", reference),
        Column("Year of birth", "year_of_birth", whole_number(1950, 2100)),
        Column("Lives with", "lives_with", choice({home.value: home for home in LivesWith})),
    ),
    key=("ref", "person_ref"),
)


def cohorts_contract(vocabulary: Vocabulary) -> SheetContract[CohortRow]:
    return SheetContract(
        "Cohorts",
        CohortRow,
        (
            Column("Cohort ref", "ref", reference),
            Column("Programme", "programme", choice(_programmes(vocabulary))),
            Column("Venue", "venue", text),
            Column("Weekday", "weekday", choice({day.value: day for day in Weekday})),
            Column("Starts at", "starts_at", time_of_day),
            Column("Minutes", "minutes", whole_number(_SHORTEST_SESSION, _LONGEST_SESSION)),
            Column("First session on", "first_session_on", day),
            Column("Facilitator 1", "facilitator_1", text),
            Column("Facilitator 2", "facilitator_2", text, required=False),
            Column("Interpreter language", "interpreter_language", text, required=False),
        ),
        key=("ref",),
    )


ATTENDANCE: Final = SheetContract(
    "Attendance",
    AttendanceRow,
    (
        Column("Cohort ref", "cohort_ref", reference),
        Column("Session", "session", whole_number(1, 999)),
        Column("Held on", "held_on", day),
        Column("Referral ref", "referral_ref", reference),
        Column("Mark", "mark", choice({mark.value: mark for mark in BookMark})),
        Column("Note", "note", note, required=False),
    ),
    key=("cohort_ref", "session", "referral_ref"),
)


def orders_contract(vocabulary: Vocabulary) -> SheetContract[OrderRow]:
    return SheetContract(
        "Orders",
        OrderRow,
        (
            Column("Order ref", "ref", reference),
            Column("Person ref", "person_ref", reference),
            Column("First name", "first_name", text),
            Column("Last name", "last_name", text),
            Column("Date of birth", "date_of_birth", day),
            Column("Kind", "kind", choice(vocabulary.order_kinds)),
            Column("Made on", "made_on", day),
            Column("Ends on", "ends_on", day, required=False),
            Column("Issued by", "issued_by", text),
            Column("Conditions", "conditions", parts_of),
        ),
        key=("ref",),
    )


BREACHES: Final = SheetContract(
    "Breaches",
    BreachRow,
    (
        Column("Breach ref", "ref", reference),
        Column("Order ref", "order_ref", reference),
        Column("Occurred on", "occurred_on", day),
        Column("Reported on", "reported_on", day),
        Column("Condition broken", "condition_broken", text, required=False),
        Column("Stage", "stage", choice({stage.value: stage for stage in BookStage})),
        Column("Response", "response", text, required=False),
        Column("Outcome", "outcome", text, required=False),
    ),
    key=("ref",),
)

SHEETS: Final = ("Referrals", "Children", "Cohorts", "Attendance", "Orders", "Breaches")


def _programmes(vocabulary: Vocabulary) -> Mapping[str, str]:
    return {shape.name: code for code, shape in vocabulary.programmes.items()}
