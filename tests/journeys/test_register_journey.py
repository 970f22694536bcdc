"""A register taken by thumb in a cellar: two facilitators, and ten minutes without a network."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _open(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("Take the register")).first.click()
    expect(page.locator("[data-count]")).to_contain_text("marked")


def _state(page: Page, number: int) -> str:
    return page.locator("[data-enrolment]").nth(number).locator("[data-state]").inner_text()


def _tap(page: Page, number: int, mark: str) -> None:
    page.locator("[data-enrolment]").nth(number).get_by_label(mark, exact=True).tap()


def test_a_facilitator_marks_a_register_without_a_script(walk: Walk) -> None:
    page = walk.as_("facilitator", width=320, has_script=False)
    page.get_by_role("link", name=re.compile("Take the register")).first.click()
    people = page.locator("fieldset.waymark-register__person")
    for number in range(people.count()):
        people.nth(number).get_by_label("Attended", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("saved")
    expect(people.first).to_contain_text("Saved: Attended")


def test_a_register_outlives_ten_minutes_without_a_network(walk: Walk) -> None:
    page = _phone(walk, "facilitator")
    page.clock.install()
    _open(page)
    assert_finished(page)
    people = page.locator("[data-enrolment]")
    _tap(page, 0, "Late")
    expect(people.nth(0)).to_contain_text("say how many minutes")
    people.nth(0).get_by_role("button", name="10 minutes").tap()
    expect(people.nth(0)).to_contain_text("Saved: Late, 10 minutes")
    other = _phone(walk, "facilitator")
    _open(other)
    expect(other.locator("[data-enrolment]").nth(0)).to_contain_text("Late, 10 minutes")
    _mark_in_the_cellar(page, other)
    page.clock.fast_forward("10:00")
    page.get_by_role("button", name="Save and sign off").click()
    assert page.url.endswith("/register")
    page.context.set_offline(False)
    page.clock.fast_forward("00:10")
    expect(people.nth(1)).to_contain_text("Saved: Absent")
    expect(people.nth(2)).to_contain_text("Somebody else has marked this person meanwhile")
    expect(people.nth(2)).to_contain_text("Late, 5 minutes")
    assert_finished(page)
    people.nth(2).get_by_role("button", name="Use yours instead").tap()
    expect(people.nth(2)).to_contain_text("Saved: Left early, 15 minutes")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.reload()
    assert _state(page, 1) == "Saved: Absent"
    assert _state(page, 2) == "Saved: Left early, 15 minutes"
    _sign_off(page)


def _mark_in_the_cellar(page: Page, other: Page) -> None:
    """Two marks wait in the page; meanwhile a colleague marks one of the two people."""
    people = page.locator("[data-enrolment]")
    page.context.set_offline(True)
    _tap(page, 1, "Absent")
    _tap(page, 2, "Left early")
    expect(people.nth(2)).to_contain_text("say how many minutes")
    people.nth(2).get_by_role("button", name="15 minutes").tap()
    expect(people.nth(1)).to_contain_text("no connection")
    expect(page.locator("[data-unsent]")).to_contain_text("2 marks are not sent yet")
    expect(page.locator("[data-unsent]")).to_contain_text("loses them")
    assert_finished(page)
    _tap(other, 2, "Attended")
    expect(other.locator("[data-enrolment]").nth(2)).to_contain_text("Saved: Attended")
    _tap(other, 2, "Late")
    other.locator("[data-enrolment]").nth(2).get_by_role(
        "button", name="5 minutes", exact=True
    ).tap()
    expect(other.locator("[data-enrolment]").nth(2)).to_contain_text("Saved: Late, 5 minutes")


def _phone(walk: Walk, role: str) -> Page:
    context = walk.browser.new_context(
        base_url=walk.address, viewport={"width": 320, "height": 640}, has_touch=True
    )
    walk.listen(context)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto("/sign-in")
    page.locator(f'button[name="role"][value="{role}"]').click()
    page.wait_for_url(f"{walk.address}/")
    return page


def _sign_off(page: Page) -> None:
    """By keyboard: every mark is a radio, saved as the arrow reaches it."""
    people = page.locator("[data-enrolment]")
    for number in range(people.count()):
        if _state(page, number) == "Not marked yet":
            people.nth(number).get_by_label("Attended", exact=True).focus()
            page.keyboard.press("Space")
            expect(people.nth(number)).to_contain_text("Saved: Attended")
    page.get_by_role("button", name="Save and sign off").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("signed off")
    expect(page.locator("main")).to_contain_text("Signed off by Frankie Ackroyd")
    assert_finished(page)
