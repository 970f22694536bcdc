"""Places against demand: what is free first, then who waits already, then whoever comes later."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from programmes.catalogue.words import ProgrammeStatus
from scheduling.placement.capacity_rules import (
    capacity_of,
    expected_a_month,
    months_around,
    wait_in_months,
)

TODAY = date(2026, 11, 22)
NINETY_A_YEAR = {month: 8 if n % 2 else 7 for n, month in enumerate(months_around(TODAY)[:12])}


def test_ninety_a_year_against_three_groups_of_twelve():
    places = {date(2026, 12, 1): 12, date(2027, 3, 1): 12, date(2027, 9, 1): 12}
    found = capacity_of(
        "caring-dads",
        "Caring Dads",
        TODAY,
        status=ProgrammeStatus.OPEN,
        waiting=20,
        free_now=2,
        demand=NINETY_A_YEAR,
        places=places,
    )
    assert found.asked_a_year == 90
    assert found.demand_a_month == 7.5
    assert found.wait_months == 4, "20 and the next one, less 2 and 12: among March's twelve"
    last = found.months[-1]
    assert last.waiting is not None
    assert 60 < last.waiting < 90, "36 places for 90 people"


def test_a_place_that_is_free_now_is_no_wait_and_no_group_is_no_answer():
    assert wait_in_months(0, 1, []) == 0
    assert wait_in_months(3, 3, [0, 1]) == 1
    assert wait_in_months(3, 0, [1, 1]) is None


@given(st.integers(0, 60), st.integers(0, 12), st.lists(st.integers(0, 24), max_size=13))
def test_more_places_never_mean_a_longer_wait(waiting, free, places):
    before = wait_in_months(waiting, free, places)
    after = wait_in_months(waiting, free + 1, places)
    assert before is None or (after is not None and after <= before)


def test_this_month_is_not_yet_whole_and_counts_for_nothing():
    assert expected_a_month({date(2026, 11, 1): 99}, TODAY) == 0
    assert len(months_around(TODAY)) == 25
