"""Two tabs on two people, a double click, and the way back: nothing mixes and nothing is twice."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from programmes.common.clock import SystemClock, london_date
from tests.journeys.conftest import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_two_tabs_on_two_people_never_mix_and_nothing_is_recorded_twice(walk: Walk) -> None:
    first = walk.as_("manager")
    second = first.context.new_page()
    first.goto("/people")
    hrefs = [one.get_attribute("href") for one in first.locator("main tbody a").all()[:2]]
    said = ["Asked how the week went", "Asked who minds the children"]
    for page, href, what in zip((first, second), hrefs, said, strict=True):
        page.goto(f"{href}/contacts")
        _fill(page, what)
    for page, href in zip((first, second), hrefs, strict=True):
        page.get_by_role("button", name="Record the contact").dblclick()
        page.wait_for_url(f"**{href}/contacts")
        expect(page.get_by_role("alert")).to_be_visible()
    for page, own, other in zip((first, second), said, said[::-1], strict=True):
        page.go_back()
        page.goto(page.url)
        expect(page.locator(".waymark-timeline").get_by_text(own)).to_have_count(1)
        expect(page.locator("main")).not_to_contain_text(other)


def _fill(page: Page, what: str) -> None:
    for name in ("with_whom", "how"):
        page.locator(f"input[name={name}]").last.check()
    page.locator("input[name=was_reached][value=yes]").check()
    last_week = london_date(SystemClock().now()) - timedelta(days=7)
    for part in ("day", "month", "year"):
        page.locator(f"[name=happened_on-{part}]").fill(str(getattr(last_week, part)))
    page.locator("[name=happened_time]").fill("10:00")
    page.locator("[name=what]").fill(what)
