"""What a conflict offers instead is really free, and nothing nearer is passed over."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from programmes.catalogue.words import SessionKind
from programmes.common.errors import Refused
from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.alternative_rules import free_among, nearby
from scheduling.sessions.change_rules import plan_change
from scheduling.sessions.change_words import AddExtra, MoveFollowing, MoveOne, Reach, SwapRoom
from scheduling.sessions.check_rules import is_live
from scheduling.sessions.planning_rules import nearest_free_slots
from scheduling.sessions.planning_words import CohortRequest, TakenTime
from scheduling.sessions.rules import plan_series
from scheduling.sessions.words import Circumstances, RoomFacts, Weekday, WeeklySlot
from tests.rules.catalogue_cases import CARA, CARING_DADS, closed, session_id
from tests.rules.series_cases import FIRST, applied, standing_series

ROOM, OTHER_ROOM, LEADER, MEMBER = (UUID(int=n) for n in range(71, 75))
WHATS = (ROOM, OTHER_ROOM, LEADER, MEMBER)
ROOMS = tuple(
    RoomFacts(id=one, venue_id=UUID(int=80), shown_as="Hall", seats=20)
    for one in (ROOM, OTHER_ROOM)
)
_DAYS = st.dates(FIRST, FIRST + timedelta(weeks=18))


@st.composite
def taken_times(draw):
    """Whole days and hours at which rooms, a leader or a member of the group are taken."""
    starts = datetime.combine(draw(_DAYS), time(draw(st.integers(8, 19))), UTC)
    hours = draw(st.integers(1, 12))
    return TakenTime(
        what=draw(st.sampled_from(WHATS)),
        kind="room",
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        session_id=UUID(int=999),
    )


_TAKEN = st.lists(taken_times(), max_size=25)
_SLOTS = st.builds(
    WeeklySlot, st.sampled_from(tuple(Weekday)[:6]), st.builds(time, st.integers(9, 18))
)
_CLOSED = st.lists(st.builds(lambda day: closed(day, day + timedelta(days=6)), _DAYS), max_size=4)


def is_taken(what, starts_at, ends_at, taken):
    """Written anew, in the plainest way."""
    return any(
        one.what == what and one.starts_at < ends_at and starts_at < one.ends_at for one in taken
    )


def occupied(session):
    return (session.room_id, *session.facilitator_ids, MEMBER)


def a_standing():
    standing = standing_series()
    sessions = tuple(replace(s, room_id=ROOM, facilitator_ids=(LEADER,)) for s in standing.sessions)
    return standing._replace(sessions=sessions, circumstances=Circumstances(rooms=ROOMS))


def changes():
    numbers = st.integers(1, 17)
    at = st.builds(
        lambda day, hour: datetime.combine(day, time(hour), UTC), _DAYS, st.integers(9, 19)
    )
    return st.one_of(
        st.builds(lambda n, t: MoveOne(session_id=session_id(n), starts_at=t), numbers, at),
        st.builds(
            lambda n, t: AddExtra(number=n, starts_at=t, room_id=ROOM, facilitator_ids=(LEADER,)),
            numbers,
            at,
        ),
        st.builds(
            lambda n, day, slot: MoveFollowing(
                session_id=session_id(n), first_day=day, slots=(slot,)
            ),
            numbers,
            _DAYS,
            _SLOTS,
        ),
        st.builds(
            lambda n, room: SwapRoom(
                session_id=session_id(n), reach=Reach.THIS_AND_FOLLOWING, room_id=room
            ),
            numbers,
            st.sampled_from((ROOM, OTHER_ROOM)),
        ),
    )


def stands_free(standing, change, taken):
    """Whether a change can be planned, and all that it writes is free."""
    try:
        plan = plan_change(standing, change)
    except Refused:
        return False
    after = [d.after for d in plan.differences if d.after is not None and is_live(d.after)]
    written = [one for one in after if one in applied(standing.sessions, plan)]
    assert written == after
    return not any(
        is_taken(what, one.starts_at, one.ends_at, taken)
        for one in after
        if one.kind is not SessionKind.INDIVIDUAL
        for what in occupied(one)
    )


@settings(max_examples=25, deadline=None, derandomize=True)
@given(change=changes(), taken=_TAKEN)
def test_what_is_offered_instead_of_a_change_is_free_and_nothing_nearer_is(change, taken):
    standing = a_standing()
    candidates = list(nearby(standing, change))
    offered = free_among(standing, candidates, taken=taken, people=(MEMBER,))
    event(f"{type(change).__name__}: {len(offered)} offered")
    assert change not in offered
    assert all(stands_free(standing, one, taken) for one in offered)
    tried = candidates.index(offered[-1]) if len(offered) == 3 else len(candidates)
    passed = [one for one in candidates[:tried] if one not in offered]
    assert not any(stands_free(standing, one, taken) for one in passed)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    version=st.sampled_from((CARING_DADS, CARA)),
    slot=_SLOTS,
    entered=_CLOSED,
    taken=_TAKEN,
)
def test_the_weekly_times_offered_for_a_new_group_are_free_throughout(
    version, slot, entered, taken
):
    closures = ClosedDays(entered)
    request = CohortRequest(
        programme=version.programme,
        first_day=FIRST,
        slots=(slot,),
        room_id=ROOM,
        facilitator_ids=(LEADER,),
        capacity=12,
    )
    offered = nearest_free_slots(version, request, closures=closures, taken=taken)
    assert slot not in offered
    for one in offered:
        plan = plan_series(version, first_day=FIRST, slots=(one,), closures=closures)
        assert not any(
            is_taken(what, s.starts_at, s.ends_at, taken)
            for s in plan.sessions
            if s.kind is not SessionKind.INDIVIDUAL
            for what in (ROOM, LEADER)
        )


def test_a_weekday_that_cannot_hold_a_pair_is_passed_over_and_the_others_are_offered():
    """Both Mondays on which the second workshop could be are closed; other weekdays are not."""
    second = date(2026, 10, 5)
    closures = ClosedDays([closed(second), closed(second + timedelta(weeks=1))])
    request = CohortRequest(
        programme="cara",
        first_day=date(2026, 9, 7),
        slots=(WeeklySlot(Weekday.TUESDAY, time(10)),),
        room_id=ROOM,
        facilitator_ids=(),
        capacity=12,
    )
    day = datetime(2026, 9, 8, 8, tzinfo=UTC)
    taken = [
        TakenTime(
            what=ROOM,
            kind="room",
            starts_at=day,
            ends_at=day + timedelta(hours=14),
            session_id=UUID(int=999),
        )
    ]
    offered = nearest_free_slots(CARA, request, closures=closures, taken=taken)
    assert len(offered) == 3
    assert Weekday.MONDAY not in {one.weekday for one in offered}
