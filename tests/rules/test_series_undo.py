"""What was applied can be taken back until the first of its sessions is recorded."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from programmes.common.errors import Conflict, Refused
from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.change_rules import plan_change, plan_undo, with_ids
from scheduling.sessions.change_words import (
    CancelAndShift,
    MoveOne,
)
from scheduling.sessions.rules import plan_hash
from tests.rules.catalogue_cases import (
    closed,
    session_id,
)
from tests.rules.series_cases import NEW, applied, changed, recorded, standing_series


def test_the_hash_of_a_plan_does_not_depend_on_the_ids_of_what_it_adds():
    change = CancelAndShift(session_id=session_id(3), reason="No heating")
    assert plan_hash(plan_change(standing_series(), change)) == plan_hash(
        plan_change(standing_series(), change)
    )
    other = replace(change, reason="Flood")
    assert plan_hash(plan_change(standing_series(), change)) != plan_hash(
        plan_change(standing_series(), other)
    )


def _done():
    standing = standing_series()
    change = CancelAndShift(session_id=session_id(3), reason="No heating")
    plan = with_ids(plan_change(standing, change), [NEW])
    return standing, plan, standing._replace(sessions=applied(standing.sessions, plan))


def test_an_undo_restores_what_was_cancelled_and_shifted():
    standing, plan, now_stands = _done()
    undo = plan_undo(now_stands, plan)
    assert applied(now_stands.sessions, undo) == standing.sessions


def test_an_undo_ends_when_the_first_of_its_sessions_is_recorded():
    _, plan, now_stands = _done()
    with pytest.raises(Refused, match="has been recorded"):
        plan_undo(recorded(now_stands, 4), plan)


def test_an_undo_does_not_put_a_session_into_the_past():
    _, plan, now_stands = _done()
    with pytest.raises(Refused, match="would be in the past"):
        plan_undo(now_stands._replace(now=datetime(2026, 9, 24, tzinfo=UTC)), plan)


def test_an_undo_does_not_put_a_session_on_a_day_that_has_closed_since():
    _, plan, now_stands = _done()
    closures = ClosedDays([closed(date(2026, 9, 22))])
    with pytest.raises(Refused, match="closed for repairs"):
        plan_undo(now_stands._replace(closures=closures), plan)


def test_an_undo_waits_for_the_later_change_to_be_undone():
    _, plan, now_stands = _done()
    move = MoveOne(session_id=session_id(5), starts_at=datetime(2026, 10, 15, 17, tzinfo=UTC))
    moved = now_stands._replace(sessions=changed(now_stands, move))
    with pytest.raises(Conflict, match="Undo the later change first"):
        plan_undo(moved, plan)
