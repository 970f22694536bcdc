"""After a breach: a facilitator takes the task in hand on a phone, a manager decides at a desk."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_breach_is_taken_in_hand_and_decided_upon(walk: Walk) -> None:
    phone = walk.as_("facilitator", width=320)
    phone.goto("/tasks")
    _take_in_hand(phone)
    desk = walk.as_("manager")
    desk.goto("/tasks")
    desk.get_by_role("link", name=re.compile("Decide whether this person stays")).first.click()
    assert_finished(desk)
    desk.get_by_role("button", name="Open where it is done").click()
    desk.get_by_label("Stays, with conditions").check()
    desk.get_by_label("Why").fill("The officer has spoken with the group")
    desk.get_by_role("button", name="Record the decision").click()
    expect(desk.get_by_role("alert")).to_contain_text("decision is recorded")
    assert_finished(desk)
    expect(desk.locator("main")).to_contain_text("The officer has spoken with the group")
    desk.goto("/tasks?view=done")
    expect(desk.locator("main")).to_contain_text("Decide whether this person stays")


def _take_in_hand(phone: Page) -> None:
    phone.get_by_role("link", name=re.compile("Know of a breach")).first.click()
    assert_finished(phone)
    phone.get_by_role("button", name="I have it in hand").click()
    expect(phone.get_by_role("alert")).to_contain_text("in your hands")
    phone.get_by_label("What was done?").fill("Both of us know before Sunday")
    phone.get_by_role("button", name="It is done", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("done")
