"""The year's figures are counted, never typed in: of the books of 2018, of 2025, and of others."""

from pathlib import Path
from typing import Any

import pytest

from tests.invented_book import InventedBook
from tests.made_workbooks import CARA, LEEDS, LEEDS_SURVIVORS
from tests.own_home import OwnHome, own_home, written
from tests.reckoning import Reckoning, survivor_figures

NAMES = {"caring-dads": "Caring Dads", "cara": "CARA"}
KINDS = {
    "dvpo": "DVPO",
    "pre-charge-bail": "pre-charge bail",
    "court-bail": "court bail",
    "conditional-caution": "conditional caution",
}
FIGURES = {
    "referred",
    "suitable",
    "reached",
    "started",
    "completed",
    "children_of_completers",
    "waiting",
    "completion",
    "not_suitable",
}


@pytest.fixture(scope="module")
def leeds(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with own_home(tmp_path_factory.mktemp("report") / "home") as home:
        said = home.run("import", LEEDS, "--survivors", LEEDS_SURVIVORS, "--apply")
        assert said.code == 0, said.err
        yield home


def report(home: OwnHome, year: int, *more: str) -> Any:
    said = home.run("report", "--year", str(year), "--json", *more)
    assert said.code == 0, said.err
    return said.json


def completion(figures: Any) -> dict[str, tuple[int, int, int]]:
    return {c["of"]: (c["count"], c["total"], c["still_running"]) for c in figures["completion"]}


def test_the_year_2018_in_leeds(leeds: OwnHome) -> None:
    found = report(leeds, 2018)
    assert found["period"] == {"from": "2018-01-01", "until": "2019-01-01"}
    dads = found["programmes"]["caring-dads"]
    assert set(dads) == FIGURES
    assert (dads["referred"], dads["reached"], dads["completed"]) == (96, 90, 39)
    assert dads["children_of_completers"] == 102
    assert completion(dads)["due_to_finish"] == (39, 68, 0)
    assert completion(dads)["starters"] == (25, 44, 22)
    assert completion(dads)["referrals"][1] == 96
    due = dads["completion"][0]
    assert due["rate"] == pytest.approx(39 / 68)
    assert (round(due["low"], 3), round(due["high"], 3)) == (0.455, 0.684)
    assert dads["not_suitable"] == {
        "man-without-children": 11,
        "family-member-abuse": 7,
        "woman-causing-harm": 6,
        "proceedings-will-end-contact": 4,
    }
    assert dads["waiting"] == 17


def test_orders_and_breaches_of_2018_are_four_counts(leeds: OwnHome) -> None:
    orders = report(leeds, 2018)["orders"]
    dvpo = orders["dvpo"]
    assert dvpo["made"] == 49
    assert dvpo["breach_events_recorded"] == 13
    assert dvpo["orders_with_breach_recorded"] == 12
    assert dvpo["orders_breach_established"] == 9
    assert dvpo["by_stage"]["withdrawn"] == 1
    assert sum(dvpo["by_stage"].values()) == 14
    bail = [orders["pre-charge-bail"], orders["court-bail"]]
    assert sum(kind["made"] for kind in bail) == 31
    assert sum(kind["breach_events_recorded"] for kind in bail) == 9
    assert sum(kind["orders_with_breach_recorded"] for kind in bail) == 8


def test_what_was_never_supplied_is_null_and_not_nought(leeds: OwnHome) -> None:
    found = report(leeds, 2018)
    assert list(found["programmes"]) == ["caring-dads", "cara", "dvpp"]
    assert found["programmes"]["cara"] is None
    assert found["programmes"]["dvpp"] is None
    assert list(found["orders"]) == list(KINDS)
    assert found["orders"]["conditional-caution"] is None


def test_another_year_of_the_same_books_has_its_own_figures(leeds: OwnHome) -> None:
    before, after = report(leeds, 2017), report(leeds, 2019)
    dads = before["programmes"]["caring-dads"]
    assert (dads["referred"], dads["started"], dads["completed"]) == (48, 24, 0)
    assert completion(dads)["starters"] == (0, 0, 24)
    assert dads["completion"][1]["rate"] is None
    assert after["programmes"]["caring-dads"]["reached"] == 0
    assert after["orders"]["dvpo"]["made"] == 0


def test_the_survivor_sides_figures(leeds: OwnHome) -> None:
    found = report(leeds, 2018, "--side", "survivor")
    assert list(found) == ["survivors"]
    figures = found["survivors"]
    assert (figures["linked"], figures["consenting"]) == (65, 40)
    assert sum(figures["check_ins"].values()) == 110
    assert figures["safety"]["feels_safe"] == {
        "paired": 26,
        "safer": 16,
        "same": 7,
        "less_safe": 3,
        "missing": 39,
    }
    assert len(figures["safety"]) == 4


def test_people_read_each_rate_with_its_denominator(leeds: OwnHome) -> None:
    said = leeds.run("report", "--year", "2018")
    assert "39 of 68, 57.4% (45.5–68.4)" in said.out
    assert "25 of 44, 56.8% (42.2–70.3); 22 more still running" in said.out
    assert "not supplied" in said.out
    assert "surviv" not in said.out.lower()
    hers = leeds.run("report", "--year", "2018", "--side", "survivor").out
    assert "not known 39; of 26 paired: safer 16, same 7, less safe 3" in hers


def test_a_year_that_is_none_is_bad_usage(leeds: OwnHome) -> None:
    said = leeds.run("report", "--year", "18")
    assert said.code == 2
    assert "not a year" in said.err


def test_the_year_2025_of_cara(leeds: OwnHome) -> None:
    said = leeds.run("import", CARA, "--apply")
    assert said.code == 0, said.err
    cara = report(leeds, 2025)["programmes"]["cara"]
    assert set(cara) == FIGURES | {"completed_in_time"}
    assert (cara["started"], cara["completed"], cara["completed_in_time"]) == (51, 47, 45)
    late = report(leeds, 2024)["programmes"]["cara"]["referred"]
    assert (cara["referred"], late, cara["referred"] + late) == (53, 5, 58)
    assert completion(cara)["due_to_finish"] == (47, 58, 0)
    assert report(leeds, 2018)["programmes"]["caring-dads"]["completed"] == 39


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Three books of three years apart, so that each year's figures are of one book alone."""
    directory = tmp_path_factory.mktemp("invented")
    with own_home(directory / "home") as home:
        books = {}
        for seed, year in ((11, 2012), (12, 2015), (13, 2019)):
            book = InventedBook(seed, year)
            path = written(directory / f"{seed}.xlsx", book.sheets)
            hers = written(directory / f"{seed}-hers.xlsx", book.survivors())
            said = home.run("import", path, "--survivors", hers, "--apply", "--json")
            assert said.code == 0, said.json["errors"][:5]
            books[year] = (path, hers)
        yield home, books


@pytest.mark.parametrize("year", [2011, 2012, 2013, 2014, 2015, 2016, 2018, 2019, 2020])
def test_invented_books_give_the_figures_that_a_plain_count_gives(
    invented: tuple[OwnHome, dict[int, tuple[Path, Path]]], year: int
) -> None:
    home, books = invented
    plain = Reckoning([path for path, _ in books.values()], year)
    found = report(home, year)
    for code, name in NAMES.items():
        expected = plain.programme(name)
        figures = found["programmes"][code]
        counted = completion(figures)
        assert {
            **{key: figures[key] for key in FIGURES - {"completion"}},
            "due_to_finish": counted["due_to_finish"][1],
            "started_completed": counted["starters"][0],
            "started_running": counted["starters"][2],
            "referrals_completed": counted["referrals"][0],
            "referrals_running": counted["referrals"][2],
        } == expected, (year, code)
        assert counted["due_to_finish"][0] == expected["completed"]
        assert counted["starters"][1] == expected["started"] - expected["started_running"]
    assert found["programmes"]["cara"]["completed_in_time"] == plain.in_time()
    for code, kind in KINDS.items():
        figures = found["orders"][code]
        figures["by_stage"] = {stage: n for stage, n in figures["by_stage"].items() if n}
        assert figures == plain.order_kind(kind), (year, kind)


@pytest.mark.parametrize("year", [2012, 2015, 2019])
def test_invented_survivor_books_do_too(
    invented: tuple[OwnHome, dict[int, tuple[Path, Path]]], year: int
) -> None:
    home, books = invented
    found = report(home, year, "--side", "survivor")["survivors"]
    found["check_ins"] = {point: n for point, n in found["check_ins"].items() if n}
    earlier = [hers for y, (_, hers) in books.items() if y <= year]
    expected = survivor_figures(earlier, year)
    assert found == expected
