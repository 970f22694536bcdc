"""The further pages of the management report, over the books of 2018."""

import io
import re
from datetime import date, timedelta
from random import Random
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from outcomes.reports.detail_words import Part
from tests.cast import Cast
from tests.pages.test_cohort_plan_pages import carried
from tests.pdf_ua import bookmarks, faults, tagged


async def tables(leeds: Cast, part: str, period: str = "2018") -> list[dict[str, Any]]:
    async with await leeds.as_("manager") as browser:
        answer = await browser.get(f"/api/v1/report/{part}", params={"period": period})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["tables"]
    return found


def total(table: dict[str, Any], column: int) -> int:
    return sum(row[column] for row in table["rows"])


async def test_everybody_who_started_is_in_the_curve_once(leeds: Cast) -> None:
    curve = next(t for t in await tables(leeds, "progress") if t["code"] == "drop-out")
    assert curve["rows"][0][1] == 66
    assert total(curve, 2) + total(curve, 3) == 66
    shares = [row[4] for row in curve["rows"]]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] <= 100


async def test_reasons_of_endings_add_up_and_stand_beside_the_year_before(leeds: Cast) -> None:
    endings = next(t for t in await tables(leeds, "progress") if t["code"] == "endings")
    *reasons, everything = endings["rows"]
    assert sum(row[1] for row in reasons) == everything[1] > 0
    assert endings["headings"][-1] == "Places, period before"
    assert all(isinstance(row[-1], int) for row in endings["rows"])


async def test_waits_unmet_need_and_the_queue(leeds: Cast) -> None:
    waits, queue, unmet = await tables(leeds, "need")
    half, quarter, three, longest, people = waits["rows"][0][1:6]
    assert quarter <= half <= three <= longest
    assert people == 66
    assert queue["rows"][0][3] > 0
    assert {row[0] for row in unmet["rows"]} >= {
        "Man without children: no programme available",
        "Woman causing harm: no programme available",
    }, "as the list of unmet need calls them"
    first = [row[3] for row in unmet["rows"]]
    assert first == sorted(first, reverse=True)


async def test_people_and_children_are_counted_once(leeds: Cast) -> None:
    found = await tables(leeds, "people")
    ages, sexes = (next(t for t in found if t["title"].startswith(x)) for x in ("Age", "Sex"))
    for column in (1, 2, 3):
        assert total(ages, column) == total(sexes, column)
    assert total(sexes, 2) == 90
    children = {row[0]: row[1] for row in found[-1]["rows"]}
    assert children["Completed"] == 102


async def test_what_is_missing_is_never_more_than_what_there_is(leeds: Cast) -> None:
    (missing,) = await tables(leeds, "quality")
    for (
        _field,
        lacking,
        of,
        _percent,
        *ages,
        _oldest,
    ) in (row for row in missing["rows"]):
        assert 0 <= lacking <= of
        assert sum(ages) == lacking


@pytest.mark.parametrize("part", list(Part))
async def test_each_part_has_a_page_and_each_figure_says_how_it_was_counted(
    leeds: Cast, part: Part
) -> None:
    async with await leeds.as_("manager") as browser:
        shown = await browser.get(f"/report/{part}", params={"period": "2018"})
        assert shown.status_code == 200, shown.text
        counted = re.findall(r'href="(/report/counted/[^"]+)"', shown.text)
        assert counted
        for address in set(counted):
            answer = await browser.get(address)
            assert "Left out" in answer.text
            assert "1, since 22 November 2026" in answer.text
        for picture in set(re.findall(r'src="(/report/[^"]+svg[^"]*)"', shown.text)):
            drawn = await browser.get(picture.replace("&amp;", "&"))
            assert drawn.status_code == 200, picture
            assert "<title" in drawn.text
            assert "<desc" in drawn.text


async def test_two_days_are_a_period_like_any_other(leeds: Cast) -> None:
    whole = await tables(leeds, "people")
    same = await tables(leeds, "people", "2018-01-01 to 2018-12-31")
    assert [table["rows"] for table in whole] == [table["rows"] for table in same]
    async with await leeds.as_("manager") as browser:
        text = (await browser.get("/report?period=2018-03-01 to 2018-06-30")).text
        wrong = (await browser.get("/report?period=2018-06-30 to 2018-03-01")).text
    assert "1 March 2018 to 30 June 2018" in text
    assert "is not a year, a quarter or two days" in wrong


async def test_a_cost_is_entered_counted_and_withdrawn(leeds: Cast) -> None:
    async with await leeds.as_("manager") as browser:
        page = (await browser.get("/report/costs?period=2018")).text
        assert "Not entered" in page
        sent = {
            **carried(page, "/report/cost-entries"),
            "from_on-day": "1",
            "from_on-month": "1",
            "from_on-year": "2018",
            "last_on-day": "31",
            "last_on-month": "12",
            "last_on-year": "2018",
            "programme": "caring-dads",
            "pounds": "150,000",
            "source": "Report to Executive Board, 2018",
        }
        refused = await browser.post("/report/cost-entries", data={**sent, "pounds": "a lot"})
        assert refused.status_code == 422
        assert "The cost must be a number" in refused.text
        assert (await browser.post("/report/cost-entries", data=sent)).status_code == 303
        (row, *_rest) = (await tables(leeds, "costs"))[0]["rows"]
        assert row[:4] == ["Caring Dads", 150_000, 39, 3846]
        (half, *_rest) = (await tables(leeds, "costs", "2018-01-01 to 2018-07-02"))[0]["rows"]
        assert half[1] == round(150_000 * 183 / 365)
        page = (await browser.get("/report/costs?period=2018")).text
        undo = re.search(r'action="(/report/cost-entries/[^"]+/withdraw)"', page)
        assert undo
        gone = await browser.post(undo[1], data=carried(page, undo[1]))
        assert gone.status_code == 303
        assert "Not entered" in (await browser.get("/report/costs?period=2018")).text


