"""Rates and changes: equal to SciPy, and the figures that the field has published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from outcomes.reports.rates import compare_counts, compare_rates, cost_each, rate
from outcomes.reports.sentences import (
    change_in_words,
    count_change_in_words,
    interval_in_words,
    rate_in_words,
)
from outcomes.reports.words import Direction


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (13, 49, "13 of 49, 26.5% (16.2–40.3)"),
        (190, 300, "190 of 300, 63.3% (57.7–68.6)"),
        (39, 68, "39 of 68, 57.4% (45.5–68.4)"),
        (0, 12, "0 of 12, 0.0% (0.0–24.2)"),
        (12, 12, "12 of 12, 100.0% (75.8–100.0)"),
        (1039, 2068, "1,039 of 2,068, 50.2% (48.1–52.4)"),
        (0, 0, "0 of 0, no rate"),
    ],
)
def test_a_rate_is_said_with_its_denominator_and_its_interval(
    count: int, total: int, said: str
) -> None:
    assert rate_in_words(rate(count, total)) == said


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_scipys_wilson_interval(of: tuple[int, int]) -> None:
    count, total = of
    theirs = binomtest(count, total).proportion_ci(method="wilson")
    ours = rate(count, total)
    assert ours.low == pytest.approx(theirs.low, abs=1e-12)
    assert ours.high == pytest.approx(theirs.high, abs=1e-12)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_rate_lies_within_its_interval_and_between_none_and_all(of: tuple[int, int]) -> None:
    found = rate(*of)
    assert found.share is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_nobody_counted_gives_no_share_and_no_interval() -> None:
    nobody = rate(0, 0)
    assert (nobody.share, nobody.low, nobody.high) == (None, None, None)
    assert interval_in_words(nobody) == "no interval"


@pytest.mark.parametrize(("count", "total"), [(5, 4), (-1, 4), (1, 0)])
def test_more_than_all_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="is not a rate"):
        rate(count, total)


def test_the_difference_has_newcombes_interval() -> None:
    """Newcombe 1998, table II, contrast (a): 56/70 less 48/80, method 10."""
    change = compare_rates(rate(48, 80), rate(56, 70))
    assert change.difference == pytest.approx(0.2)
    assert (change.low, change.high) == (
        pytest.approx(0.0524, abs=5e-5),
        pytest.approx(0.3339, abs=5e-5),
    )
    assert change.direction is Direction.HIGHER


def test_a_change_is_not_called_where_the_interval_takes_in_nought() -> None:
    change = compare_rates(rate(30, 60), rate(39, 68))
    assert change.direction is Direction.NOT_CLEAR
    assert change_in_words(change) == (
        "No clear change; the difference could be chance: 50.0% before, 57.4% now "
        "(+7.4 points, −9.7 to +23.9)."
    )


def test_a_fall_is_called_a_fall() -> None:
    change = compare_rates(rate(80, 100), rate(50, 100))
    assert change.direction is Direction.LOWER
    assert change_in_words(change).startswith("Lower than before: 80.0% before, 50.0% now (−30.0")


def test_nothing_is_compared_with_a_period_without_anybody() -> None:
    change = compare_rates(rate(0, 0), rate(3, 4))
    assert change.direction is Direction.NOTHING_TO_COMPARE
    assert change_in_words(change).startswith("There is nothing to compare")


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_later_period_is_higher_exactly_when_the_earlier_is_lower(
    a: int, b: int, c: int, d: int
) -> None:
    first, second = rate(min(a, b), max(a, b)), rate(min(c, d), max(c, d))
    mirrored = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    forth = compare_rates(first, second).direction
    assert compare_rates(second, first).direction is mirrored.get(forth, forth)


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (13, 20, Direction.NOT_CLEAR),
        (13, 40, Direction.HIGHER),
        (40, 13, Direction.LOWER),
        (0, 3, Direction.NOT_CLEAR),
        (0, 0, Direction.NOTHING_TO_COMPARE),
    ],
)
def test_two_counts_differ_only_beyond_chance(
    before: int, after: int, direction: Direction
) -> None:
    assert compare_counts(before, after).direction is direction


def test_a_count_is_compared_without_saying_which_way_is_good() -> None:
    assert count_change_in_words(compare_counts(13, 40)) == (
        "Higher than before: 13 before, 40 now."
    )
    assert count_change_in_words(compare_counts(0, 0)) == "There were none in either period."


def test_what_a_completion_cost_in_2018() -> None:
    cost = cost_each(150_000, 39)
    assert cost is not None
    assert round(cost) == 3846
    assert cost_each(150_000, 0) is None
