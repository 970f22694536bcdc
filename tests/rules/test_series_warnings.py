"""A plan warns of what a manager should know, and refuses nothing for it."""

from datetime import date, time
from uuid import UUID

import pytest
from msgspec.structs import replace

from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.rules import plan_series
from scheduling.sessions.words import (
    Accreditation,
    Away,
    Circumstances,
    Curfew,
    PersonLimits,
    RoomFacts,
    Setting,
    StaffFacts,
    WarningKind,
)
from tests.rules.catalogue_cases import CARA, CARING_DADS, SATURDAYS, TUESDAYS

HALL, ROOM, OTHER_ROOM = UUID(int=71), UUID(int=81), UUID(int=82)
ACCREDITED = (Accreditation("caring-dads", None),)
ANN = StaffFacts(id=UUID(int=91), shown_as="A.", sex="female", accreditations=ACCREDITED)
BOB = StaffFacts(id=UUID(int=92), shown_as="B.", sex="male", accreditations=ACCREDITED)
INA = StaffFacts(id=UUID(int=94), shown_as="I.", sex="female", languages=("Arabic",))
PERSON = PersonLimits(shown_as="P-1")
IN_ORDER = Circumstances(
    rooms=(RoomFacts(id=ROOM, venue_id=HALL, shown_as="Room 2", seats=14),),
    staff=(ANN, BOB, INA),
    people=(PERSON,),
    expected=12,
)
SET = Setting(room_id=ROOM, facilitator_ids=(ANN.id, BOB.id))


def _warnings(circumstances=IN_ORDER, *, setting=SET, version=CARING_DADS, slots=TUESDAYS):
    plan = plan_series(
        version,
        first_day=date(2026, 9, 8),
        slots=slots,
        closures=ClosedDays(),
        setting=setting,
        circumstances=circumstances,
    )
    return [(warning.kind, warning.numbers) for warning in plan.warnings]


def _with_person(**limits):
    return replace(IN_ORDER, people=(replace(PERSON, **limits),))


def test_a_plan_in_order_warns_of_nothing():
    assert _warnings() == []


def test_sessions_after_the_order_ends_are_named():
    found = _warnings(_with_person(ends_on=date(2026, 12, 15)))
    assert found == [(WarningKind.ENDS_AFTER_LIMIT, (16, 17))]


@pytest.mark.parametrize(
    ("begins", "until", "breaks"),
    [
        (time(19), time(7), True),
        (time(20), time(7), False),
        (time(7), time(18, 1), True),
        (time(22), time(18, 30), True),
    ],
)
def test_a_curfew_is_broken_where_a_session_falls_within_it(begins, until, breaks):
    found = _warnings(_with_person(curfews=(Curfew(begins, until),)))
    assert (WarningKind.CURFEW in {kind for kind, _ in found}) is breaks


def test_a_venue_that_somebody_may_not_enter_is_warned_of_without_saying_why():
    found = _warnings(_with_person(forbidden_venue_ids=frozenset({HALL})))
    assert [kind for kind, _ in found] == [WarningKind.VENUE_FORBIDDEN]
    assert _warnings(_with_person(forbidden_venue_ids=frozenset({ROOM}))) == []


def test_who_needs_an_interpreter_has_one_or_the_plan_says_so():
    needs = _with_person(needs_language="Arabic")
    assert [kind for kind, _ in _warnings(needs)] == [WarningKind.NO_INTERPRETER]
    with_her = replace(SET, interpreter_ids=(INA.id,))
    roomy = replace(needs, expected=11)
    assert _warnings(roomy, setting=with_her) == []
    assert _warnings(replace(needs, held_in="Arabic")) == []


def test_a_room_must_seat_the_facilitators_too():
    found = _warnings(replace(IN_ORDER, expected=13))
    assert found == [
        (WarningKind.ROOM_TOO_SMALL, (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 16, 17))
    ]


def test_an_accreditation_that_runs_out_is_missed_from_the_day_after():
    until = (Accreditation("caring-dads", date(2026, 12, 22)),)
    staff = (ANN, replace(BOB, accreditations=until), INA)
    found = _warnings(replace(IN_ORDER, staff=staff))
    assert found == [(WarningKind.NOT_ACCREDITED, (17,))]


def test_accreditation_and_a_mixed_pair_are_asked_for_only_where_the_version_does():
    nobody = replace(ANN, accreditations=())
    also = replace(BOB, accreditations=(), sex="female")
    circumstances = replace(IN_ORDER, staff=(nobody, also))
    assert _warnings(circumstances, version=CARA, slots=SATURDAYS) == []
    kinds = [kind for kind, _ in _warnings(circumstances)]
    assert kinds == [
        WarningKind.NOT_ACCREDITED, WarningKind.NOT_ACCREDITED, WarningKind.NOT_MIXED,
    ]  # fmt: skip


def test_leave_is_warned_of_on_its_days():
    away = replace(ANN, away=(Away(date(2026, 9, 15), date(2026, 9, 22)),))
    found = _warnings(replace(IN_ORDER, staff=(away, BOB)))
    assert found == [(WarningKind.AWAY, (2, 3))]


def test_one_facilitator_is_too_few_for_a_group_and_enough_for_an_individual_session():
    found = dict(_warnings(setting=replace(SET, facilitator_ids=(ANN.id,))))
    assert list(found) == [WarningKind.TOO_FEW_STAFF]
    assert not {9, 15} & set(found[WarningKind.TOO_FEW_STAFF])
