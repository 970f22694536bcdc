"""The public profile's noise: keyed, repeatable, and of the promised shape."""

from collections import Counter
from math import exp

import pytest

from outcomes.disclosure.noise import Noise
from outcomes.disclosure.words import Profile
from tests.rules.disclosure_cases import NOISE, all_of, colours, released
from tests.rules.simulation import advantage


def test_the_same_records_always_give_the_same_value() -> None:
    forth, back = ["a", "b", "c"], ["c", "a", "b"]
    assert NOISE.of("people", (), forth) == NOISE.of("people", (), back)


def test_the_seed_knows_population_categories_records_and_secret() -> None:
    other = Noise(bytes(32))
    names = [[f"r{n}"] for n in range(60)]
    draws = {
        tuple(NOISE.of("people", (), records) for records in names),
        tuple(NOISE.of("orders", (), records) for records in names),
        tuple(NOISE.of("people", (("sex", "m"),), records) for records in names),
        tuple(other.of("people", (), records) for records in names),
        tuple(NOISE.of("people", (), ["more", *records]) for records in names),
    }
    assert len(draws) == 5


def test_names_that_run_together_are_not_confused() -> None:
    names = [([f"a{n}", "b"], [f"a{n}b"]) for n in range(40)]
    assert any(NOISE.of("p", (), one) != NOISE.of("p", (), two) for one, two in names)


def test_the_noise_is_two_sided_geometric_with_epsilon_one() -> None:
    """P(k) = (1 - a) / (1 + a) · a^|k| with a = 1/e; a chi-squared bound over seven classes."""
    drawn = 6000
    found = Counter(max(-3, min(3, NOISE.of("people", (), [f"r{n}"]))) for n in range(drawn))
    a = exp(-1)
    odds = {k: (1 - a) / (1 + a) * a ** abs(k) for k in range(-2, 3)}
    odds |= dict.fromkeys((-3, 3), a**3 / (1 + a))
    surprise = sum((found[k] - drawn * p) ** 2 / (drawn * p) for k, p in odds.items())
    assert surprise < 22.5  # one in a thousand with six degrees of freedom


def test_a_short_secret_is_refused_and_none_is_ever_shown() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Noise(b"short")
    assert "bytes" not in repr(NOISE)
    assert repr(NOISE) == "Noise()"


def test_one_figure_printed_twice_has_one_noise() -> None:
    """The total of a split and the line that counts the same people cannot be averaged."""
    for size in range(20, 40):
        raw = colours(size, size, size)
        lines, split = released(all_of(raw), raw, profile=Profile.PUBLIC).tables
        assert lines.cell("marbles") == split.cell("total")


def test_one_persons_presence_shifts_the_odds_of_one_cell_by_less_than_half() -> None:
    shifts = [advantage(count - 1, count) for count in range(1, 300)]
    assert max(shifts) <= 0.50
    assert sum(shifts) / len(shifts) <= 0.20
