"""The first breach after a programme, counted in the database, against one person at a time."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from msgspec import Struct, to_builtins

from outcomes.reports import landmark_queries
from outcomes.reports.figures import year
from outcomes.reports.landmark_queries import LandmarkGroup, first_breach_after_landmark
from outcomes.reports.landmark_tables import landmark_tables
from outcomes.reports.survival import curve_of_counts
from programmes.common.staff import Role
from tests.cast import Company
from tests.rules.spells import Spell, curve_of

LANDMARK = date(2026, 3, 10)
TODAY = LANDMARK + timedelta(days=200)


class Watched(Struct, frozen=True, kw_only=True):
    """Somebody whose days are counted from the landmark; `order` is from when until when."""

    done: bool = True
    started: int = -100
    breaches: tuple[int, ...] = ()
    order: tuple[int, int | None] | None = (-30, None)
    end_reason: str | None = None
    withdrawn: bool = False


def day(number: int) -> date:
    return LANDMARK + timedelta(days=number)


def at_noon(number: int) -> datetime:
    return datetime.combine(day(number), time(12), UTC)


def rows(people: list[Watched]) -> list[dict[str, Any]]:
    """One row a person, in the place of what the database holds of places, orders, breaches."""
    found: list[dict[str, Any]] = to_builtins(
        [
            {
                "person_id": f"00000000-0000-7000-8000-{number:012d}",
                "is_complete": one.done,
                "started_at": at_noon(one.started),
                "finished_at": at_noon(0),
                "end_reason": one.end_reason,
                "made_on": day(one.order[0]) if one.order else None,
                "ends_on": day(one.order[1]) if one.order and one.order[1] is not None else None,
                "breaches": [at_noon(breach) for breach in one.breaches],
                "stage": "withdrawn" if one.withdrawn else "alleged",
            }
            for number, one in enumerate(people)
        ]
    )
    return found


# These stand in front of the tables of the same names, and $2 and $4 are not needed.
INVENTED = """
WITH one AS (
    SELECT *, $2::timestamptz AS until_at, $4::date AS until_on FROM jsonb_to_recordset($6) AS r (
        person_id uuid, is_complete boolean, started_at timestamptz, finished_at timestamptz,
        end_reason text, made_on date, ends_on date, breaches timestamptz[], stage text)),
standing AS (SELECT *, person_id AS id, person_id AS referral_id, person_id AS programme_id,
                    'ended' AS status FROM one),
referred AS (SELECT referral_id, programme_id, started_at FROM standing),
protective_order AS (SELECT person_id, made_on, ends_on, 'live' AS status FROM one
                     WHERE made_on IS NOT NULL),
breach AS (SELECT person_id, stage, unnest(breaches) AS occurred_at FROM one)
"""


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(landmark_queries, "STANDING", INVENTED)
    return monkeypatch


async def counted(
    company: Company, invented: pytest.MonkeyPatch, people: list[Watched]
) -> dict[bool, LandmarkGroup]:
    invented.setattr(landmark_queries, "rules_of", lambda _programmes: rows(people))
    async with company.acting(Role.MANAGER):
        return await first_breach_after_landmark(year(2026), [], today=TODAY)


def seen(one: Watched) -> str | Spell:
    """What becomes of one person, told in plain Python."""
    since = [] if one.withdrawn else sorted(b for b in one.breaches if b >= one.started)
    if since and since[0] < 0:
        return "breached before"
    if one.end_reason in ("died", "moved away"):
        return "gone"
    if one.order is None or one.order[0] > 0 or (one.order[1] is not None and one.order[1] < 0):
        return "no order"
    until = min(364, (TODAY - LANDMARK).days, 999 if one.order[1] is None else one.order[1])
    event = bool(since) and since[0] <= until
    return Spell((since[0] if event else until) // 7, event)


def by_hand(people: list[Watched]) -> tuple[list[Spell], list[int]]:
    all_seen = [seen(one) for one in people]
    besides = [all_seen.count(word) for word in ("breached before", "no order", "gone")]
    return [one for one in all_seen if isinstance(one, Spell)], besides


def invented_person(random: Random) -> Watched:
    ends = random.choice((None, random.randrange(-20, 300)))
    return Watched(
        done=random.random() < 0.5,
        breaches=tuple(
            random.randrange(-150, 300) for _breach in range(random.choice((0, 0, 1, 3)))
        ),
        order=random.choice(((random.randrange(-60, 20), ends), (-60, ends), None)),
        end_reason=random.choice((None, None, None, "died", "order ended")),
        withdrawn=random.random() < 0.1,
    )


async def test_the_database_counts_what_one_person_at_a_time_counts(
    company: Company, invented: pytest.MonkeyPatch
) -> None:
    random = Random(8)
    people = [invented_person(random) for _person in range(400)]
    found = await counted(company, invented, people)
    for done, group in found.items():
        spells, besides = by_hand([one for one in people if one.done is done])
        assert min(len(spells), *besides) > 5
        assert [group.breached_before, group.no_order, group.gone] == besides
        assert curve_of_counts(group.lengths) == curve_of(spells)


async def test_living_long_enough_to_complete_does_not_count_as_success(
    company: Company, invented: pytest.MonkeyPatch
) -> None:
    """Everybody breaches at the same pace; nobody's early weeks are credited to completion."""
    people = [
        Watched(done=done, breaches=(breach,)) for done in (True, False) for breach in range(100)
    ]
    found = await counted(company, invented, people)
    assert found[True] == found[False]
    assert sum(found[True].lengths.values()) == 100


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Watched(breaches=(0,)), {(0, True): 1}),
        (Watched(breaches=(6,)), {(0, True): 1}),
        (Watched(breaches=(7,)), {(1, True): 1}),
        (Watched(breaches=(-101,)), {(28, False): 1}),
        (Watched(breaches=(-1,)), {}),
        (Watched(breaches=(30,), order=(-1, 30)), {(4, True): 1}),
        (Watched(breaches=(31,), order=(-1, 30)), {(4, False): 1}),
        (Watched(breaches=(40, 90), withdrawn=True), {(28, False): 1}),
        (Watched(order=(1, None)), {}),
        (Watched(order=(-30, -1)), {}),
    ],
)
async def test_where_one_person_stands(
    company: Company,
    invented: pytest.MonkeyPatch,
    one: Watched,
    expected: dict[tuple[int, bool], int],
) -> None:
    assert (await counted(company, invented, [one]))[True].lengths == expected


async def test_the_tables_say_who_is_missing_and_call_nothing_a_cause(
    company: Company, invented: pytest.MonkeyPatch
) -> None:
    people = [Watched(breaches=(20,)), Watched(), Watched(order=None), Watched(done=False)]
    curves, beside = landmark_tables(await counted(company, invented, people))
    assert beside.rows == (("Completed", 3, 0, 0, 1, 2), ("Not completed", 1, 0, 0, 0, 1))
    assert curves.rows[1] == ("Completed", 2, 2, 1, 0, 50.0, 0.6, 91.0)
    assert "differ in other ways" in curves.said
