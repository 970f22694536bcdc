"""A support worker's morning: whom to call, five minutes on the phone, and a notice released."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def check(page: Page, field: str, value: str) -> None:
    page.locator(f'input[name="{field}"][value="{value}"]').check()


@pytest.mark.parametrize(("width", "timepoint"), [(1280, "six months"), (320, "twelve months")])
def test_five_minutes_on_the_phone_are_one_page(walk: Walk, width: int, timepoint: str) -> None:
    page = walk.as_("survivor-worker", width=width)
    page.goto(f"{walk.address}/survivors")
    assert_finished(page)
    page.get_by_role("link", name="Beatrix Holloway", exact=True).click()
    assert_finished(page)
    assert "07700 900101" not in page.content()
    press(page, "Show, and write down that I looked")
    expect(page.locator("main")).to_contain_text("07700 900101")
    assert_finished(page)
    page.get_by_role("link", name="Check-ins").click()
    assert_finished(page)
    page.get_by_role("button", name="Record a check-in").click()
    assert_finished(page)
    press(page, "Record the check-in")
    expect(page.locator("main")).to_contain_text("Select the point in time")
    assert_finished(page)
    check(page, "timepoint", timepoint)
    check(page, "feels_safe", "5")
    check(page, "controlling_behaviour", "1")
    page.get_by_label("Their own words (optional)").fill("I sleep with the window open.")
    press(page, "Record the check-in")
    expect(page.locator("main")).to_contain_text("I sleep with the window open.")
    expect(page.locator("main")).to_contain_text("Not to be quoted")
    assert_finished(page)


@pytest.mark.parametrize("path", ["/safe-contact", "/risk", "/notices", "/consents/support"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_form_of_a_record_is_finished_empty_and_refused(
    walk: Walk, width: int, path: str
) -> None:
    page = walk.as_("survivor-worker", width=width)
    page.goto(f"{walk.address}/survivors")
    page.get_by_role("link", name="Marguerite Ellershaw", exact=True).click()
    page.goto(page.url + path)
    assert_finished(page)
    page.locator('main form button[type="submit"]').last.click()
    assert page.title().startswith("Error:")
    assert_finished(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_news_support_and_hand_over_are_finished(walk: Walk, width: int) -> None:
    page = walk.as_("survivor-worker", width=width)
    page.goto(f"{walk.address}/survivors")
    page.get_by_role("link", name="Marguerite Ellershaw", exact=True).click()
    record = page.url
    for part in ("/news", "/support", "/places", "/hand-over", "/check-ins/childrens-worker"):
        page.goto(record + part)
        assert_finished(page)
    page.goto(f"{record}/support")
    page.get_by_text("Record an offer").click()
    page.get_by_text("Say where something is held").click()
    assert_finished(page)


def test_the_lead_releases_what_a_worker_asked_for(walk: Walk) -> None:
    page = walk.as_("survivor-lead", width=1280)
    page.get_by_role("link", name="Risk raised").click()
    assert_finished(page)
    press(page, "Release it")
    expect(page.locator("main")).to_contain_text("The notice is released.")
    assert_finished(page)
    page.goto(f"{walk.address}/survivor-report")
    assert_finished(page)


def test_a_notice_that_crossed_is_read_and_tells_nobody_apart(walk: Walk) -> None:
    page = walk.as_("manager", width=1280)
    page.get_by_role("link", name="Do not discuss").first.click()
    assert_finished(page)
    for hers in ("Armitage Dorothy", "Dorothy", "Ellis", "Varley"):
        assert hers not in page.locator("main").inner_text()
