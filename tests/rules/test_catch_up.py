"""A missed session is made up by a coming one of the same module that has room."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from programmes.catalogue.words import SessionKind
from scheduling.calendars.words import Taken
from scheduling.sessions.catch_up_rules import catch_ups, covers
from scheduling.sessions.catch_up_words import OpenSession, Owing
from tests.rules.catalogue_cases import CARA, CARING_DADS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OWN, OTHER = UUID(int=1), UUID(int=2)
OWED = Owing(
    person_id=UUID(int=50),
    cohort_id=OWN,
    programme="caring-dads",
    number=5,
    module=2,
    sex="male",
)
SESSION = OpenSession(
    session_id=UUID(int=70),
    cohort_id=OTHER,
    programme="caring-dads",
    number=7,
    module=2,
    kind=SessionKind.GROUP,
    starts_at=NOW + timedelta(days=3),
    ends_at=NOW + timedelta(days=3, hours=2),
    places_left=1,
)


def _choices(owing, coming, version=CARING_DADS):
    (found,) = catch_ups(version, [owing], coming=coming, now=NOW)
    assert found.owing is owing
    return [choice.session_id.int for choice in found.choices]


def test_the_same_session_comes_before_its_module_and_then_the_sooner():
    later = SESSION.starts_at + timedelta(days=7)
    same = replace(SESSION, session_id=UUID(int=72), number=5, starts_at=later)
    soon = replace(SESSION, session_id=UUID(int=71), starts_at=NOW + timedelta(days=1))
    assert _choices(OWED, [SESSION, same, soon]) == [72, 71, 70]


def test_a_session_that_fits_covers_what_is_owed():
    assert covers(OWED, SESSION)


@pytest.mark.parametrize(
    "change",
    [
        {"module": 3},
        {"programme": "cara"},
        {"kind": SessionKind.INDIVIDUAL},
        {"places_left": 0},
        {"cohort_id": OWN},
        {"sex": "female"},
        {"language": "Arabic"},
    ],
)
def test_a_session_that_does_not_fit_does_not_cover_it(change):
    assert not covers(OWED, replace(SESSION, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"language": "Arabic"},
        {"finish_by": date(2026, 11, 24)},
        {"not_in_cohorts": frozenset({OTHER})},
        {"taken": (Taken(SESSION.starts_at, SESSION.starts_at + timedelta(minutes=1)),)},
    ],
)
def test_somebody_who_cannot_be_there_is_not_offered_it(change):
    assert not covers(replace(OWED, **change), SESSION)


def test_an_interpreter_or_a_group_in_their_language_makes_it_fit():
    arabic = replace(OWED, language="Arabic")
    assert covers(arabic, replace(SESSION, language="Arabic"))
    assert covers(arabic, replace(SESSION, interpreted=frozenset({"Arabic"})))


def test_an_extra_of_the_own_cohort_covers_what_was_missed():
    assert covers(OWED, replace(SESSION, cohort_id=OWN, kind=SessionKind.EXTRA))


def test_a_session_on_the_last_day_of_the_order_still_helps():
    assert covers(replace(OWED, finish_by=date(2026, 11, 25)), SESSION)


def test_a_past_session_an_individual_one_and_half_a_pair_are_never_offered():
    assert _choices(OWED, [replace(SESSION, starts_at=NOW)]) == []
    assert _choices(replace(OWED, number=9), [SESSION]) == []
    half = replace(OWED, programme="cara", number=2, module=2)
    workshop = replace(SESSION, programme="cara", number=2)
    assert _choices(half, [workshop], version=CARA) == []
