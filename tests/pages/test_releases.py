"""The board's pages: two managers between a computed release and its readers, and what it says."""

import io
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import openpyxl
import pytest

from app.job_list import JOBS
from app.jobs import run_job
from app.releasing import Releasing
from outcomes.disclosure.periods import Period
from outcomes.disclosure.words import Profile, ReleasedTable
from programmes.catalogue.words import MarkCode
from programmes.common.clock import SystemClock
from programmes.common.db import fetch_value
from programmes.common.errors import Refused
from scheduling.attendance.correction_commands import agree_to_correction, ask_for_correction
from scheduling.attendance.rules import GivenMark
from tests.cast import Cast
from tests.leeds import NOW, leeds_of_2018
from tests.pdf_ua import faults
from tests.release_files import hears_all_of_it, is_ready_for_paper, lists_them_everywhere
from tests.rules.told_numbers import numbers_not_released

FIRST, SECOND = "manager@waymark.example", "manager.two@waymark.example"
CRIMES = {
    "measure": "crimes",
    "what": "Recorded domestic-abuse crimes, Leeds district",
    "value": "5,421",
    "from_on": "2018-01-01",
    "last_on": "2018-12-31",
    "source": "Invented police return 2018",
    "supplied_on": "2019-02-11",
}


@dataclass
class Board:
    """The cast beside one release of 2018, published by the fixture's two managers."""

    cast: Cast
    release_id: UUID
    tables: tuple[ReleasedTable, ...] = field(repr=False)

    @property
    def page(self) -> str:
        return f"/releases/{self.release_id}"


@pytest.fixture(scope="module")
async def frozen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Board]:
    """Computed, seen by nobody yet."""
    home = tmp_path_factory.mktemp("board")
    async with (
        leeds_of_2018(home) as databases,
        Cast(databases, SystemClock()) as cast,
    ):
        async with await cast.as_("manager") as browser:
            made = await browser.post("/api/v1/releases/partners", json=CRIMES)
            assert made.status_code == 201, made.text
        releasing = Releasing(databases, NOW, lambda _: None)
        made = await releasing.run(Period(2018), Profile.PARTNERSHIP)
        yield Board(cast, made.release_id, made.figures.tables)


async def press(board: Board, who: str, step: str) -> int:
    """Presses the button of the page, where it is there, or sends the same without it."""
    async with await board.cast.as_(who) as browser:
        shown = (await browser.get(board.page)).text
        submission = re.search(r'name="submission" value="([^"]+)"', shown)
        sent = {"submission": submission[1] if submission else str(UUID(int=1)), "version": ""}
        answer = await browser.post(f"{board.page}/{step}", data=sent)
        return answer.status_code


@pytest.fixture(scope="module")
async def board(frozen: Board) -> Board:
    """Computed, proposed by one manager, published by the other; each step tried wrongly first."""
    async with await frozen.cast.as_("board") as browser:
        assert (await browser.get(frozen.page)).status_code == 404
        assert "Nothing is published yet" in (await browser.get("/releases")).text
        assert (await browser.get(f"/api/v1{frozen.page}")).status_code == 404
    assert await press(frozen, FIRST, "publish") == 422
    assert await press(frozen, FIRST, "propose") == 303
    assert await press(frozen, FIRST, "publish") == 422
    async with await frozen.cast.as_(SECOND) as browser:
        assert "Publish the figures for 2018" in (await browser.get("/")).text
    assert await press(frozen, SECOND, "publish") == 303
    assert await press(frozen, SECOND, "publish") == 422
    return frozen


READERS = ("manager", "board", "auditor", "survivor-worker", "survivor-lead")


@pytest.mark.parametrize("role", READERS)
async def test_whoever_may_read_figures_reads_the_same(board: Board, role: str) -> None:
    async with await board.cast.as_(role) as browser:
        listed = await browser.get("/releases")
        assert board.page in listed.text
        shown = await browser.get(board.page)
        assert shown.status_code == 200
        for words in (
            "66 starts on a programme",
            "39 of 68, 57.4% (45.5–68.4)",
            "102 children",
            "49 protection orders were made",
            "13 breaches were recorded",
            "Attendance does not show that risk has fallen",
        ):
            assert words in shown.text, words


