"""A manager takes a referral in, step by step; an administrator and an auditor do their work."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _fill_day(page: Page, group: str, day: str, month: str, year: str) -> None:
    box = page.get_by_role("group", name=group)
    for part, value in zip(("Day", "Month", "Year"), (day, month, year), strict=True):
        box.get_by_label(part).fill(value)


def _choose(page: Page, group: str, choice: str) -> None:
    page.get_by_role("group", name=group).get_by_label(choice, exact=True).check()


def _continue(page: Page) -> None:
    assert_finished(page)
    page.get_by_role("button", name="Save and continue").click()


def _fill_person(page: Page, *, first: str, last: str, born: tuple[str, str, str]) -> None:
    page.goto("/referrals/new")
    assert_finished(page)
    page.get_by_role("button", name="Begin a referral").click()
    assert_finished(page)
    page.get_by_role("link", name="The person").click()
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    _fill_day(page, "Date of birth", *born)
    _choose(page, "Sex", "Male")
    _continue(page)


def _fill_rest(page: Page) -> None:
    page.get_by_label("Programme").select_option(label="Caring Dads")
    page.get_by_label("Referred by").select_option(index=1)
    _fill_day(page, "Received on", "2", "3", "2026")
    page.get_by_label("Route").select_option(label="Voluntary")
    _choose(page, "Risk level", "Medium risk")
    _continue(page)
    _choose(page, "regular contact", "Yes")
    _continue(page)
    _choose(page, "Is an interpreter needed?", "No")
    _continue(page)
    _continue(page)
    page.get_by_label("Monday evening").check()
    _continue(page)
    _choose(page, "Under which law", "UK GDPR")
    page.get_by_label("Controller").fill("Leeds Invented Service")
    _choose(page, "Lawful basis", "Public task")
    _continue(page)
    page.get_by_role("button", name="Check and send").click()
    assert_finished(page)
    page.get_by_role("button", name="Send the referral").click()


def test_a_referral_is_sent_step_by_step_and_waits_as_a_draft(walk: Walk) -> None:
    page = walk.as_("manager")
    _fill_person(page, first="Zoë", last="Quillfeather-Ábraham", born=("4", "5", "1990"))
    page.goto("/referrals/new")
    page.get_by_role("link", name="Quillfeather").click()
    page.get_by_role("link", name="The referral").click()
    _fill_rest(page)
    expect(page.get_by_role("alert")).to_contain_text("taken in")
    assert_finished(page)


def test_a_refused_step_comes_back_filled_in(walk: Walk) -> None:
    page = walk.as_("manager", width=320)
    _fill_person(page, first="Kept", last="As-Typed", born=("31", "2", "1990"))
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("First name")).to_have_value("Kept")
    assert page.title().startswith("Error:")
    assert_finished(page)


def test_somebody_on_record_already_is_asked_about_before_anything_is_written(walk: Walk) -> None:
    page = walk.as_("manager")
    _fill_person(page, first="Craig", last="Barraclough", born=("11", "3", "1984"))
    expect(page.locator("h1")).to_have_text("On record already?")
    assert_finished(page)
    page.get_by_label("Somebody new").check()
    _continue(page)
    expect(page.locator("h1")).to_have_text("The referral")


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
    expect(page.locator("tbody tr").first).to_contain_text("Signed in")
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