async def test_a_cost_as_json_meets_the_same_rules(leeds: Cast) -> None:
    cost = {
        "programme": "cara",
        "cohort": "no-such",
        "from_on": "2018-02-01",
        "last_on": "2018-02-28",
        "pounds": "12.50",
        "source": "Invoice 7",
    }
    async with await leeds.as_("manager") as browser:
        wrong = await browser.post("/api/v1/report/cost-entries", json=cost)
        assert wrong.status_code == 422, wrong.text
        made = await browser.post("/api/v1/report/cost-entries", json={**cost, "cohort": None})
        assert made.status_code == 201, made.text
        again = await browser.post("/api/v1/report/cost-entries", json={**cost, "cohort": None})
        assert again.status_code == 422
        listed = (await browser.get("/api/v1/report/cost-entries")).json()
        assert [one["pence"] for one in listed] == [1250]
        gone = f"/api/v1/report/cost-entries/{made.json()['id']}/withdraw"
        assert (await browser.post(gone)).status_code == 204
        assert (await browser.post(gone)).status_code == 404


async def test_a_co_ordinator_sees_their_own_programme_and_enters_no_cost(leeds: Cast) -> None:
    async with await leeds.as_("cara-coordinator") as browser:
        assert (await browser.get("/report/progress")).status_code == 200
        hers = (await browser.get("/api/v1/report/need?period=2018")).json()
        assert "ask a manager" in (await browser.get("/report/need?period=2018")).text
        for path in ("/report/costs", "/report/people", "/api/v1/report/quality"):
            assert (await browser.get(path)).status_code == 404, path
        assert (await browser.post("/api/v1/report/cost-entries", json={})).status_code == 404
        assert "/report/waits.svg" not in (await browser.get("/report/need?period=2001")).text
    async with await leeds.as_("manager") as browser:
        whole = (await browser.get("/api/v1/report/need?period=2018")).json()
        assert "ask a manager" not in (await browser.get("/report/need?period=2018")).text
    rows = {table["code"]: table["rows"] for table in whole["tables"]}
    assert [table["code"] for table in hers["tables"]] == ["waits", "queue"]
    for table in hers["tables"]:
        assert table["rows"] == [row for row in rows[table["code"]] if row[0] == "CARA"]


async def test_the_files_hold_every_part(leeds: Cast) -> None:
    async with await leeds.as_("manager") as browser:
        answer = await browser.get("/report.xlsx?period=2018")
        listed = (await browser.get("/report.csv?period=2018")).text
        document = (await browser.get("/report.pdf?period=2018")).content
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:3] == ["Cover", "Figures", "1 drop-out"]
    assert all(len(sheet.tables) == 1 for sheet in book)
    assert not any(sheet.merged_cells.ranges for sheet in book)
    assert "Children, each counted once: Completed, Children" in listed
    assert document.startswith(b"%PDF-")
    assert faults(document) == []
    titles = bookmarks(document)
    assert titles.index("Completion of every programme") + 1 == titles.index("Orders")
    assert "Caring Dads: from referral to completion" in titles
    told = [str(one["/Alt"]) for one in _pictures(document)]
    funnel = "Caring Dads: from referral to completion, 2018. Referred 96; "
    assert [one.startswith(funnel) for one in told].count(True) == 1
    for text in (listed.lower(), str(list(book["Figures"].values)).lower()):
        for word in ("feels safe", "safer", "check-in", "linked", "consent"):
            assert word not in text


def _pictures(document: bytes) -> list[Any]:
    found = tagged(PdfReader(io.BytesIO(document)).root_object)
    return [one for one in found if one["/S"] == "/Figure"]


async def test_completed_ended_and_open_make_started_in_every_slice(leeds: Cast) -> None:
    """Any days, whole years among them; nobody is counted twice and nobody is lost."""
    chance = Random(20181)
    days = [chance.sample(range(900), 2) for _slice in range(6)]
    slices = ["2017", "2018", "2018Q2", *(_between(*sorted(pair)) for pair in days)]
    async with await leeds.as_("manager") as browser:
        for period in slices:
            asked = {"period": period}
            report = (await browser.get("/api/v1/report", params=asked)).json()
            parts = (await browser.get("/api/v1/report/progress", params=asked)).json()["tables"]
            dads = report["programmes"]["caring-dads"]
            due, starters, referrals = dads["completion"]
            assert starters["total"] + starters["still_running"] == dads["started"], period
            assert referrals["total"] == dads["referred"]
            assert due["count"] == dads["completed"]
            for one in (due, starters, referrals):
                assert one["count"] <= one["total"]
                assert one["rate"] is None or 0 <= one["low"] <= one["rate"] <= one["high"] <= 1
            curves = [one for one in parts if one["code"] == "drop-out"]
            watched = sum(row[2] + row[3] for curve in curves for row in curve["rows"])
            assert watched == dads["started"], period


def _between(first: int, last: int) -> str:
    start = date(2017, 1, 1)
    return f"{start + timedelta(first)} to {start + timedelta(last)}"
