"""Each remaining role's core act, in the demonstration, at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Walk, assert_finished, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_second_person_settles_a_correction(walk: Walk) -> None:
    page = walk.as_("facilitator")
    page.goto("/cohorts")
    page.locator("tbody a").filter(has_text=re.compile(r"^\d|Group|^[A-Z]")).last.click()
    page.locator("a", has_text=re.compile(r"^Session 1$")).first.click()
    page.get_by_role("link", name="Correct").first.click()
    assert_finished(page)
    page.get_by_label("Sent home, behaviour").check()
    page.get_by_label("Why was it wrong?").fill("Marked on the wrong line")
    page.get_by_role("button", name="Ask for the correction").click()
    expect(page.get_by_role("alert")).to_contain_text("second person")
    other = walk.as_("manager")
    other.goto("/corrections")
    assert_finished(other)
    other.get_by_label("Yes, correct it").first.check()
    other.get_by_role("button", name="Settle it").first.click()
    expect(other.get_by_role("alert")).to_contain_text("settled")


@pytest.mark.parametrize("role", ["probation", "case-owner"])
def test_an_officer_sees_whether_their_people_attend(walk: Walk, role: str) -> None:
    page = walk.as_(role)
    page.goto("/caseload")
    assert_finished(page)
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_have_text("Attendance")
    assert_finished(page)
    expect(page.locator("body")).to_contain_text("Attendance does not show that risk has fallen")
    for part in ("Overview", "Orders and bail", "Timeline"):
        page.get_by_role("link", name=part, exact=True).click()
        assert_finished(page)


def test_a_board_member_reads_published_figures_on_a_phone(walk: Walk) -> None:
    page = walk.as_("board", width=320)
    page.goto("/releases")
    assert_finished(page)
    page.locator('main a[href^="/releases/"]').first.click()
    expect(page.locator("h1")).to_be_visible()
    assert_finished(page)
    for picture in page.locator("main img").all():
        assert picture.get_attribute("alt")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True, timeout=60_000)
        assert picture.evaluate("one => one.naturalWidth > 0")


def test_a_board_member_takes_away_what_is_out_for_everybody(walk: Walk) -> None:
    page = walk.as_("board", width=320)
    page.goto("/releases")
    page.get_by_role("link", name="for everybody").click()
    expect(page.locator("main")).to_contain_text("For everybody")
    assert_fits(page)
    for name, ending in (("PDF", "public.pdf"), ("spreadsheet", "public.xlsx")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=f"Download as a {name}").click()
        assert taken.value.suggested_filename.endswith(ending)


def test_a_manager_plans_a_series_of_seventeen_weeks(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/cohorts/plan")
    page.get_by_label("Caring Dads").check()
    for part, value in zip(("Day", "Month", "Year"), ("6", "9", "2027"), strict=True):
        page.get_by_role("group", name="First day").get_by_label(part).fill(value)
    page.get_by_label("Weekday", exact=True).select_option(label="Wednesday")
    page.get_by_label("Begins at").fill("6:30pm")
    page.get_by_label("Room").select_option(index=1)
    page.get_by_label("Places").fill("12")
    page.get_by_label("Men", exact=True).check()
    page.get_by_role("button", name="Show the plan").click()
    assert_finished(page)
    problems = page.locator(".govuk-error-summary")
    assert problems.count() == 0, problems.inner_text()
    expect(page.locator("body")).to_contain_text("17 sessions")
    page.get_by_role("button", name=re.compile("Plan it")).click()
    expect(page.locator("h1")).to_contain_text("Group")
    assert page.locator("a", has_text=re.compile(r"^Session \d+$")).count() == 17
    assert_finished(page)
