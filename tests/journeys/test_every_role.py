"""Every role opens every page of its menu, at a desk and on a phone, and nothing is wrong.

Axe looks at a page for the first role that opens it at a width, and on a phone only that role
opens it; with `--deep` each role does, and axe with it.
"""

import pytest
from playwright.sync_api import Page

from programmes.common.staff import PEOPLE_ROLES
from tests.journeys.conftest import Walk, assert_finished, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEEN: set[tuple[str, int]] = set()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("role", PEOPLE_ROLES)
def test_every_page_of_the_menu_is_finished(
    walk: Walk, role: str, width: int, request: pytest.FixtureRequest
) -> None:
    page = walk.as_(role, width=width)
    assert_finished(page)
    is_deep = request.config.getoption("--deep")
    for href in _menu(page):
        was_seen = (href, width) in SEEN and not is_deep
        if was_seen and width == 320:
            continue
        answer = page.goto(walk.address + href)
        assert answer is not None
        assert answer.status == 200, href
        if was_seen:
            assert_fits(page)
        else:
            assert_finished(page)
            SEEN.add((href, width))


def _menu(page: Page) -> list[str]:
    """The entries of the menu, and the pages behind the last of them."""
    found = _links(page, ".govuk-service-navigation a")
    if "/more" in found:
        page.goto("/more")
        found += _links(page, "main a")
    return list(dict.fromkeys(found))


def _links(page: Page, where: str) -> list[str]:
    links: list[str] = page.locator(where).evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return links


def test_a_stranger_is_shown_the_door_with_a_button_for_each_role(walk: Walk) -> None:
    page = walk.stranger()
    page.goto(walk.address + "/")
    assert "/sign-in" in page.url
    assert page.locator('button[name="role"]').count() == len(PEOPLE_ROLES)
    assert_finished(page)


def test_what_the_policy_stops_is_heard(walk: Walk) -> None:
    """Every journey fails where it stops anything: this shows that each can."""
    page = walk.stranger()
    page.goto("/sign-in")
    for written in ("<p style=color:red>x</p>", "<img src=http://192.0.2.1/x.png>"):
        with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            page.evaluate("x => document.body.insertAdjacentHTML('beforeend', x)", written)
    stopped = [walk.refused.pop() for _ in walk.refused.copy()]
    assert len(stopped) >= 2
    assert {one.partition(": ")[0] for one in stopped} == {f"{walk.address}/sign-in"}


def test_signing_in_by_password_and_code_works_without_javascript(walk: Walk) -> None:
    import json

    import pyotp

    accounts = json.loads((walk.home / "demo-accounts.json").read_text())
    one = next(each for each in accounts if each["email"] == "manager.two@waymark.example")
    page = walk.stranger(has_script=False)
    page.goto(walk.address + "/sign-in")
    page.locator("#email").fill(one["email"])
    page.locator("#password").fill(one["password"])
    page.locator("#code").fill(pyotp.TOTP(one["totp_secret"]).now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.locator("h1").inner_text() == "What needs you now"