@pytest.mark.parametrize("role", ["facilitator", "probation", "iom", "case-owner"])
async def test_nobody_else_sees_that_there_are_figures(board: Board, role: str) -> None:
    async with await board.cast.as_(role) as browser:
        for path in ("/releases", board.page, f"{board.page}/safety.svg", f"/api/v1{board.page}"):
            assert (await browser.get(path)).status_code == 404


async def test_safety_says_not_known_first_and_hides_small_figures(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        text = (await browser.get(board.page)).text
    section = text[text.index("Are partners safer?") : text.index("Who could not be helped?")]
    assert "Where the person completed, 25 partners: Not known 20" in section
    others = "Where the person did not complete, 25 partners: Not known 10 (40%, 23–59); Safer 10"
    assert others in section
    assert section.index("Not known 20") < section.index("Safer [c]")
    assert "does not show what caused it" in section


async def test_no_number_on_the_page_or_in_a_picture_but_the_released_ones(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        for chart in ("funnel", "completion", "safety"):
            drawn = await browser.get(f"{board.page}/{chart}.svg")
            assert drawn.headers["content-type"].startswith("image/svg+xml")
            assert "<title" in drawn.text
            assert "<desc" in drawn.text
            again = await browser.get(f"{board.page}/{chart}.svg")
            assert again.content == drawn.content
            told = re.sub(r"<path.*?/>", "", drawn.text, flags=re.S)
            told = " ".join(re.findall(r"<(?:title|desc)[^>]*>([^<]*)<", told))
            assert numbers_not_released(told, board.tables) == frozenset()


async def test_the_json_twin_holds_the_same_figures(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        listed = (await browser.get("/api/v1/releases")).json()
        read = (await browser.get(f"/api/v1{board.page}")).json()
    assert listed[0]["status"] == "published"
    figures = {table["code"]: table["figures"] for table in read["tables"]}
    assert figures["activity"]["completed"] == 39
    assert figures["orders"]["breach_events"] == 13
    assert figures["safety_themes"]["freedom_from_violence worse"] == "[c]"
    assert read["release"]["sha256"] == listed[0]["release"]["sha256"]


async def test_no_red_or_green_stands_on_the_figures(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        text = (await browser.get(board.page)).text
    assert "govuk-tag--red" not in text
    assert "govuk-tag--green" not in text


async def test_the_board_finds_the_latest_release_at_home(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        assert "Read the figures for 2018" in (await browser.get("/")).text


async def test_the_spreadsheet_holds_the_released_figures_one_table_a_sheet(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        answer = await browser.get(f"{board.page}/figures.xlsx")
        again = await browser.get(f"{board.page}/figures.xlsx")
    assert answer.content == again.content
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    codes = [table.code for table in board.tables]
    assert book.sheetnames == [
        "Cover",
        "Answers",
        "Notes",
        *codes,
        "Measures",
        "Published 2018",
        "Revisions",
    ]
    assert all(len(sheet.tables) == 1 for sheet in book)
    assert not any(sheet.merged_cells.ranges for sheet in book)
    assert all(is_ready_for_paper(sheet) for sheet in book)
    themes = list(book["safety_themes"].iter_rows(values_only=True))
    assert ("Safety and freedom from violence", "Worse", *["[c]"] * 4) in themes
    assert ("Safety and freedom from violence", "Better", 15, 43, 28, 59) in themes
    activity = list(book["activity"].iter_rows(values_only=True))
    rate = ("Completed, of those due to finish", 39, 68, 57.4, 45.5, 68.4)
    assert rate in activity
    assert ("Started", 66, *["[z]"] * 4) in activity
    asked = list(book["Answers"].iter_rows(min_row=4, max_col=1, values_only=True))
    assert ("How many started?",) in asked[:2]


async def test_the_document_is_tagged_and_the_same_every_time(board: Board) -> None:
    async with await board.cast.as_("survivor-lead") as browser:
        answer = await browser.get(f"{board.page}/figures.pdf")
        again = await browser.get(f"{board.page}/figures.pdf")
    assert answer.status_code == 200
    assert answer.content == again.content
    assert b"pdfuaid" in answer.content
    assert 'filename="figures-2018-partnership.pdf"' in answer.headers["content-disposition"]
    hears_all_of_it(answer.content)


async def test_a_revision_that_would_change_nothing_is_refused_and_not_used_up(
    board: Board,
) -> None:
    releasing = Releasing(board.cast.databases, datetime.now(UTC), lambda _: None)
    with pytest.raises(Refused, match="Nothing has changed"):
        await releasing.run(Period(2018), Profile.PARTNERSHIP, revise=True)


async def test_a_partners_figure_is_frozen_with_its_source_and_the_rest_is_not_held_here(
    board: Board,
) -> None:
    async with await board.cast.as_("board") as browser:
        text = (await browser.get(board.page)).text
        measures = (await browser.get(f"/api/v1{board.page}")).json()["measures"]
        assert (await browser.get("/releases/partners")).status_code == 404
    assert "Recorded domestic-abuse crimes, Leeds district: 5,421" in text
    assert "Invented police return 2018, supplied 11 February 2019" in text
    by_name = {one["name"]: one for one in measures}
    assert by_name["MARAC referrals"]["figure"] == "Not held here"
    assert by_name["Interventions: protection orders made"]["figure"].startswith("49 made")


async def test_a_partners_figure_is_entered_checked_and_withdrawn(board: Board) -> None:
    async with await board.cast.as_("manager") as browser:
        shown = (await browser.get("/releases/partners")).text
        assert "5,421" in shown
        assert "MARAC co-ordination" in shown
        wrong = {**CRIMES, "measure": "orders"}
        assert (await browser.post("/api/v1/releases/partners", json=wrong)).status_code == 422
        early = {**CRIMES, "measure": "marac", "supplied_on": "2017-12-01"}
        said = await browser.post("/api/v1/releases/partners", json=early)
        assert "supplied before its period began" in said.text
        assert (await browser.post("/api/v1/releases/partners", json=CRIMES)).status_code == 422
        (listed,) = (await browser.get("/api/v1/releases/partners")).json()
        gone = f"/api/v1/releases/partners/{listed['id']}/withdraw"
        assert (await browser.post(gone)).status_code == 204
        assert (await browser.get("/api/v1/releases/partners")).json() == []
        assert "5,421" in (await browser.get(board.page)).text


async def test_every_table_says_how_it_was_counted_and_with_which_version(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        shown = (await browser.get(board.page)).text
        addresses = set(re.findall(r'href="([^"]+/counted/[^"]+)"', shown))
        assert len(addresses) == len(board.tables)
        for address in addresses:
            text = (await browser.get(address)).text
            for words in ("Out of", "Left out", "Rule version", "As of"):
                assert words in text, (address, words)
            assert (await browser.get(f"/api/v1{address}")).status_code == 200
        assert (await browser.get(f"{board.page}/counted/nothing")).status_code == 404


async def test_what_was_published_in_2018_stands_beside_it_with_its_warning(board: Board) -> None:
    async with await board.cast.as_("board") as browser:
        text = (await browser.get(board.page)).text
    assert "39 of 90 is not a completion rate" in text
    assert "13 of 49 (26.5%, 16.2–40.3) is arithmetic" in text


async def test_a_register_corrected_after_publication_is_named_and_changes_no_figure(
    board: Board,
) -> None:
    databases = board.cast.databases
    async with await board.cast.as_("board") as browser:
        before = (await browser.get(f"/api/v1{board.page}")).json()
    assert not any("Registers" in line["said"] for line in before["revisions"])
    await correct_a_mark(board.cast)
    (job,) = (one for one in JOBS if one.name == "note-corrections")
    done = await run_job(databases, job, now=datetime.now(UTC))
    again = await run_job(databases, job, now=datetime.now(UTC))
    assert (done.done, again.done) == (1, 0)
    async with await board.cast.as_("survivor-lead") as browser:
        assert (
            "Registers of the period were entered or corrected"
            in (await browser.get(board.page)).text
        )
        after = (await browser.get(f"/api/v1{board.page}")).json()
    assert after["tables"] == before["tables"]
    async with await board.cast.as_("board") as browser:
        assert len(after["revisions"]) == 2
        await lists_them_everywhere(browser, board.page, after["revisions"])


async def test_a_revision_takes_it_in_whole_tables_once_a_year_and_is_named(board: Board) -> None:
    releasing = Releasing(board.cast.databases, datetime.now(UTC), lambda _: None)
    with pytest.raises(Refused, match="the next revision is 1"):
        await releasing.run(Period(2018), Profile.PARTNERSHIP)
    made = await releasing.run(Period(2018), Profile.PARTNERSHIP, revise=True)
    assert {table.revision for table in made.figures.tables} == {1}
    revised = Board(board.cast, made.release_id, made.figures.tables)
    assert await press(revised, FIRST, "propose") == 303
    assert await press(revised, SECOND, "publish") == 303
    async with await board.cast.as_("board") as browser:
        read = (await browser.get(f"/api/v1{revised.page}")).json()
        old = (await browser.get(board.page)).text
    figures = {table["code"]: table["figures"] for table in read["tables"]}
    assert figures["activity"]["due_and_completed"] == 38
    first, second = (line["said"] for line in read["revisions"])
    assert first == "First published."
    assert second.startswith("Revision 1. Changed: People and programmes")
    assert second in old
    with pytest.raises(Refused, match="were revised in"):
        await releasing.run(Period(2018), Profile.PARTNERSHIP, revise=True)


async def test_everybody_reads_figures_of_their_own_that_passed_every_rule(board: Board) -> None:
    """The public profile: made, proposed and published like the other, and never exact."""
    releasing = Releasing(board.cast.databases, NOW, lambda _: None)
    made = await releasing.run(Period(2018), Profile.PUBLIC)
    everybody = Board(board.cast, made.release_id, made.figures.tables)
    assert await press(everybody, FIRST, "propose") == 303
    assert await press(everybody, SECOND, "publish") == 303
    async with await board.cast.as_("board") as browser:
        text = (await browser.get(everybody.page)).text
        sheet = await browser.get(f"{everybody.page}/figures.xlsx")
        document = await browser.get(f"{everybody.page}/figures.pdf")
        home = (await browser.get("/")).text
    assert "For everybody" in text
    assert "39 of 68" not in text
    assert 'filename="figures-2018-public.xlsx"' in sheet.headers["content-disposition"]
    assert faults(document.content) == []
    figures = [cell.value for table in everybody.tables for _key, cell in table.cells]
    assert all(value is None or (value >= 8 and value % 5 == 0) for value in figures)
    assert any(figures)
    assert everybody.page not in home


async def test_a_quarter_quotes_the_published_year_and_leads_to_it(board: Board) -> None:
    releasing = Releasing(board.cast.databases, datetime.now(UTC), lambda _: None)
    made = await releasing.run(Period(2018, 4), Profile.PARTNERSHIP)
    page = f"/releases/{made.release_id}"
    async with await board.cast.as_("manager") as browser:
        text = (await browser.get(page)).text
        read = (await browser.get(f"/api/v1{page}")).json()
        sheet = (await browser.get(f"{page}/figures.xlsx")).content
        listed = (await browser.get("/api/v1/releases")).json()
    quoted = "2018, the latest year that is published. Where the person completed, 25 partners"
    assert quoted in text
    (said,) = (one["answer"] for one in read["answers"] if "partners safer" in one["question"])
    assert said[0].startswith(quoted)
    asked = openpyxl.load_workbook(io.BytesIO(sheet))["Answers"]
    assert any(str(row[1]).startswith(quoted) for row in asked.iter_rows(values_only=True))
    newest = next(one for one in listed if one["release"]["code"] == "2018")
    assert newest["release"]["revision"] == 1
    assert f'href="/releases/{newest["release"]["id"]}">All figures for 2018' in text


async def correct_a_mark(cast: Cast) -> None:
    """Somebody who just completed had missed one more: asked for by one, agreed by another."""
    now = datetime.now(UTC)
    async with cast.acting("manager") as asker:
        mark_id = await fetch_value(
            "SELECT (max(m.id::text) FILTER (WHERE m.held_at >= '2018-02-01'))::uuid "
            "FROM attendance_mark m "
            "JOIN enrolment e ON e.id = m.enrolment_id "
            "WHERE m.is_current AND m.is_there AND e.status = 'completed' "
            "AND e.ended_on BETWEEN '2018-01-01' AND '2018-12-31' "
            "GROUP BY m.enrolment_id HAVING count(*) = 14 ORDER BY 1 NULLS LAST LIMIT 1"
        )
        correction = await ask_for_correction(
            mark_id,
            GivenMark(code=MarkCode.ABSENT),
            reason="Marked in the wrong row",
            actor=asker,
            now=now,
        )
    async with cast.acting(SECOND) as second:
        await agree_to_correction(correction, actor=second, now=now)
