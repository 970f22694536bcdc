"""Accounts from the command line: made, closed, reset, and named in the audit."""

import pytest

from programmes.common.db import Side
from tests.own_home import OwnHome

MAKE = ("--role", "manager", "--name", "Robin Ellerby", "--json")


def test_an_account_is_made_closed_and_opened_again(own: OwnHome) -> None:
    made = own.run("user", "create", "one@example.org", *MAKE)
    assert made.code == 0
    first = made.json["first_sign_in"]
    assert first["email"] == "one@example.org"
    assert len(first["password"]) >= 16
    assert own.run("user", "disable", "one@example.org").code == 0
    listed = own.run("user", "list", "--json").json["accounts"]
    (one,) = [each for each in listed if each["email"] == "one@example.org"]
    assert (one["side"], one["role"], one["is_active"]) == ("work", "manager", False)
    assert own.run("user", "enable", "one@example.org", "--json").json["is_active"] is True


def test_a_reset_gives_another_password_and_ends_what_was_signed_in(own: OwnHome) -> None:
    before = own.run("user", "create", "two@example.org", *MAKE).json["first_sign_in"]
    stored = "SELECT password_hash, totp_secret FROM auth.account WHERE email = 'two@example.org'"
    old = own.look(Side.WORK, stored)
    after = own.run("user", "reset", "two@example.org", "--json").json["first_sign_in"]
    assert after["password"] != before["password"]
    ((new_hash, new_secret),) = own.look(Side.WORK, stored)
    assert new_hash != old[0][0]
    assert new_secret != old[0][1]


def test_the_audit_names_the_operator_and_whoever_ran_it(own: OwnHome) -> None:
    own.run("user", "create", "three@example.org", *MAKE)
    ((role, reason),) = own.look(
        Side.WORK,
        "SELECT e.role, e.reason FROM audit.entry e JOIN auth.account a ON a.id::text = e.row_id "
        "WHERE a.email = 'three@example.org' AND e.act = 'create-account'",
    )
    assert role == "operator"
    assert reason.startswith("run by ")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("create", "four@example.org"), 2),
        (("disable",), 2),
        (("list", "four@example.org"), 2),
        (("disable", "nobody@example.org"), 1),
        (("create", "not an address", "--name", "A B", "--role", "manager"), 1),
        (("create", "four@example.org", "--name", "A\nB" * 200, "--role", "manager"), 1),
        (("reset", "operator@work.invalid"), 1),
        (("create", "four@example.org", "--name", "A B", "--role", "auditor"), 1),
        (
            (
                "create",
                "one@example.org",
                "--name",
                "A B",
                "--role",
                "survivor-lead",
                "--side",
                "work",
            ),
            1,
        ),
    ],
)
def test_what_cannot_be_is_refused(own: OwnHome, arguments: tuple[str, ...], code: int) -> None:
    said = own.run("user", *arguments)
    assert said.code == code
    assert said.err


def test_an_address_is_taken_once(own: OwnHome) -> None:
    own.run("user", "create", "five@example.org", *MAKE)
    again = own.run("user", "create", "FIVE@example.org", *MAKE)
    assert again.code == 1
    assert again.json["refused"] == ["There is an account with this address already."]
