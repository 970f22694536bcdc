"""Nothing is planned on bank holidays of England, or when the service or the venue is closed."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from scheduling.calendars.rules import (
    ClosedDays,
    bank_holidays_of,
    is_closed,
    nearest_free_times,
    overlaps_any,
)
from scheduling.calendars.words import Taken
from tests.rules.catalogue_cases import closed

HALL, CENTRE = UUID(int=71), UUID(int=72)


@pytest.mark.parametrize("year", range(2011, 2051))
def test_bank_holidays_are_those_that_the_holidays_package_keeps(year: int):
    assert set(bank_holidays_of(year)) == set(country_holidays("GB", subdiv="ENG", years=year))


def test_boxing_day_on_a_saturday_is_closed_and_so_is_its_substitute():
    nothing_entered = ClosedDays()
    assert is_closed(date(2026, 12, 26), nothing_entered)
    assert is_closed(date(2026, 12, 28), nothing_entered)
    assert not is_closed(date(2026, 12, 29), nothing_entered)


def test_a_closed_day_says_why():
    easter = ClosedDays().closure_on(date(2027, 3, 29))
    assert easter is not None
    assert easter.why == "Easter Monday"


def test_a_closure_holds_on_its_first_and_its_last_day():
    days = ClosedDays([closed(date(2026, 2, 16), date(2026, 2, 20))])
    assert not is_closed(date(2026, 2, 15), days)
    assert is_closed(date(2026, 2, 16), days)
    assert is_closed(date(2026, 2, 20), days)
    assert not is_closed(date(2026, 2, 21), days)


def test_a_closed_venue_closes_no_other():
    entered = [closed(date(2026, 2, 16), venue_id=HALL)]
    assert is_closed(date(2026, 2, 16), ClosedDays(entered, venue_id=HALL))
    assert not is_closed(date(2026, 2, 16), ClosedDays(entered, venue_id=CENTRE))
    assert not is_closed(date(2026, 2, 16), ClosedDays(entered))


@pytest.mark.parametrize("until", [date(2026, 2, 15), date(2099, 1, 1)])
def test_a_closure_that_ends_before_it_begins_or_never_is_a_mistake(until: date):
    with pytest.raises(ValueError, match="closed from"):
        ClosedDays([closed(date(2026, 2, 16), until)])


def test_the_nearest_free_times_leave_out_what_is_taken_and_what_is_closed():
    six, two_hours = datetime(2026, 12, 22, 18, tzinfo=UTC), timedelta(hours=2)
    candidates = [six + timedelta(days=n) for n in range(-3, 8)]
    found = nearest_free_times(
        six,
        candidates,
        lasts=two_hours,
        taken=[Taken(six, six + two_hours)],
        closures=ClosedDays(),
    )
    assert [start.day for start in found] == [21, 23, 20]


INSTANTS = st.integers(0, 40).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n))


@given(INSTANTS, INSTANTS, st.integers(1, 5), st.integers(1, 5))
def test_two_times_overlap_where_they_share_a_minute(one, other, long, longer):
    ends, other_ends = one + timedelta(hours=long), other + timedelta(hours=longer)
    hours = {one + timedelta(hours=n) for n in range(long)}
    other_hours = {other + timedelta(hours=n) for n in range(longer)}
    assert overlaps_any(one, ends, [Taken(other, other_ends)]) is bool(hours & other_hours)
