"""`check` finds what is wrong, says how to mend it, and is silent about what is right."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.running.backup_mark import BackupMark, mark_backup
from app.running.check_databases import check_addresses
from app.running.check_home import check_home
from app.running.findings import Level
from app.settings import Environment, Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.security.policies import Logins
from tests.own_home import OwnHome

NOW = SystemClock().now()


def found(own: OwnHome) -> list[dict[str, Any]]:
    return own.run("check", "--json").json["findings"]


def faults(own: OwnHome, about: str) -> list[dict[str, Any]]:
    return [each for each in found(own) if each["level"] == "fault" and each["about"] == about]


def test_every_fault_says_how_to_mend_it(own: OwnHome) -> None:
    said = own.run("check", "--json")
    assert said.code == 1  # nobody may sign in yet
    for each in said.json["findings"]:
        assert each["mend"] if each["level"] != "good" else not each["mend"]
    assert [each["says"] for each in faults(own, "accounts")]


def test_a_home_with_its_people_has_nothing_to_mend(own: OwnHome) -> None:
    for side in Side:
        address = f"administrator.{side}@example.org"
        own.run(
            "user", "create", address, "--name", "A B", "--role", "administrator", "--side", side
        )
    own.run("user", "create", "lead@example.org", "--name", "C D", "--role", "survivor-lead")
    said = own.run("check")
    assert said.code == 0, said.out


@pytest.mark.parametrize("login", ["work_web", "survivor_door"])
def test_a_login_that_may_too_much_is_found(own: OwnHome, login: str) -> None:
    own.tamper(Side.WORK, f"ALTER ROLE {login} BYPASSRLS")
    try:
        assert any(login in each["says"] for each in faults(own, "logins"))
    finally:
        own.tamper(Side.WORK, f"ALTER ROLE {login} NOBYPASSRLS")
    assert faults(own, "logins") == []


def test_saves_that_a_power_cut_would_lose_are_found(own: OwnHome) -> None:
    own.tamper(Side.WORK, "ALTER ROLE work_web SET synchronous_commit = off")
    try:
        assert "synchronous_commit" in faults(own, "server")[0]["says"]
    finally:
        own.tamper(Side.WORK, "ALTER ROLE work_web RESET synchronous_commit")


def test_keys_that_others_may_read_are_found(own: OwnHome) -> None:
    key = next((own.home / "secrets" / "work").iterdir())
    key.chmod(0o644)
    try:
        assert f"chmod 600 '{key}'" in faults(own, "secrets")[0]["mend"]
    finally:
        key.chmod(0o600)


def test_a_backup_that_stopped_is_found(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    settings = Settings(home=tmp_path)
    for age, level in ((1, Level.GOOD), (30, Level.FAULT)):
        mark_backup(tmp_path, Side.WORK, BackupMark(NOW - timedelta(hours=age), 1, 1))
        about = [
            one for one in check_home(settings, (Side.WORK,), now=NOW) if one.about == "backup"
        ]
        assert [one.level for one in about] == [level]


def _outside(**changed: str) -> Settings:
    addresses = {
        login: f"postgresql://{login}:{login}-secret@db.example.org/{login.split('_')[0]}"
        "?sslmode=verify-full"
        for side in Side
        for login in Logins(side).all_logins
    }
    return Settings(
        environment=Environment.PRODUCTION,
        home=Path("/nowhere"),
        database_addresses={**addresses, **changed},
    )


@pytest.mark.parametrize(
    ("login", "address", "words"),
    [
        ("work_web", "postgresql://work_web:a@db.example.org/work", "does not check whom"),
        ("work_web", "postgresql://postgres:a@127.0.0.1/work", "signs in as postgres"),
        ("work_web", "postgresql://work_web:work_door-secret@127.0.0.1/work", "share a password"),
    ],
)
def test_an_address_that_is_not_sound_is_found(login: str, address: str, words: str) -> None:
    wrong = list(check_addresses(_outside(**{login: address}), tuple(Side)))
    assert any(words in one.says for one in wrong)
    assert list(check_addresses(_outside(), tuple(Side))) == []


def test_the_programme_side_must_not_hold_the_survivor_sides_passwords() -> None:
    assert any("survivor_web" in one.says for one in check_addresses(_outside(), (Side.WORK,)))


def test_a_refusal_of_the_surroundings_is_one_document(
    own: OwnHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_ENV", "production")
    said = own.run("check", "--json")
    assert said.code == 1
    assert "DATABASE_WORK_WEB" in said.json["refused"][0]
