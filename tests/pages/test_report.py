"""The management report: exact, inside the service, and nothing of survivors in it."""

import io

import openpyxl
import pytest

from tests.cast import Cast

NO_PERIOD = (
    "/report",
    "/report/need",
    "/report/costs",
    "/report/counted/started",
    "/report/completion.svg",
    "/report/funnel.svg",
    "/report/waits.svg",
    "/report.csv",
    "/report.xlsx",
    "/report.pdf",
)


async def read(leeds: Cast, path: str, role: str = "manager") -> str:
    async with await leeds.as_(role) as browser:
        answer = await browser.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text


async def test_every_rate_stands_with_its_denominator_and_interval(leeds: Cast) -> None:
    text = await read(leeds, "/report?period=2018")
    assert "39 of 68, 57.4% (45.5–68.4)" in text
    assert "25 of 44" in text
    assert "22 more are in groups that still run" in text
    assert "39 of 66" not in text
    assert "This is not a release" in text


async def test_what_others_published_is_dated_sourced_and_warned_of(leeds: Cast) -> None:
    text = await read(leeds, "/report?period=2018")
    assert "39 of 90 is not a completion rate" in text
    assert "report to Executive Board" in text


async def test_nothing_of_survivors_stands_in_it(leeds: Cast) -> None:
    for path in ("/report?period=2018", "/report.csv?period=2018", "/api/v1/report?year=2018"):
        text = (await read(leeds, path)).lower()
        for word in ("feels safe", "safer", "check-in", "linked", "consent"):
            assert word not in text, (path, word)


async def test_a_programme_of_which_nothing_was_entered_is_not_supplied(leeds: Cast) -> None:
    text = await read(leeds, "/report?period=2018")
    assert "Not supplied: nothing of this programme has been entered." in text


async def test_a_period_in_which_nothing_happened_is_said_in_words_and_not_drawn(
    leeds: Cast,
) -> None:
    text = await read(leeds, "/report?period=2018")
    assert "/report/funnel.svg?of=caring-dads&amp;period=2018" in text
    assert "/report/completion.svg" in text
    text = await read(leeds, "/report?period=2015")
    assert "Caring Dads: people" in text
    assert "there is nothing to draw" in text
    assert ".svg?" not in text


async def test_a_co_ordinator_of_one_programme_sees_no_other_and_no_orders(leeds: Cast) -> None:
    text = await read(leeds, "/report?period=2018", "cara-coordinator")
    assert "Caring Dads: people" not in text
    assert "Court bail" not in text
    async with await leeds.as_("cara-coordinator") as browser:
        found = (await browser.get("/api/v1/report?year=2018")).json()
    assert set(found["programmes"]) == {"cara"}
    assert found["orders"] == {}


@pytest.mark.parametrize("path", NO_PERIOD)
async def test_what_is_no_period_is_refused_and_no_other_year_shown(leeds: Cast, path: str) -> None:
    async with await leeds.as_("manager") as browser:
        answer = await browser.get(path, params={"period": "last summer"})
    assert answer.status_code == 422
    assert "“last summer” is not a year, a quarter or two days" in answer.text
    assert "content-disposition" not in answer.headers
    assert "39 of" not in answer.text


@pytest.mark.parametrize("asked", ["report?period=", "report?year=", "report/need?period="])
async def test_programs_are_refused_it_too(leeds: Cast, asked: str) -> None:
    async with await leeds.as_("manager") as browser:
        answer = await browser.get(f"/api/v1/{asked}last summer")
    assert answer.status_code == 422
    assert "2018Q3" in answer.json()["errors"]["period"]


async def test_a_period_is_typed_again_where_it_was_mistaken(leeds: Cast) -> None:
    async with await leeds.as_("manager") as browser:
        text = (await browser.get("/report/need", params={"period": "last summer"})).text
    assert 'action="/report/need"' in text
    assert 'value="last summer"' in text
    assert 'href="#period"' in text


async def test_the_quarters_of_the_year_have_their_own_figures(leeds: Cast) -> None:
    async with await leeds.as_("manager") as browser:
        whole = (await browser.get("/api/v1/report?year=2018")).json()
        parts = [(await browser.get(f"/api/v1/report?period=2018Q{n}")).json() for n in range(1, 5)]
    referred = [part["programmes"]["caring-dads"]["referred"] for part in parts]
    assert sum(referred) == whole["programmes"]["caring-dads"]["referred"] == 96


async def test_the_workbook_holds_one_table_of_plain_values(leeds: Cast) -> None:
    async with await leeds.as_("manager") as browser:
        answer = await browser.get("/report.xlsx?period=2018")
    assert 'filename="management-report-2018.xlsx"' in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:2] == ["Cover", "Figures"]
    assert not any(sheet.merged_cells.ranges for sheet in book)
    rows = list(book["Figures"].iter_rows(values_only=True))
    due = next(row for row in rows if row[1] == "Completed, of those due to finish")
    assert due[2:4] == (39, 68)
    assert due[4] == pytest.approx(39 / 68)


async def test_a_download_is_noted_in_the_audit(leeds: Cast) -> None:
    await read(leeds, "/report.csv?period=2018Q2")
    async with await leeds.as_("auditor") as browser:
        assert "download-report" in (await browser.get("/api/v1/audit?act=download-report")).text


async def test_the_picture_says_what_it_shows(leeds: Cast) -> None:
    drawn = await read(leeds, "/report/completion.svg?period=2018")
    assert "<title" in drawn
    assert "39 of 68" in drawn


@pytest.mark.parametrize("role", ["facilitator", "probation", "board", "auditor", "iom"])
async def test_nobody_else_sees_that_there_is_a_report(leeds: Cast, role: str) -> None:
    async with await leeds.as_(role) as browser:
        for path in ("/report", "/report.csv", "/report.xlsx", "/report.pdf", "/api/v1/report"):
            assert (await browser.get(path)).status_code == 404
