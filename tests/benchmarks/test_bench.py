"""The bench in small: seeded rows hold together, both ways answer alike, and ratios are kept.

A ratio is the same on a busy machine; a time is not, and none is tested.
"""

import hashlib
from datetime import date
from typing import Any

import msgspec
import pytest

from app.bench import jobs, limits, register_jobs, register_limits, work_rows
from app.bench.copying import as_superuser
from app.bench.house import House
from app.bench.measuring import Taken, exponent
from app.bench.running import measure
from app.bench.series import swept
from app.bench.sizes import Size
from app.bench.world import Standing, World
from programmes.common.db import Side

_STANDING = Standing("p", "v", ("a", "b"), {}, tuple((n, "1", "group") for n in range(1, 18)), 120)


def test_the_same_size_on_the_same_day_is_the_same_service() -> None:
    def people(day: date) -> str:
        lines = work_rows.people(World(Size.LEEDS, day, _STANDING))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    assert people(date(2026, 11, 22)) == people(date(2026, 11, 22))
    assert people(date(2026, 11, 22)) != people(date(2026, 11, 30))


@pytest.mark.parametrize("size", Size)
def test_sizes_are_ten_years_of_a_city_ten_cities_and_a_country(size: Size) -> None:
    assert size.people == 3_320 * size.times
    assert size.groups == 300 * size.times


async def test_every_seeded_row_points_at_one_that_is_there(house: House) -> None:
    """COPY asked no foreign key."""
    for side in Side:
        async with as_superuser(house.server, side) as connection:
            for key in await connection.fetch(_FOREIGN_KEYS):
                lost = await connection.fetchval(
                    f"SELECT count(*) FROM {key['child']} c WHERE c.{key['column']} IS NOT NULL "
                    f"AND NOT EXISTS (SELECT FROM {key['parent']} p "
                    f"WHERE p.id = c.{key['column']})"
                )
                assert lost == 0, f"{key['child']}.{key['column']}"


async def test_the_seeded_size_is_what_it_says(house: House) -> None:
    async with as_superuser(house.server, Side.WORK) as connection:
        counted = {
            table: await connection.fetchval(f"SELECT count(*) FROM {table}")
            for table in ("person", "cohort", "attendance_mark")
        }
    assert counted["person"] == Size.LEEDS.people
    assert counted["cohort"] == Size.LEEDS.groups
    assert 49_000 < counted["attendance_mark"] < 53_000


async def test_by_hand_the_caseload_is_what_the_service_answers(house: House) -> None:
    pair = await jobs.caseload(house)
    ours, by_hand = await pair.ours(), await pair.limit()
    assert len(_read(ours)) == 50
    assert _of_limit(_read(ours), _read(by_hand)) == _read(by_hand)


async def test_by_hand_people_are_what_the_service_answers(house: House) -> None:
    for prepare in (jobs.search_by_name, jobs.search_by_reference):
        pair = await prepare(house)
        ours, by_hand = _read(await pair.ours()), _read(await pair.limit())
        assert ours["rows"] == by_hand["rows"]
        assert ours["total"] == by_hand["total"] >= 1


async def test_by_hand_a_saved_register_is_what_the_service_answers(house: House) -> None:
    pair = await jobs.save_register(house)
    first, second = _read(await pair.ours()), _read(await pair.limit())
    assert len(first["marks"]) == len(second["marks"]) == 12
    assert second["version"] == first["version"] + 1
    assert _of_limit(first["places"], second["places"]) == second["places"]
    assert {mark["revision"] for mark in second["marks"]} == {
        mark["revision"] + 1 for mark in first["marks"]
    }


async def test_by_hand_one_mark_is_what_the_service_answers(house: House) -> None:
    pair = await register_jobs.save_one_mark(house)
    first, second = _read(await pair.ours()), _read(await pair.limit())
    assert second == {"revision": first["revision"] + 1, "version": first["version"] + 1}


async def test_by_hand_a_register_is_signed_off_as_the_service_does(house: House) -> None:
    pair = await register_jobs.sign_off_register(house)
    found = []
    for way in (pair.ours, pair.limit):
        found.append(_read(await way()))
        await pair.settle()
    for whole in found:
        assert len(whole["marks"]) == 12
        assert all(mark["signed_off_at"] for mark in whole["marks"])
        assert whole["session"]["signed_off_at"]
    assert found[1]["version"] == found[0]["version"] + 1
    assert {mark["revision"] for mark in found[1]["marks"]} == {
        mark["revision"] + 1 for mark in found[0]["marks"]
    }


GOES = 3


@pytest.mark.parametrize(
    ("job", "most"),
    [(job, 3.0 * job.target) for job in jobs.JOBS],
    ids=[job.name for job in jobs.JOBS],
)
async def test_no_job_is_far_from_its_limit(house: House, job: jobs.Job, most: float) -> None:
    """Thrice the target, so that only a mistake in the design fails: N+1 was 112 times.

    Five rounds are over in a moment in which the machine may be busy: a mistake is there each time.
    """
    goes = []
    async with swept(house):
        while len(goes) < GOES and not any(one.ratio < most for one in goes):
            goes.append(await measure(job, [house], seconds=0.0))
    assert any(one.ratio < most for one in goes), goes


def test_growth_is_the_slope_of_the_logarithms() -> None:
    assert exponent({1: 7.0, 10: 7.0, 100: 7.0}) == pytest.approx(0)
    assert exponent({1: 2.0, 10: 20.0, 100: 200.0}) == pytest.approx(1)
    assert exponent({1: 2.0}) is None
    assert Taken(30.0, 20.0).ratio == 1.5


def test_the_limit_imports_nothing_of_the_rules() -> None:
    """By hand means by hand."""
    written = {**vars(limits), **vars(register_limits)}
    names = {getattr(value, "__module__", "") or "" for value in written.values()}
    assert not {name for name in names if name.startswith(("scheduling", "outcomes", "app.api"))}


def _read(body: Any) -> Any:
    return msgspec.json.decode(body)


def _of_limit(ours: list[dict[str, Any]], by_hand: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of ours what the limit answers as well: a new field may not be in it yet."""
    return [{name: row[name] for name in by_hand[0]} for row in ours]


_FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent,
       quote_ident(a.attname) AS column
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND array_length(c.conkey, 1) = 1
"""
