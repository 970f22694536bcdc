"""From a referral to a place, and what goes on around it: each step as the role that does it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WANTED = {
    "father": "yes",
    "contact_with_child": "yes",
    "child_sexual_abuse": "no",
    "professional_engaged": "yes",
    "proceedings_will_end_contact": "no",
}


def _open_referral(page: Page, name: str) -> None:
    page.goto("/referrals?status=received")
    page.get_by_role("link", name=re.compile(name)).first.click()
    assert_finished(page)


def _press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def test_a_manager_decides_by_the_criteria_tells_the_referrer_and_offers_a_place(
    walk: Walk,
) -> None:
    page = walk.as_("manager")
    _open_referral(page, "Achterberg")
    page.get_by_role("button", name="Decide on suitability").click()
    assert_finished(page)
    page.locator('input[name="outcome"][value="suitable"]').check()
    _press(page, "Record the decision")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_finished(page)
    for name, answer in WANTED.items():
        page.locator(f'input[name="{name}"][value="{answer}"]').check()
    _press(page, "Record the decision")
    expect(page.get_by_text("An e-mail goes to rhodri@youth-justice.example.org")).to_be_visible()
    page.get_by_text("Record that you told them by telephone").click()
    assert_finished(page)
    page.get_by_label("Who did you speak to?").fill("Rhodri Invented")
    _press(page, "They are told")
    expect(page.get_by_text("Told by telephone: Rhodri Invented")).to_be_visible()
    page.get_by_text("Move it by hand").click()
    page.get_by_label("Offered").check()
    _press(page, "Change the status")
    expect(page.get_by_role("alert")).to_contain_text("status is changed")
    assert_finished(page)
    page.goto("/waiting-list/caring-dads")
    assert_finished(page)


def test_a_second_person_agrees_that_somebody_is_suitable_all_the_same(walk: Walk) -> None:
    page = walk.as_("manager")
    _open_referral(page, "Ferndale")
    expect(page.get_by_role("heading", name="A second person is asked")).to_be_visible()
    _press(page, "Agree: they are suitable")
    expect(page.get_by_role("alert")).to_contain_text("waiting list")
    expect(page.get_by_text("Suitable all the same because")).to_be_visible()
    assert_finished(page)


def test_a_list_from_a_partner_is_decided_row_by_row_approved_and_undone(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/referral-lists")
    assert_finished(page)
    page.get_by_role("link", name="youth-justice-november.csv").click()
    assert_finished(page)
    page.get_by_label("Decision for row 3").select_option(label="Leave out")
    page.get_by_role("button", name="Save row 3").click()
    expect(page.get_by_role("alert")).to_contain_text("Decided")
    _press(page, "Approve and take in")
    expect(page.get_by_role("alert")).to_contain_text("are in")
    assert_finished(page)
    _press(page, "Undo the list")
    expect(page.get_by_role("alert")).to_contain_text("undone")
    assert_finished(page)


def test_two_records_are_joined_and_taken_apart_again(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/people?q=fairbank+adam")
    page.get_by_role("link", name=re.compile("Fairbank(?!s)")).first.click()
    page.get_by_role("link", name="Is this the same person as somebody else?").click()
    assert_finished(page)
    page.get_by_label(re.compile("Fairbanks")).check()
    page.get_by_label("How do you know?").fill(
        "The same date of birth, and the names the other way round"
    )
    _press(page, "Join that record to this one")
    expect(page.get_by_role("alert")).to_contain_text("joined")
    page.goto("/people?q=fairbanks")
    page.get_by_role("link", name=re.compile("Fairbanks")).first.click()
    page.get_by_role("link", name="Take the records apart").click()
    assert_finished(page)
    page.get_by_label("Why are they two people after all?").fill("Cousins, it turned out")
    _press(page, "Take the records apart")
    expect(page.get_by_role("alert")).to_contain_text("apart")


def test_need_that_nobody_meets_is_counted_and_drawn(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/unmet-need")
    assert_finished(page)
    picture = page.get_by_role("img", name=re.compile("People by quarter and reason"))
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    row = page.get_by_role("row", name=re.compile("Woman causing harm"))
    expect(row.first).to_be_visible()


def test_a_case_owner_finds_what_they_typed_after_the_time_is_out(walk: Walk) -> None:
    page = walk.as_("case-owner")
    page.goto("/referrals/new")
    page.get_by_role("button", name="Begin a referral").click()
    page.get_by_role("link", name="The person").click()
    page.get_by_label("First name").fill("Half-typed")
    with page.expect_response("**/person/typed") as kept:
        page.get_by_label("Last name").press_sequentially("Unsaved")
    assert kept.value.status == 204
    step = page.url
    page.context.clear_cookies()
    page.goto(step)
    expect(page.locator("h1")).to_contain_text("Sign in")
    page.locator('button[name="role"][value="case-owner"]').click()
    page.wait_for_url(step)
    expect(page.get_by_label("First name")).to_have_value("Half-typed")
    expect(page.get_by_label("Last name")).to_have_value("Unsaved")
    assert_finished(page)
