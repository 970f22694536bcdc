"""A series is dated from a version, a first day, weekly slots and closed days."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from programmes.catalogue.rules import contents_of
from programmes.catalogue.words import Module, SessionKind, WeeksBetween
from programmes.common.clock import LONDON, london_date
from programmes.common.errors import Refused
from scheduling.calendars.rules import ClosedDays, is_closed
from scheduling.sessions.rules import monday_of, plan_hash, plan_series
from scheduling.sessions.words import WarningKind, Weekday, WeeklySlot
from tests.rules.catalogue_cases import (
    CARA,
    CARING_DADS,
    DVPP,
    SATURDAYS,
    TUESDAYS,
    closed,
)

OPEN = ClosedDays()
TUESDAY, THURSDAY = (WeeklySlot(day, time(18)) for day in (Weekday.TUESDAY, Weekday.THURSDAY))


def _plan(version=CARING_DADS, *, first_day=date(2026, 9, 8), slots=TUESDAYS, closures=OPEN):
    return plan_series(version, first_day=first_day, slots=slots, closures=closures)


def _days(plan):
    return [london_date(session.starts_at) for session in plan.sessions]


def test_caring_dads_from_the_eighth_of_september_is_seventeen_tuesdays():
    plan = _plan()
    assert _days(plan) == [date(2026, 9, 8) + timedelta(weeks=n) for n in range(17)]
    assert [s.number for s in plan.sessions if s.kind is SessionKind.INDIVIDUAL] == [9, 15]
    assert [s.module for s in plan.sessions] == [1] * 3 + [2] * 6 + [3] * 6 + [4] * 2


def test_the_wall_time_stays_when_the_clocks_change():
    plan = _plan()
    assert plan.sessions[6].starts_at == datetime(2026, 10, 20, 17, tzinfo=UTC)
    assert plan.sessions[7].starts_at == datetime(2026, 10, 27, 18, tzinfo=UTC)
    assert {s.starts_at.astimezone(LONDON).time() for s in plan.sessions} == {time(18)}


def test_a_day_that_is_no_slot_begins_with_the_first_slot_after_it():
    assert _days(_plan(first_day=date(2026, 9, 9)))[0] == date(2026, 9, 15)


def test_a_bank_holiday_and_a_closed_week_are_left_out_and_named():
    mondays = (WeeklySlot(Weekday.MONDAY, time(18)),)
    closures = ClosedDays([closed(date(2026, 4, 13), date(2026, 4, 19))])
    plan = _plan(first_day=date(2026, 3, 30), slots=mondays, closures=closures)
    assert _days(plan)[:3] == [date(2026, 3, 30), date(2026, 4, 20), date(2026, 4, 27)]
    assert [(s.on, s.why) for s in plan.skipped[:2]] == [
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 4, 13), "closed for repairs"),
    ]


def test_two_slots_a_week_give_individual_sessions_a_week_of_their_own():
    plan = _plan(slots=(THURSDAY, TUESDAY))
    weeks = [monday_of(day) for day in _days(plan)]
    for session, week in zip(plan.sessions, weeks, strict=True):
        if session.kind is SessionKind.INDIVIDUAL:
            assert weeks.count(week) == 1
    assert _days(plan)[:3] == [date(2026, 9, 8), date(2026, 9, 10), date(2026, 9, 15)]
    assert [w.kind for w in plan.warnings] == [WarningKind.HELD_MORE_OFTEN]


def test_the_second_workshop_is_four_weeks_after_the_first():
    plan = _plan(CARA, first_day=date(2026, 10, 3), slots=SATURDAYS)
    assert _days(plan) == [date(2026, 10, 3), date(2026, 10, 31)]
    assert {s.ends_at - s.starts_at for s in plan.sessions} == {timedelta(hours=5)}


def test_the_second_workshop_is_a_week_later_where_its_day_is_closed():
    plan = _plan(CARA, first_day=date(2026, 11, 28), slots=SATURDAYS)
    assert _days(plan) == [date(2026, 11, 28), date(2027, 1, 2)]
    assert [s.on for s in plan.skipped] == [date(2026, 12, 26)]


def test_a_pair_whose_second_day_is_closed_throughout_is_refused():
    closures = ClosedDays([closed(date(2026, 10, 31)), closed(date(2026, 11, 7))])
    with pytest.raises(Refused, match="No open day is left for session 2"):
        _plan(CARA, first_day=date(2026, 10, 3), slots=SATURDAYS, closures=closures)


def test_a_shorter_gap_is_tried_last_where_a_version_allows_it():
    shorter = replace(CARA, gap=WeeksBetween(least=3, usual=4, most=5))
    usual = _plan(shorter, first_day=date(2026, 10, 3), slots=SATURDAYS)
    assert _days(usual)[1] == date(2026, 10, 31)
    closures = ClosedDays([closed(date(2026, 10, 31)), closed(date(2026, 11, 7))])
    plan = _plan(shorter, first_day=date(2026, 10, 3), slots=SATURDAYS, closures=closures)
    assert _days(plan)[1] == date(2026, 10, 24)


def test_a_year_without_an_open_day_is_refused():
    closures = ClosedDays([closed(date(2026, 9, 1), date(2027, 12, 31))])
    with pytest.raises(Refused, match="No open day is left for session 1"):
        _plan(closures=closures)


@pytest.mark.parametrize(
    ("slots", "message"),
    [
        ((), "at least one weekly slot"),
        ((WeeklySlot(Weekday.TUESDAY, time(22, 30)),), "past midnight"),
        ((TUESDAY, WeeklySlot(Weekday.TUESDAY, time(19))), "overlap"),
        ((TUESDAY, TUESDAY), "overlap"),
    ],
)
def test_slots_that_cannot_hold_a_session_are_refused(slots, message):
    with pytest.raises(Refused, match=message):
        _plan(slots=slots)


def test_two_slots_on_one_day_that_touch_are_allowed():
    plan = _plan(DVPP, slots=(TUESDAY, WeeklySlot(Weekday.TUESDAY, time(20))))
    assert _days(plan)[:3] == [date(2026, 9, 8), date(2026, 9, 8), date(2026, 9, 15)]


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_first_day_out_of_all_reason_is_refused(year: int):
    with pytest.raises(Refused, match="between 2000 and 2100"):
        _plan(first_day=date(year, 6, 1))


def test_the_hash_is_the_same_for_the_same_plan_and_another_for_another():
    assert plan_hash(_plan()) == plan_hash(_plan())
    assert plan_hash(_plan()) != plan_hash(_plan(first_day=date(2026, 9, 15)))


_SLOT = st.builds(
    WeeklySlot,
    st.sampled_from(Weekday),
    st.builds(time, st.integers(7, 18), st.sampled_from([0, 15, 30, 45])),
)
_SLOTS = st.lists(_SLOT, min_size=1, max_size=3, unique_by=lambda slot: slot.weekday)
_DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
_CLOSURES = st.lists(
    st.builds(
        lambda first, length: (first, first + timedelta(days=length)), _DAYS, st.integers(0, 20)
    ),
    max_size=5,
)


@st.composite
def versions(draw):
    """Versions of any shape: other modules, individual sessions and gaps than today's."""
    lengths = draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    total = sum(lengths)
    lasts = [sum(lengths[: n + 1]) for n in range(len(lengths))]
    modules = tuple(
        Module(n + 1, f"Block {n + 1}", last - length + 1, last)
        for n, (last, length) in enumerate(zip(lasts, lengths, strict=True))
    )
    individual = tuple(sorted(draw(st.sets(st.integers(1, total), max_size=3))))
    usual = draw(st.integers(1, 6))
    gap = draw(st.none() | st.just(WeeksBetween(least=1, usual=usual, most=usual + 8)))
    return replace(
        CARING_DADS,
        modules=modules,
        individual=() if gap else individual,
        minutes=draw(st.integers(30, 300)),
        gap=gap,
    )


