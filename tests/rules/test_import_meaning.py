"""What the words of a workbook mean in ours, and how its groups and referrals went."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from programmes.catalogue.seeds import PROGRAMMES
from programmes.catalogue.words import MarkCode
from programmes.common.clock import london_date
from programmes.orders.words import ConditionKind
from programmes.people.words import Sex
from programmes.referrals.words import ReasonCode, ReferralStatus, RiskLevel, Route
from scheduling.cohorts.words import EndReason, EnrolmentStatus
from scheduling.workbooks.history_rules import (
    GroupHistory,
    PlaceOutcome,
    group_history,
    outcomes_of_places,
    places_in,
    records_reach,
)
from scheduling.workbooks.meaning_rules import (
    agency_kind,
    condition_kind,
    mark_code,
    reason_code,
    shape_of,
    was_there,
)
from scheduling.workbooks.referral_rules import later_referrals, moves_of
from scheduling.workbooks.words import (
    AS_DELIVERED,
    AttendanceRow,
    BookDecision,
    BookMark,
    CohortRow,
    ReferralRow,
    weekday_of,
)

DADS, CARA, DVPP = (programme.versions[0] for programme in PROGRAMMES)
WEEK = timedelta(weeks=1)


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.code)
def test_the_catalogue_allows_a_book_what_the_delivered_books_use(programme: Any) -> None:
    shape = shape_of(programme.code, programme.name, programme.versions[0])
    assert shape == AS_DELIVERED.programmes[programme.code]


def test_late_is_there_in_one_programme_and_not_admitted_in_the_other() -> None:
    assert was_there(DADS, BookMark.LATE)
    assert was_there(DADS, BookMark.LEFT_EARLY)
    assert mark_code(CARA, BookMark.LATE) is MarkCode.LATE_NOT_ADMITTED
    assert not was_there(CARA, BookMark.LATE)
    assert not was_there(CARA, BookMark.LATE_NOT_ADMITTED)
    assert not was_there(CARA, BookMark.LEFT_EARLY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Man without children: no programme available", ReasonCode.NO_CHILDREN),
        ("Woman causing harm: no programme available", ReasonCode.WOMAN),
        (
            "Abuse of a family member, not a partner: no programme available",
            ReasonCode.FAMILY_MEMBER,
        ),
        ("Live proceedings likely to end contact", ReasonCode.PROCEEDINGS),
        ("Did not attend assessment", ReasonCode.NO_ASSESSMENT),
        ("No interpreter could be found", ReasonCode.LANGUAGE),
        ("Learning needs that the group cannot meet", ReasonCode.NEEDS),
        ("Lives too far away", ReasonCode.DISTANCE),
        ("Works shifts", ReasonCode.TIMES),
        ("Withdrawn by the referrer", ReasonCode.WITHDRAWN),
        ("no programme available", ReasonCode.NO_PROGRAMME),
        ("Does not meet the criteria", ReasonCode.CRITERIA),
        ("man-without-children", ReasonCode.NO_CHILDREN),
        ("Something nobody thought of", ReasonCode.OTHER),
    ],
)
def test_a_written_reason_is_counted_under_a_code(text: str, code: ReasonCode) -> None:
    assert reason_code(text) is code


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no contact", ConditionKind.NO_CONTACT),
        ("not to enter named premises", ConditionKind.NAMED_PREMISES),
        ("live at a named address", ConditionKind.RESIDENCE),
        ("attend CARA workshops A and B", ConditionKind.PROGRAMME_ATTENDANCE),
        ("curfew 20:00 to 06:00", ConditionKind.CURFEW),
        ("not to go within 200 metres of the school", ConditionKind.EXCLUSION_ZONE),
        ("electronic monitoring", ConditionKind.TAG),
        ("report to the station on Mondays", ConditionKind.REPORTING),
        ("leave the house", ConditionKind.LEAVE_PREMISES),
        ("not to own a dog", ConditionKind.OTHER_PROHIBITION),
        ("hand over the keys", ConditionKind.OTHER_REQUIREMENT),
    ],
)
def test_a_condition_is_known_by_its_wording(text: str, kind: ConditionKind) -> None:
    assert condition_kind(text) is kind


def test_an_agency_is_known_by_its_name() -> None:
    kinds = ["police", "probation", "social work", "hub", "family", "self", "court", "other"]
    names = [
        "North Police",
        "National Probation Service",
        "Children's Social Work Service",
        "Early Help Hub",
        "Family Group Conferencing",
        "Self",
        "Family Court",
        "A charity",
    ]
    assert [agency_kind(name) for name in names] == kinds


def cohort(first: date, *, programme: str = "caring-dads", ref: str = "C1") -> CohortRow:
    return CohortRow(
        row=2,
        ref=ref,
        programme=programme,
        venue="Any Centre",
        weekday=weekday_of(first),
        starts_at=time(18),
        minutes=120,
        first_session_on=first,
        facilitator_1="F. One",
        facilitator_2=None,
        interpreter_language=None,
    )


def marks(
    first: date, numbers: range, mark: BookMark = BookMark.ATTENDED, *, referral: str = "R1"
) -> list[AttendanceRow]:
    """Weekly from the first session; a short series that meets no closed day."""
    return [
        AttendanceRow(
            row=number,
            cohort_ref="C1",
            session=number,
            held_on=first + (number - 1) * WEEK,
            referral_ref=referral,
            mark=mark,
            note=None,
        )
        for number in numbers
    ]


def history(row: CohortRow, rows: list[AttendanceRow], version: Any = DADS) -> GroupHistory:
    held = {mark.session: mark.held_on for mark in rows if mark.cohort_ref == row.ref}
    return group_history(row, version, held=held, reach=records_reach(rows))


def outcome(row: CohortRow, rows: list[AttendanceRow], referral: str = "R1") -> PlaceOutcome:
    places = places_in(rows, people={"R1": "P1", "R2": "P2"}, programmes={"C1": "caring-dads"})
    return outcomes_of_places(places, {"C1": history(row, rows)})["C1", referral]


AUTUMN = date(2018, 9, 5)


def days(found: GroupHistory) -> list[date]:
    return [london_date(session.starts_at) for session in found.sessions]


def test_a_series_goes_on_after_the_last_mark_past_the_winter() -> None:
    found = history(cohort(AUTUMN), marks(AUTUMN, range(1, 13)))
    assert days(found)[15:] == [date(2018, 12, 19), date(2019, 1, 2)]
    assert found.finished_at is None
    assert found.last_held == 12


def test_sessions_that_were_held_on_other_days_keep_them_and_move_the_rest() -> None:
    rows = marks(AUTUMN + timedelta(days=1), range(1, 4))
    found = history(cohort(AUTUMN), rows)
    assert days(found)[:4] == [
        date(2018, 9, 6),
        date(2018, 9, 13),
        date(2018, 9, 20),
        date(2018, 9, 26),
    ]


def test_workshop_b_stands_four_weeks_after_the_a_that_was_held() -> None:
    first = date(2025, 5, 10)
    found = history(cohort(first, programme="cara"), marks(first + WEEK, range(1, 2)), CARA)
    assert days(found) == [first + WEEK, first + 5 * WEEK]


def test_a_group_that_everybody_left_was_held_as_far_as_the_records_reach() -> None:
    spring = date(2018, 1, 17)
    elsewhere = AttendanceRow(
        row=99,
        cohort_ref="C2",
        session=1,
        held_on=date(2018, 12, 19),
        referral_ref="R2",
        mark=BookMark.ATTENDED,
        note=None,
    )
    rows = [*marks(spring, range(1, 6)), elsewhere]
    found = history(cohort(spring), rows)
    assert found.last_held == 17
    assert found.finished_at is not None
    assert found.sessions[5].held


def test_a_group_without_any_mark_was_not_held_for_all_we_know() -> None:
    found = history(cohort(AUTUMN, ref="C9"), marks(date(2019, 5, 1), range(1, 5)))
    assert found.last_held == 0


def test_fourteen_of_seventeen_complete_when_the_last_was_held_and_not_before() -> None:
    spring = date(2018, 1, 17)
    rows = [
        *marks(spring, range(1, 15)),
        *marks(spring, range(15, 18), BookMark.ACCEPTABLE_ABSENCE),
    ]
    done = outcome(cohort(spring), rows)
    assert (done.status, done.reason) == (EnrolmentStatus.COMPLETED, None)
    assert done.ended_on == rows[-1].held_on
    assert outcome(cohort(spring), rows[:-1]).status is EnrolmentStatus.ENROLLED


def test_whoever_has_no_more_rows_stopped_on_their_last_day() -> None:
    spring = date(2018, 1, 17)
    rows = [*marks(spring, range(1, 18)), *marks(spring, range(1, 5), referral="R2")]
    stopped = outcome(cohort(spring), rows, "R2")
    assert stopped == PlaceOutcome(EnrolmentStatus.ENDED, spring + 3 * WEEK, EndReason.STOPPED)


def referral(ref: str, received: date, **changes: Any) -> ReferralRow:
    values: dict[str, Any] = {
        "row": int(ref[1:]),
        "ref": ref,
        "person_ref": "P1",
        "first_name": "Adam",
        "last_name": "Example",
        "date_of_birth": date(1980, 1, 2),
        "sex": Sex.MALE,
        "ethnic_group": None,
        "first_language": None,
        "interpreter_needed": False,
        "postcode_district": None,
        "programme": "caring-dads",
        "received_on": received,
        "referred_by": "Self",
        "referring_worker": None,
        "route": Route.VOLUNTARY,
        "risk_level": RiskLevel.MEDIUM,
        "contact_with_child": True,
        "decision": BookDecision.WAITING,
        "decided_on": None,
        "reason": None,
    }
    return ReferralRow(**values | changes)


def test_the_last_of_several_open_referrals_stands() -> None:
    first, second = referral("R1", date(2018, 1, 3)), referral("R2", date(2018, 5, 3))
    other = referral("R3", date(2018, 2, 1), person_ref="P2")
    assert later_referrals([second, first, other], {}) == {"R1": second}
    assert later_referrals([second, first], {"R1": date(2018, 2, 1)}) == {}


def test_a_referral_moves_as_the_table_of_moves_allows() -> None:
    row = referral(
        "R1", date(2018, 1, 3), decision=BookDecision.ACCEPTED, decided_on=date(2018, 1, 9)
    )
    moves = moves_of(row, joined_on=date(2018, 1, 16), later=None)
    assert [move.after for move in moves] == [
        ReferralStatus.RECEIVED,
        ReferralStatus.WAITING,
        ReferralStatus.ENROLLED,
    ]
    assert [move.at for move in moves] == sorted({move.at for move in moves})
    refused = referral(
        "R2",
        date(2018, 1, 3),
        decision=BookDecision.NOT_SUITABLE,
        decided_on=date(2018, 1, 3),
        reason="Why",
    )
    last = moves_of(refused, joined_on=None, later=None)[-1]
    assert (last.before, last.after, last.reason) == (
        ReferralStatus.RECEIVED,
        ReferralStatus.NOT_SUITABLE,
        "Why",
    )
