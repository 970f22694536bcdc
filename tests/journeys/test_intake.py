"""A manager takes a referral in, decides on it, and finds the person a place."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _fill_referral(page: Page, *, first: str, last: str, born: tuple[str, str, str]) -> None:
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    for part, value in zip(("Day", "Month", "Year"), born, strict=True):
        page.get_by_role("group", name="Date of birth").get_by_label(part).fill(value)
    page.get_by_role("group", name="Sex").get_by_label("Male", exact=True).check()
    page.get_by_role("group", name="Is an interpreter needed?").get_by_label("No").check()
    page.get_by_label("Programme").select_option(label="Caring Dads")
    page.get_by_label("Referred by").select_option(index=1)
    received = page.get_by_role("group", name="Received on")
    for part, value in zip(("Day", "Month", "Year"), ("2", "3", "2026"), strict=True):
        received.get_by_label(part).fill(value)
    page.get_by_label("Route").select_option(label="Voluntary")
    page.get_by_role("group", name="Risk level").get_by_label("Medium risk").check()
    page.get_by_role("group", name="regular contact").get_by_label("Yes").check()


def test_a_referral_becomes_a_place_on_the_waiting_list(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/referrals/new")
    assert_finished(page)
    _fill_referral(page, first="Zoë", last="Quillfeather-Ábraham", born=("4", "5", "1990"))
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("alert")).to_contain_text("taken in")
    assert_finished(page)
    page.get_by_label("Suitable", exact=True).check()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("body")).to_contain_text("Waiting")
    page.get_by_role("button", name="Find them a place").click()
    assert_finished(page)


def test_a_refused_form_comes_back_filled_in(walk: Walk) -> None:
    page = walk.as_("manager", width=320)
    page.goto("/referrals/new")
    _fill_referral(page, first="Kept", last="As-Typed", born=("31", "2", "1990"))
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("First name")).to_have_value("Kept")
    assert page.title().startswith("Error:")
    assert_finished(page)


def test_somebody_on_record_already_is_offered_before_anything_is_written(walk: Walk) -> None:
    page = walk.as_("manager")
    for _ in range(2):
        page.goto("/referrals/new")
        _fill_referral(page, first="Twice", last="Referred", born=("9", "9", "1985"))
        page.get_by_role("button", name="Take it in").click()
        if page.get_by_role("group", name="on record already").count():
            assert_finished(page)
            page.get_by_label("Twice Referred").check()
            page.get_by_role("button", name="Take it in").click()
            expect(page.locator("body")).to_contain_text("has an open referral")
            return
    raise AssertionError("the second referral was not compared with the first")


def test_an_administrator_makes_an_account_and_closes_it(walk: Walk) -> None:
    page = walk.as_("administrator")
    page.goto("/accounts/new")
    assert_finished(page)
    page.get_by_label("Name").fill("Rowan Newcomer")
    page.get_by_label("Work e-mail address").fill("rowan@waymark.example")
    page.get_by_label("Facilitator").check()
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator("h1")).to_have_text("The account is made")
    assert_finished(page)
    page.goto("/accounts")
    page.get_by_role("link", name="Rowan Newcomer").click()
    page.get_by_role("group", name="May they sign in?").get_by_label("No").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("changed")


def test_an_auditor_reads_what_was_done(walk: Walk) -> None:
    page = walk.as_("auditor")
    page.goto("/audit?act=sign-in")
    expect(page.locator("tbody tr").first).to_contain_text("sign in")
    assert_finished(page)


def test_a_keyboard_alone_signs_in_and_finds_somebody(walk: Walk) -> None:
    page = walk.stranger()
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    button = page.locator('button[name="role"][value="manager"]')
    for _ in range(40):
        if button.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("What needs you now")
