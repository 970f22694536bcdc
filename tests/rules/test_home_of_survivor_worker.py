"""A support worker's home tells first what letters to him will tell soonest."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.home.survivors import first_for_each
from outcomes.survivors.his_side_queries import Change
from outcomes.survivors.news_queries import News
from outcomes.survivors.queries import SurvivorFacts
from outcomes.survivors.words import ChangeKind

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def news(survivor: int, hours: int | None, kind: ChangeKind = ChangeKind.BREACH) -> News:
    known_at = None if hours is None else NOW
    return News(
        survivor=SurvivorFacts(
            id=UUID(int=survivor),
            reference=f"S-{survivor}",
            name=None,
            is_erased=False,
            created_at=NOW,
            version=1,
        ),
        link_id=UUID(int=10 + survivor),
        person_name="Conrad Brearley",
        change=Change(UUID(int=20), kind, date(2026, 11, 24), "dvpo", known_at, UUID(int=30)),
        hears_at=None if hours is None else NOW + timedelta(hours=hours),
    )


def test_the_letter_that_goes_soonest_comes_first_and_what_he_knows_already_after_it() -> None:
    ending = news(1, None, ChangeKind.ORDER_ENDING)
    told, soon, later = news(2, -5), news(3, 2), news(4, 20)
    assert first_for_each([ending, told, later, soon], NOW) == [soon, later, told, ending]


def test_a_survivor_stands_there_once_with_what_is_most_pressing() -> None:
    told, later, soon = news(1, -5), news(1, 20), news(1, 2)
    assert first_for_each([told, later, soon], NOW) == [soon]