@given(version=versions(), first_day=_DAYS, slots=_SLOTS, entered=_CLOSURES)
def test_every_series_keeps_the_rules_of_its_version(version, first_day, slots, entered):
    closures = ClosedDays([closed(*days) for days in entered])
    try:
        plan = _plan(version, first_day=first_day, slots=slots, closures=closures)
    except Refused:
        assume(False)
    sessions, days = plan.sessions, _days(plan)
    assert [(s.number, s.module, s.kind) for s in sessions] == [
        (c.number, c.module, c.kind) for c in contents_of(version)
    ]
    assert all(earlier.ends_at <= later.starts_at for earlier, later in pairwise(sessions))
    assert all(s.ends_at - s.starts_at == timedelta(minutes=version.minutes) for s in sessions)
    assert not any(is_closed(day, closures) for day in days)
    assert days[0] >= first_day
    walls = {s.starts_at.astimezone(LONDON) for s in sessions}
    assert {(w.weekday(), w.time()) for w in walls} <= {(s.weekday, s.starts) for s in slots}
    _assert_weeks_are_kept(version, sessions, days)


def _assert_weeks_are_kept(version, sessions, days):
    weeks = [monday_of(day) for day in days]
    for session, week in zip(sessions, weeks, strict=True):
        if session.kind is SessionKind.INDIVIDUAL:
            assert weeks.count(week) == 1
    for earlier, later in pairwise(days):
        if version.gap is not None:
            assert version.gap.least * 7 <= (later - earlier).days <= version.gap.most * 7


@given(first_day=_DAYS, slot=_SLOT)
def test_no_open_slot_is_passed_over(first_day, slot):
    """Between the first day and the last session every slot is used or named as closed."""
    plan = _plan(DVPP, first_day=first_day, slots=[slot])
    accounted = sorted([*_days(plan), *(s.on for s in plan.skipped)])
    weekly = [accounted[0] + timedelta(weeks=n) for n in range(len(accounted))]
    assert accounted == weekly
    assert (accounted[0] - first_day).days < 7
