"""A written series at some moment of its life, and what a change makes of it."""

from datetime import UTC, date, datetime
from uuid import UUID

from msgspec.structs import replace

from programmes.common.clock import london_date
from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.change_rules import plan_change, resulting, with_ids
from scheduling.sessions.check_rules import Standing
from scheduling.sessions.rules import plan_series
from scheduling.sessions.words import SessionStatus
from tests.rules.catalogue_cases import CARING_DADS, TUESDAYS, standing_sessions

FIRST = date(2026, 9, 8)
BEFORE_IT_ALL = datetime(2026, 9, 1, tzinfo=UTC)
NEW = UUID(int=900)


def standing_series(
    version=CARING_DADS, *, slots=TUESDAYS, first_day=FIRST, now=BEFORE_IT_ALL, **more
):
    closures = ClosedDays()
    plan = plan_series(version, first_day=first_day, slots=slots, closures=closures)
    return Standing(version, standing_sessions(plan), slots, closures, now)._replace(**more)


def applied(sessions, plan):
    return resulting(sessions, plan.differences)


def changed(standing, change):
    plan = with_ids(plan_change(standing, change), [NEW])
    return applied(standing.sessions, plan)


def day_of(sessions, number, *, kind=None):
    found = [
        s
        for s in sessions
        if s.number == number and s.status is SessionStatus.PLANNED and kind in (None, s.kind)
    ]
    assert len(found) == 1
    return london_date(found[0].starts_at)


def recorded(standing, *numbers):
    sessions = tuple(replace(s, is_recorded=s.number in numbers) for s in standing.sessions)
    return standing._replace(sessions=sessions)
