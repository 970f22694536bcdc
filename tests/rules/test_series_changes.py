"""A change of a series is planned, shown, and applied as shown."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from programmes.catalogue.words import SessionKind
from programmes.common.clock import london_date
from programmes.common.errors import NotFound, Refused
from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.change_rules import plan_change
from scheduling.sessions.change_words import (
    AddExtra,
    CancelAndOwe,
    CancelAndShift,
    MoveFollowing,
    MoveOne,
    Pause,
    Reach,
    SwapFacilitator,
    SwapInterpreters,
    SwapRoom,
)
from scheduling.sessions.words import (
    Appointment,
    SessionStatus,
    WarningKind,
    Weekday,
    WeeklySlot,
)
from tests.rules.catalogue_cases import (
    CARA,
    SATURDAYS,
    TUESDAYS,
    closed,
    session_id,
)
from tests.rules.series_cases import FIRST, NEW, applied, changed, day_of, recorded, standing_series

ROOM, OTHER_ROOM = UUID(int=81), UUID(int=82)
ANN, BOB, CARL = UUID(int=91), UUID(int=92), UUID(int=93)


def _shows(plan):
    return [(d.before.number, london_date(d.after.starts_at)) for d in plan.differences]


def test_one_session_moves_and_no_other():
    standing = standing_series()
    move = MoveOne(session_id=session_id(5), starts_at=datetime(2026, 10, 8, 17, tzinfo=UTC))
    plan = plan_change(standing, move)
    assert _shows(plan) == [(5, date(2026, 10, 8))]
    assert [w.kind for w in plan.warnings] == [WarningKind.OTHER_SLOT]
    assert applied(standing.sessions, plan)[4].id == session_id(5)


def test_a_session_cannot_pass_the_next_one():
    move = MoveOne(session_id=session_id(5), starts_at=datetime(2026, 10, 15, 17, tzinfo=UTC))
    with pytest.raises(Refused, match="content keeps its order"):
        plan_change(standing_series(), move)


@pytest.mark.parametrize(
    ("starts_at", "message"),
    [
        (datetime(2026, 12, 25, 18, tzinfo=UTC), "closed day: Christmas Day"),
        (datetime(2026, 12, 30, 23, tzinfo=UTC), "past midnight"),
        (datetime(2026, 8, 25, 17, tzinfo=UTC), "would be in the past"),
    ],
)
def test_a_session_is_not_moved_to_a_day_on_which_it_cannot_be_held(starts_at, message):
    with pytest.raises(Refused, match=message):
        plan_change(standing_series(), MoveOne(session_id=session_id(17), starts_at=starts_at))


def test_every_reason_is_given():
    move = MoveOne(session_id=session_id(3), starts_at=datetime(2026, 12, 25, 23, tzinfo=UTC))
    with pytest.raises(Refused) as refused:
        plan_change(standing_series(), move)
    assert len(refused.value.reasons) == 3


def test_this_and_the_following_move_to_other_slots_and_keep_their_content():
    standing = standing_series()
    thursdays = (WeeklySlot(Weekday.THURSDAY, time(10)),)
    change = MoveFollowing(session_id=session_id(4), first_day=date(2026, 10, 5), slots=thursdays)
    after = changed(standing, change)
    assert after[:3] == standing.sessions[:3]
    assert [(s.id, s.number, s.module) for s in after] == [
        (s.id, s.number, s.module) for s in standing.sessions
    ]
    assert day_of(after, 4) == date(2026, 10, 8)
    assert day_of(after, 17) == date(2027, 1, 7)


def test_a_past_a_recorded_and_a_cancelled_session_stay_as_they_are():
    standing = standing_series(now=datetime(2026, 9, 20, tzinfo=UTC))
    late = datetime(2026, 10, 1, 17, tzinfo=UTC)
    with pytest.raises(Refused, match="is past"):
        plan_change(standing, MoveOne(session_id=session_id(2), starts_at=late))
    with pytest.raises(Refused, match="has been recorded"):
        plan_change(recorded(standing, 3), MoveOne(session_id=session_id(3), starts_at=late))
    owed = changed(standing, CancelAndOwe(session_id=session_id(3), reason="flood"))
    with pytest.raises(Refused, match="was cancelled"):
        plan_change(
            standing._replace(sessions=owed),
            MoveOne(session_id=session_id(3), starts_at=late),
        )


def test_a_recorded_session_among_the_following_is_left_where_it_is():
    standing = recorded(standing_series(), 17)
    change = MoveFollowing(session_id=session_id(15), first_day=date(2026, 12, 15), slots=TUESDAYS)
    with pytest.raises(Refused, match="Nothing would change"):
        plan_change(standing, change)
    later = replace(change, first_day=date(2026, 12, 22))
    with pytest.raises(Refused, match="Session 17 would no longer come after session 16"):
        plan_change(standing, later)


def test_a_session_cancelled_by_the_service_is_given_next_and_the_rest_move_on():
    standing = standing_series()
    after = changed(standing, CancelAndShift(session_id=session_id(3), reason="No heating"))
    cancelled = next(s for s in after if s.id == session_id(3))
    assert (cancelled.status, cancelled.cancelled_because) == (
        SessionStatus.CANCELLED, "No heating",
    )  # fmt: skip
    assert london_date(cancelled.starts_at) == date(2026, 9, 22)
    assert next(s for s in after if s.id == NEW).number == 3
    assert day_of(after, 3) == date(2026, 9, 29)
    assert day_of(after, 4) == date(2026, 10, 6)
    assert day_of(after, 17) == date(2027, 1, 5)


def test_a_cancelled_session_uses_the_date_that_was_moved_by_hand():
    standing = standing_series()
    by_hand = MoveOne(session_id=session_id(6), starts_at=datetime(2026, 10, 15, 17, tzinfo=UTC))
    standing = standing._replace(sessions=changed(standing, by_hand))
    after = changed(standing, CancelAndShift(session_id=session_id(3), reason="No heating"))
    assert day_of(after, 5) == date(2026, 10, 15)
    assert day_of(after, 6) == date(2026, 10, 20)


def test_a_pause_is_not_lost_when_an_earlier_session_is_cancelled():
    standing = standing_series()
    pause = Pause(pause_from=date(2026, 9, 29), resume_on=date(2026, 11, 1), reason="Staff ill")
    paused = changed(standing, pause)
    assert [day_of(paused, n) for n in (4, 5)] == [date(2026, 11, 3), date(2026, 11, 10)]
    standing = standing._replace(sessions=paused)
    after = changed(standing, CancelAndShift(session_id=session_id(2), reason="No heating"))
    assert [day_of(after, n) for n in (2, 3, 4)] == [
        date(2026, 9, 22), date(2026, 11, 3), date(2026, 11, 10),
    ]  # fmt: skip


def test_a_pause_brings_nothing_forward():
    standing = standing_series()
    until_may = Pause(pause_from=date(2026, 10, 1), resume_on=date(2027, 5, 1), reason="Staff ill")
    standing = standing._replace(sessions=changed(standing, until_may))
    again = Pause(pause_from=date(2026, 10, 1), resume_on=date(2026, 11, 1), reason="Staff ill")
    with pytest.raises(Refused, match="Nothing would change"):
        plan_change(standing, again)


def test_a_pause_that_began_already_moves_only_what_is_still_to_come():
    standing = standing_series(now=datetime(2026, 9, 20, tzinfo=UTC))
    pause = Pause(pause_from=FIRST, resume_on=date(2026, 11, 1), reason="Staff ill")
    after = changed(standing, pause)
    assert after[:2] == standing.sessions[:2]
    assert day_of(after, 3) == date(2026, 11, 3)


def test_an_individual_session_that_moves_with_the_rest_has_a_week_of_its_own():
    twice = (*TUESDAYS, WeeklySlot(Weekday.THURSDAY, time(18)))
    standing = standing_series(slots=twice)
    day_of_eight = day_of(standing.sessions, 8)
    move = MoveFollowing(session_id=session_id(9), first_day=day_of_eight, slots=twice)
    with pytest.raises(Refused, match="Nothing would change"):
        plan_change(standing, move)


def test_a_date_that_has_closed_since_is_passed_over():
    standing = standing_series(closures=ClosedDays([closed(date(2026, 9, 29))]))
    after = changed(standing, CancelAndShift(session_id=session_id(3), reason="No heating"))
    assert day_of(after, 3) == date(2026, 10, 6)


def test_what_is_cancelled_and_owed_is_given_again_as_an_extra():
    standing = standing_series()
    plan = plan_change(standing, CancelAndOwe(session_id=session_id(3), reason="No heating"))
    assert [w.kind for w in plan.warnings] == [WarningKind.OWED_AGAIN]
    standing = standing._replace(sessions=applied(standing.sessions, plan))
    extra = AddExtra(number=3, starts_at=datetime(2026, 9, 26, 9, tzinfo=UTC), room_id=ROOM)
    after = changed(standing, extra)
    given = next(s for s in after if s.id == NEW)
    assert (given.kind, given.number, given.module) == (SessionKind.EXTRA, 3, 1)
    assert given.ends_at - given.starts_at == timedelta(hours=2)


def test_an_extra_does_not_clash_with_a_session_of_the_series():
    extra = AddExtra(number=1, starts_at=datetime(2026, 9, 15, 18, tzinfo=UTC))
    with pytest.raises(Refused, match="would clash with Session 2"):
        plan_change(standing_series(), extra)


def test_a_reason_is_asked_for_what_the_service_cancels_or_pauses():
    with pytest.raises(Refused, match="reason"):
        plan_change(standing_series(), CancelAndShift(session_id=session_id(3), reason=" "))
    pause = Pause(pause_from=date(2026, 10, 1), resume_on=date(2026, 10, 1), reason="")
    with pytest.raises(Refused) as refused:
        plan_change(standing_series(), pause)
    assert len(refused.value.reasons) == 2


def test_room_facilitator_and_interpreter_are_swapped_from_a_session_on():
    standing = standing_series()
    staffed = tuple(replace(s, room_id=ROOM, facilitator_ids=(ANN, BOB)) for s in standing.sessions)
    standing = standing._replace(sessions=staffed)
    from_ten = {"session_id": session_id(10), "reach": Reach.THIS_AND_FOLLOWING}
    after = changed(standing, SwapRoom(room_id=OTHER_ROOM, **from_ten))
    assert [s.room_id for s in after] == [ROOM] * 9 + [OTHER_ROOM] * 8
    after = changed(standing, SwapFacilitator(leaves=BOB, comes=CARL, **from_ten))
    assert {s.facilitator_ids for s in after[9:]} == {(ANN, CARL)}
    assert {s.facilitator_ids for s in after[:9]} == {(ANN, BOB)}
    one = SwapInterpreters(session_id=session_id(10), reach=Reach.THIS, interpreter_ids=(CARL,))
    assert [s.number for s in changed(standing, one) if s.interpreter_ids] == [10]


def test_a_room_of_a_venue_that_is_closed_that_day_is_refused():
    standing = standing_series(closures=ClosedDays([closed(date(2026, 9, 22))]))
    swap = SwapRoom(session_id=session_id(3), reach=Reach.THIS, room_id=OTHER_ROOM)
    with pytest.raises(Refused, match="closed for repairs"):
        plan_change(standing, swap)


def test_a_facilitator_is_swapped_even_on_a_day_that_has_closed_since():
    standing = standing_series(closures=ClosedDays([closed(date(2026, 9, 22))]))
    staffed = tuple(replace(s, facilitator_ids=(ANN, BOB)) for s in standing.sessions)
    swap = SwapFacilitator(session_id=session_id(3), reach=Reach.THIS, leaves=ANN, comes=CARL)
    assert plan_change(standing._replace(sessions=staffed), swap).differences


def test_an_extra_within_a_pause_is_settled_first():
    standing = standing_series()
    extra = AddExtra(number=1, starts_at=datetime(2026, 10, 3, 9, tzinfo=UTC))
    standing = standing._replace(sessions=changed(standing, extra))
    pause = Pause(pause_from=date(2026, 10, 1), resume_on=date(2026, 11, 1), reason="Staff ill")
    with pytest.raises(Refused, match="An extra session stands on Saturday 3 October 2026"):
        plan_change(standing, pause)


def _booked(number, day, *, hour=18):
    starts_at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Appointment(
        id=UUID(int=500),
        shown_as="P-1",
        number=number,
        kind=SessionKind.INDIVIDUAL,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )


def test_a_booked_individual_session_stays_and_the_plan_says_so():
    standing = standing_series(appointments=(_booked(9, date(2026, 11, 5)),))
    change = MoveFollowing(session_id=session_id(8), first_day=date(2026, 11, 1), slots=TUESDAYS)
    plan = plan_change(standing, change)
    assert WarningKind.APPOINTMENT_APART in {w.kind for w in plan.warnings}
    assert WarningKind.ENDS_LATER in {w.kind for w in plan.warnings}


def test_a_group_session_is_not_moved_onto_a_booked_one():
    standing = standing_series(appointments=(_booked(9, date(2026, 11, 5)),))
    move = MoveOne(session_id=session_id(8), starts_at=datetime(2026, 11, 5, 17, 30, tzinfo=UTC))
    with pytest.raises(Refused, match="booked for P-1"):
        plan_change(standing_series()._replace(appointments=standing.appointments), move)


def test_a_group_session_in_an_individual_week_is_warned_of():
    move = MoveOne(session_id=session_id(10), starts_at=datetime(2026, 11, 5, 18, tzinfo=UTC))
    kinds = {w.kind for w in plan_change(standing_series(), move).warnings}
    assert WarningKind.SHARES_WEEK in kinds


def _pair():
    return standing_series(CARA, slots=SATURDAYS, first_day=date(2026, 10, 3))


def test_the_second_workshop_of_a_pair_stays_within_its_weeks():
    five_weeks = MoveOne(session_id=session_id(2), starts_at=datetime(2026, 11, 7, 10, tzinfo=UTC))
    assert day_of(changed(_pair(), five_weeks), 2) == date(2026, 11, 7)
    for day in (date(2026, 10, 24), date(2026, 11, 14)):
        starts_at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        with pytest.raises(Refused, match="must come 4 to 5 weeks after"):
            plan_change(_pair(), MoveOne(session_id=session_id(2), starts_at=starts_at))


def test_a_cancelled_first_workshop_takes_its_second_along():
    after = changed(_pair(), CancelAndShift(session_id=session_id(1), reason="No heating"))
    assert (day_of(after, 1), day_of(after, 2)) == (date(2026, 10, 10), date(2026, 11, 7))


def test_one_workshop_is_not_given_again_singly_unless_the_service_cancelled_it():
    again = AddExtra(number=2, starts_at=datetime(2026, 11, 7, 10, tzinfo=UTC))
    with pytest.raises(Refused, match="repeated whole"):
        plan_change(_pair(), again)
    owed = changed(_pair(), CancelAndOwe(session_id=session_id(2), reason="No heating"))
    standing = _pair()._replace(sessions=owed)
    assert day_of(changed(standing, again), 2) == date(2026, 11, 7)
    too_late = replace(again, starts_at=datetime(2026, 11, 14, 10, tzinfo=UTC))
    with pytest.raises(Refused, match="must come 4 to 5 weeks after"):
        plan_change(standing, too_late)


def test_a_session_of_another_cohort_is_not_found():
    with pytest.raises(NotFound):
        plan_change(standing_series(), CancelAndOwe(session_id=UUID(int=99), reason="x"))
