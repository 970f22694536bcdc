"""A release as a whole: the same records give the same bytes, and words come from print."""

import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.describe import describe, line_share, notes
from outcomes.disclosure.periods import Period
from outcomes.disclosure.release import Release, canonical_bytes, release
from outcomes.disclosure.words import Profile, RawTable
from outcomes.reports.words import Rate
from tests.rules.disclosure_cases import COLOURS, NOISE, colours, released
from tests.rules.invented_service import InventedService, invented_service

YEAR = Period(2025)


def year_of(service: InventedService, profile: Profile, order: Random | None = None) -> Release:
    raws = [service.table(spec.code, YEAR) for spec in CATALOGUE if YEAR.span in spec.spans]
    if order:
        order.shuffle(raws)
        raws = [shuffled(raw, order) for raw in raws]
    return release(raws, profile=profile, catalogue=CATALOGUE, earlier=(), noise=NOISE)


def shuffled(raw: RawTable, order: Random) -> RawTable:
    cells = list(raw.records.items())
    order.shuffle(cells)
    return RawTable(raw.code, raw.period, dict(cells))


@pytest.mark.slow
@pytest.mark.parametrize("profile", list(Profile))
def test_the_same_records_give_the_same_bytes_in_whatever_order(profile: Profile) -> None:
    first = year_of(invented_service(3), profile)
    second = year_of(invented_service(3), profile, Random(8))
    assert canonical_bytes(first) == canonical_bytes(second)
    assert first.sha256 == second.sha256


def test_one_more_record_in_print_gives_another_hash() -> None:
    hashes = {released(colours(20, 20, size), catalogue=[COLOURS]).sha256 for size in (20, 30)}
    assert len(hashes) == 2


def test_reading_a_release_loads_no_heavy_package() -> None:
    code = (
        "import sys, outcomes.disclosure.pictures, outcomes.disclosure.release\n"
        "import outcomes.reports.survival\n"
        "print([m for m in ('scipy', 'numpy', 'pandas', 'matplotlib', 'lifelines') "
        "if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.strip() == b"[]"


def test_a_release_holds_no_record_key() -> None:
    raw = RawTable("colours", Period(2026, 1), {("red",): frozenset({"secret-key"})})
    found = released(raw, catalogue=[COLOURS])
    assert b"secret-key" not in canonical_bytes(found)
    assert "secret-key" not in repr(raw)


@settings(max_examples=40, deadline=None)
@given(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)))
def test_every_split_adds_up_to_its_total_within_the_rounding(sizes: tuple[int, ...]) -> None:
    """Before control the parts make the whole; after it each printed figure is within two."""
    for table in released(colours(*sizes), catalogue=[COLOURS]).tables:
        for key, cell in table.cells:
            true = sum(sizes) if key == ("total",) else sizes[["red", "blue", "grey"].index(key[0])]
            assert cell.value is None or (abs(cell.value - true) <= 2 and cell.value >= 10)


def lines_of_2018(profile: Profile) -> Release:
    counts = {
        "referred": 96,
        "reached": 90,
        "started": 44,
        "due_to_finish": 68,
        "due_and_completed": 39,
        "due_and_not_completed": 29,
        "completed": 39,
        "children": 102,
    }
    orders = {"orders_made": 49, "breach_events": 13, "orders_breached": 12}
    raws = [
        RawTable(
            code, Period(2018), {(k,): frozenset(f"{k}{n}" for n in range(v)) for k, v in x.items()}
        )
        for code, x in (("activity", counts), ("orders", orders))
    ]
    return release(raws, profile=profile, catalogue=CATALOGUE, earlier=(), noise=NOISE)


def test_the_partnership_reads_the_figures_of_2018_as_the_city_published_them() -> None:
    activity, orders = lines_of_2018(Profile.PARTNERSHIP).tables
    said = describe(activity)
    assert "Children of those who completed: 102." in said
    assert "Completed, of those due to finish: 39 of 68, 57.4% (45.5–68.4)." in said
    assert "made (DVPO, DAPO): 49. Breaches recorded: 13." in describe(orders)
    assert "13 of 49" not in describe(orders)
    due = next(line for line in activity.lines if line.code == "due_and_completed")
    assert isinstance(line_share(activity, due), Rate)


def test_the_public_reads_rounded_figures_with_a_word_about_the_changes() -> None:
    activity, _orders = lines_of_2018(Profile.PUBLIC).tables
    assert all(cell.value is None or cell.value % 5 == 0 for _key, cell in activity.cells)
    assert any("random changes" in note for note in notes(activity))
    assert "[c]: hidden, so that nobody can be recognised." in notes(activity)


def test_a_small_total_is_said_to_be_too_small_for_per_cents() -> None:
    (table,) = released(colours(9, 4, 2), catalogue=[COLOURS]).tables
    assert describe(table) == (
        "Colours, January to March 2026. Marbles: 15, of them Red 10, Blue [c], Grey [c]. "
        "15 is the released value: too few to show per cent. "
        "[c]: hidden, so that nobody can be recognised."
    )
