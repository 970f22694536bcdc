"""A passkey in a real browser: Chromium's virtual authenticator, added and used on each side."""

import json
import time

import pyotp
import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Walk, assert_finished

pytestmark = pytest.mark.browser


def _local(walk: Walk) -> str:
    """By its name: browsers bind no passkey to a bare number."""
    return walk.address.replace("127.0.0.1", "localhost")


def _with_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _account(walk: Walk, role: str) -> dict[str, str]:
    made = json.loads((walk.home / "demo-accounts.json").read_text())
    return next(one for one in made if one["role"] == role)


def _fresh_code(secret: str) -> str:
    """Of this step; the account's own, which no other journey signs in with."""
    left = 30 - time.time() % 30
    if left < 3:
        time.sleep(left)
    return pyotp.TOTP(secret).now()


@pytest.mark.parametrize(
    "role", ["manager", pytest.param("survivor-worker", marks=pytest.mark.deep)]
)
def test_a_passkey_is_added_and_opens_the_door_in_place_of_the_code(walk: Walk, role: str) -> None:
    account, page = _account(walk, role), walk.stranger()
    _with_authenticator(page)
    page.goto(f"{_local(walk)}/sign-in")
    page.locator(f'button[name="role"][value="{role}"]').click()
    page.wait_for_url(f"{_local(walk)}/")
    page.goto(f"{_local(walk)}/account")
    assert_finished(page)
    part = page.locator('[data-passkey="add"]')
    part.get_by_label("What do you call it?").fill("Test key")
    part.get_by_label("Your password").fill(account["password"])
    part.get_by_label("Six-digit code").fill(_fresh_code(account["totp_secret"]))
    part.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey is added").wait_for()
    assert page.get_by_role("heading", name="Test key").is_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url(f"{_local(walk)}/sign-in")
    page.get_by_label("Email address").fill(account["email"])
    page.get_by_role("textbox", name="Password").fill(account["password"])
    page.get_by_role("button", name="Use a passkey in place of the code").click()
    page.wait_for_url(f"{_local(walk)}/")
    assert page.get_by_role("button", name="Sign out").first.is_visible()
