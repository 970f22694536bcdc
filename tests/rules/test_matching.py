"""Which records are proposed as one person's, and which are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from programmes.people.match_rules import is_misread, likeness, names_alike

BORN = date(1990, 4, 7)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Craig Barraclough", "Barraclough Craig"),
        ("Tomasz Wiśniewski", "tomasz wisniewski"),
        ("Gareth ap Rhys", "Gareth Ap-Rhys"),
        ("Zoë O'Neill", "Zoe ONeill"),
        ("Mohammed Akhtar", "Muhammad Akhtar"),
        ("Stephen Clarke", "Steven Clark"),
        ("Delroy St. Clair", "Delroy James St Clair"),
    ],
)
def test_the_same_name_in_another_order_or_spelling_is_proposed(ours: str, theirs: str) -> None:
    found = likeness(ours, BORN, other_name=theirs, other_born=BORN)
    assert found
    assert found.says[-1] == "same date of birth"


@pytest.mark.parametrize(
    ("theirs", "born"),
    [
        ("Imran Mahmood", BORN),
        ("Craig Barraclough-Nettleton-Smythe", date(1961, 1, 1)),
        ("Greg Barrowclough", date(1975, 9, 30)),
    ],
)
def test_other_people_are_not(theirs: str, born: date) -> None:
    assert likeness("Craig Barraclough", BORN, other_name=theirs, other_born=born) is None


def test_a_birthday_with_day_and_month_changed_over_or_one_wrong_figure_may_be_misread() -> None:
    assert is_misread(date(1990, 4, 7), date(1990, 7, 4))
    assert is_misread(date(1990, 4, 7), date(1980, 4, 7))
    assert not is_misread(date(1990, 4, 7), date(1981, 5, 7))
    found = likeness("A Bee", BORN, other_name="A Bee", other_born=date(1990, 7, 4))
    assert found
    assert found.score < likeness("A Bee", BORN, other_name="A Bee", other_born=BORN).score  # type: ignore[union-attr]


@given(some.text(max_size=20), some.text(max_size=20))
def test_likeness_is_the_same_both_ways_and_within_bounds(one: str, other: str) -> None:
    assert 0 <= names_alike(one, other) <= 1
    assert abs(names_alike(one, other) - names_alike(other, one)) < 0.35
