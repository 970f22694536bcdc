"""Whatever is asked of a series, in whatever order: history, order, ids and bookings hold."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count, pairwise
from uuid import UUID

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from programmes.catalogue.words import SessionKind
from programmes.common.clock import london_date
from programmes.common.errors import NotFound, Refused
from scheduling.calendars.rules import ClosedDays, is_closed, overlaps_any
from scheduling.calendars.words import Taken
from scheduling.sessions.change_rules import plan_change, plan_undo, with_ids
from scheduling.sessions.change_words import (
    AddExtra,
    CancelAndOwe,
    CancelAndShift,
    MoveFollowing,
    MoveOne,
    Pause,
    Reach,
    SwapFacilitator,
    SwapRoom,
)
from scheduling.sessions.check_rules import Standing, is_live, series_of
from scheduling.sessions.rules import plan_hash, plan_series
from scheduling.sessions.words import Appointment, Weekday, WeeklySlot
from tests.rules.catalogue_cases import (
    CARA,
    CARING_DADS,
    DVPP,
    SATURDAYS,
    closed,
    standing_sessions,
)
from tests.rules.series_cases import applied

TWICE = (WeeklySlot(Weekday.MONDAY, time(17, 30)), WeeklySlot(Weekday.THURSDAY, time(10)))
MONDAYS = TWICE[:1]
FIRST, LAST = date(2026, 9, 1), date(2027, 6, 1)
STAFF = [UUID(int=n) for n in range(91, 94)]

_DAYS = st.dates(FIRST, LAST)
_STARTS = st.builds(
    lambda day, hour: datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
    _DAYS,
    st.integers(8, 20),
)
_REACHES = st.sampled_from(Reach)
_SLOTS = st.sampled_from([SATURDAYS, MONDAYS, TWICE])


def changes_of(sessions):
    """Changes of every kind, mostly of sessions that can still change."""
    ids = st.sampled_from([s.id for s in sessions])
    reason = st.just("No heating")
    return st.one_of(
        st.sampled_from(sessions).flatmap(_moves_of),
        st.builds(MoveFollowing, session_id=ids, first_day=_DAYS, slots=_SLOTS),
        st.builds(CancelAndShift, session_id=ids, reason=reason),
        st.builds(CancelAndOwe, session_id=ids, reason=reason),
        st.builds(AddExtra, number=st.integers(1, 2), starts_at=_STARTS),
        st.builds(SwapRoom, session_id=ids, reach=_REACHES, room_id=st.sampled_from(STAFF)),
        st.builds(
            SwapFacilitator,
            session_id=ids,
            reach=_REACHES,
            leaves=st.sampled_from(STAFF),
            comes=st.sampled_from(STAFF),
        ),
        st.builds(_pause, _DAYS, st.integers(1, 60), reason),
    )


def _moves_of(session):
    hours = st.integers(-200, 200).map(lambda n: session.starts_at + timedelta(hours=n))
    return st.builds(MoveOne, session_id=st.just(session.id), starts_at=hours)


def _pause(first, days, reason):
    return Pause(pause_from=first, resume_on=first + timedelta(days=days), reason=reason)


_ENTERED = st.lists(
    st.builds(lambda day, days: (day, day + timedelta(days=days)), _DAYS, st.integers(0, 10)),
    max_size=3,
)


@st.composite
def standings(draw):
    """A written series at some moment of its life: some of it past, some recorded."""
    version, slots = draw(
        st.sampled_from([(CARING_DADS, MONDAYS), (CARING_DADS, TWICE), (DVPP, TWICE),
                         (CARA, SATURDAYS)])
    )  # fmt: skip
    closures = ClosedDays([closed(*days) for days in draw(_ENTERED)])
    try:
        plan = plan_series(version, first_day=FIRST, slots=slots, closures=closures)
    except Refused:
        closures = ClosedDays()
        plan = plan_series(version, first_day=FIRST, slots=slots, closures=closures)
    now = draw(st.datetimes(datetime(2026, 8, 20), datetime(2026, 11, 1))).replace(tzinfo=UTC)
    sessions = tuple(
        replace(
            s,
            facilitator_ids=tuple(STAFF[:2]),
            is_recorded=s.starts_at <= now and draw(st.booleans()),
        )
        for s in standing_sessions(plan)
    )
    return Standing(version, sessions, slots, closures, now, draw(_appointments()))


@st.composite
def _appointments(draw):
    return tuple(
        Appointment(
            id=UUID(int=500 + n),
            shown_as=f"P-{n}",
            number=draw(st.sampled_from([9, 15])),
            kind=SessionKind.INDIVIDUAL,
            starts_at=start,
            ends_at=start + timedelta(hours=1),
        )
        for n, start in enumerate(draw(st.lists(_STARTS, max_size=2)))
    )


def _applied(standing, change, new_ids):
    """The plan and the sessions after it, or nothing where it is refused."""
    try:
        plan = plan_change(standing, change)
    except (Refused, NotFound):
        event(f"{type(change).__name__} refused")
        return None
    event(f"{type(change).__name__} planned")
    again = plan_change(standing, change)
    assert plan_hash(plan) == plan_hash(again)
    numbered = with_ids(plan, new_ids)
    assert _without_ids(numbered) == _without_ids(plan)
    return numbered, applied(standing.sessions, numbered)


def _without_ids(plan):
    return [d.after and replace(d.after, id=None) for d in plan.differences]


@settings(max_examples=150)
@given(standing=standings(), data=st.data())
def test_whatever_is_changed_the_rules_of_a_series_hold(standing, data):
    new_ids = (UUID(int=900 + n) for n in count())
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(changes_of(standing.sessions))
        done = _applied(standing, change, new_ids)
        if done is None:
            continue
        plan, after = done
        _assert_history_is_kept(standing, plan, after)
        _assert_identity_and_content(standing, change, after)
        _assert_dates(standing, plan, after)
        _assert_bookings_are_kept(standing, plan)
        _assert_undo_restores(standing, plan, after)
        standing = standing._replace(sessions=after)


def _assert_history_is_kept(standing, plan, after):
    fixed = [s for s in standing.sessions if s.is_recorded or s.starts_at <= standing.now]
    assert all(session in after for session in fixed)
    shown = [d.before for d in plan.differences]
    assert not any(session in shown for session in fixed)
    cancelled = [s for s in standing.sessions if not is_live(s)]
    assert all(session in after for session in cancelled)


def _assert_identity_and_content(standing, change, after):
    before = {s.id: (s.number, s.module, s.kind) for s in standing.sessions}
    now_is = {s.id: (s.number, s.module, s.kind) for s in after}
    assert None not in now_is
    assert len(now_is) == len(after)
    assert {key: now_is[key] for key in before} == before
    kept = [s.number for s in series_of(after)]
    if not isinstance(change, CancelAndOwe):
        assert kept == [s.number for s in series_of(standing.sessions)]


def _assert_dates(standing, plan, after):
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(series_of(after)))
    gap = standing.version.gap
    for a, b in pairwise(series_of(after)):
        days = (london_date(b.starts_at) - london_date(a.starts_at)).days
        assert gap is None or gap.least * 7 <= days <= gap.most * 7
    for difference in plan.differences:
        if not is_live(difference.after):
            continue
        assert difference.after.starts_at > standing.now
        unmoved = difference.before is not None and (
            (difference.before.starts_at, difference.before.room_id)
            == (difference.after.starts_at, difference.after.room_id)
        )
        assert unmoved or not is_closed(london_date(difference.after.starts_at), standing.closures)


def _assert_bookings_are_kept(standing, plan):
    taken = [Taken(a.starts_at, a.ends_at) for a in standing.appointments]
    for difference in plan.differences:
        before, after = difference.before, difference.after
        moved = before is None or before.starts_at != after.starts_at
        if moved and is_live(after) and after.kind is not SessionKind.INDIVIDUAL:
            assert not overlaps_any(after.starts_at, after.ends_at, taken)


def _assert_undo_restores(standing, plan, after):
    """Always, unless what stood before could not be planned today: closed or booked meanwhile."""
    open_again = standing._replace(sessions=after, closures=_NoClosures(), appointments=())
    undo = plan_undo(open_again, plan)
    assert applied(after, undo) == standing.sessions
    redone = plan_undo(open_again._replace(sessions=standing.sessions), undo)
    assert applied(standing.sessions, redone) == after


class _NoClosures(ClosedDays):
    def closure_on(self, day):
        return None


@given(standing=standings(), data=st.data(), which=st.integers(0, 25))
def test_an_undo_is_refused_once_one_of_its_sessions_is_recorded(standing, data, which):
    change = data.draw(changes_of(standing.sessions))
    done = _applied(standing, change, (UUID(int=900 + n) for n in count()))
    if done is None:
        return
    plan, after = done
    touched = [d.after.id for d in plan.differences]
    recorded_id = touched[which % len(touched)]
    recorded = tuple(replace(s, is_recorded=s.is_recorded or s.id == recorded_id) for s in after)
    with pytest.raises(Refused, match="recorded"):
        plan_undo(standing._replace(sessions=recorded), plan)
