"""Time to an event: equal to published estimates, with everybody accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.spells import Spell, curve_of

# Weeks of remission under 6-MP (Freireich 1963), and the estimates that textbooks print.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
REMISSION_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
TEXTBOOK = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_the_curve_equals_the_textbook() -> None:
    spells = [Spell(week, True) for week in REMISSION]
    curve = curve_of(spells + [Spell(week, False) for week in REMISSION_CENSORED])
    assert (curve.people, curve.events, curve.median) == (21, 9, 23)
    found = {point.at: round(point.share, 3) for point in curve.points if point.events}
    assert found == TEXTBOOK


def test_the_curve_equals_lifelines_on_its_own_example() -> None:
    """Medians as lifelines prints them for its Waltons data: 56; control 58, miR-137 26."""
    from lifelines.datasets import load_waltons

    flies = load_waltons()
    medians = {}
    for group, members in [("all", flies), *flies.groupby("group")]:
        pairs = zip(members["T"], members["E"], strict=True)
        medians[group] = curve_of(Spell(int(t), bool(e)) for t, e in pairs)
    assert {group: curve.median for group, curve in medians.items()} == {
        "all": 56,
        "control": 58,
        "miR-137": 26,
    }
    first_deaths = [round(point.share, 6) for point in medians["all"].points[:4]]
    assert first_deaths == [1.0, 0.993865, 0.98773, 0.96921]
    assert medians["all"].points[-1].share == 0


@pytest.mark.deep
def test_the_curve_and_its_interval_equal_lifelines_at_every_step() -> None:
    """Its own published data, fitted by it: four seconds to load, and so not in every run."""
    from lifelines import KaplanMeierFitter
    from lifelines.datasets import load_waltons

    for _group, members in load_waltons().groupby("group"):
        fitted = KaplanMeierFitter().fit(members["T"], members["E"])
        limits = fitted.confidence_interval_
        pairs = zip(members["T"], members["E"], strict=True)
        for point in curve_of(Spell(int(t), bool(e)) for t, e in pairs).points:
            assert point.share == pytest.approx(fitted.survival_function_.loc[point.at].iloc[0])
            if 0 < point.share < 1:
                assert (point.low, point.high) == pytest.approx(tuple(limits.loc[point.at]))


def product_limit(spells: list[Spell]) -> dict[int, float]:
    """The estimate by hand: at each time, the share of those watched who have no event."""
    share, found = 1.0, {}
    for at in sorted({spell.length for spell in spells}):
        watched = sum(spell.length >= at for spell in spells)
        share *= 1 - sum(spell.length == at and spell.event for spell in spells) / watched
        found[at] = share
    return found


@given(st.lists(st.builds(Spell, st.integers(1, 17), st.booleans()), min_size=1, max_size=30))
def test_the_curve_is_the_product_limit_and_counts_everybody_once(spells: list[Spell]) -> None:
    curve = curve_of(spells)
    found = {point.at: point.share for point in curve.points if point.at}
    assert found == pytest.approx(product_limit(spells))
    assert sum(point.events + point.censored for point in curve.points) == len(spells)
    assert all(0 <= point.low <= point.share <= point.high <= 1 for point in curve.points)


def test_somebody_still_coming_is_neither_a_success_nor_a_drop_out() -> None:
    all_left = curve_of([Spell(4, True), Spell(4, True)])
    one_running = curve_of([Spell(4, True), Spell(2, False)])
    assert [one.points[-1].at for one in (all_left, one_running)] == [4, 4]
    assert [one.points[-1].share for one in (all_left, one_running)] == [0, 0]
    assert one_running.events == 1


def test_a_curve_of_nobody_has_no_points() -> None:
    curve = curve_of([])
    assert (curve.people, curve.points) == (0, ())


def test_a_spell_is_never_negative() -> None:
    with pytest.raises(ValueError, match="shorter than nothing"):
        curve_of([Spell(-1, True)])
