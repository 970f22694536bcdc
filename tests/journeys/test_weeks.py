"""A week in each role: from every list of the menu into its first record.

`test_every_role` holds the pages of the menu to account, at a desk and on a phone; here each is
opened only to go where its people go next. A kind of record that several roles open is looked at
with axe once, and with the eyes of each role.
"""

import re

import pytest
from playwright.sync_api import Page

from programmes.common.staff import PEOPLE_ROLES
from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST_LINK = "main table tbody a[href^='/'], main .govuk-task-list a[href^='/']"
WAYS_BACK = (
    ".govuk-back-link, .govuk-breadcrumbs a, .waymark-parts a, "
    ".govuk-service-navigation__item--active"
)
DOWNLOADS = (".csv", ".pdf", ".xlsx", ".svg", ".ics")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def test_the_first_record_of_every_list_is_finished(walk: Walk) -> None:
    kinds: set[str] = set()
    for role in PEOPLE_ROLES:
        page = walk.as_(role)
        lists = _menu(page)
        opened = {*lists}
        for href in lists:
            _open(page, href)
            if (into := _first_of(page)) and into not in opened:
                opened.add(into)
                _look_at(page, into, kinds)
        assert len(opened) > len(lists) or role in ("auditor", "administrator"), role
        page.context.close()


def test_a_first_day_is_finished_and_fits_a_phone(walk: Walk) -> None:
    for width in (1280, 320):
        page = walk.as_("manager", width=width)
        page.get_by_role("main").get_by_role("link", name="Your first day").click()
        page.wait_for_url("**/first-day")
        assert_finished(page)


def _look_at(page: Page, href: str, kinds: set[str]) -> None:
    _open(page, href)
    assert page.locator("h1").count() == 1, href
    assert page.locator(WAYS_BACK).count(), f"{href} leads nowhere"
    kind = _ID.sub("-", href.partition("?")[0])
    if kind not in kinds:
        kinds.add(kind)
        assert_finished(page)


def _menu(page: Page) -> list[str]:
    found = page.locator(".govuk-service-navigation a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return ["/", *dict.fromkeys(found)]


def _open(page: Page, href: str) -> None:
    answer = page.goto(href, wait_until="domcontentloaded")
    assert answer is not None
    assert answer.status == 200, href


def _first_of(page: Page) -> str:
    links = page.locator(FIRST_LINK)
    href = links.first.get_attribute("href") if links.count() else ""
    return "" if not href or href.partition("?")[0].endswith(DOWNLOADS) else href
