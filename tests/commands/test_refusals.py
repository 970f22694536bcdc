"""Whatever a stranger types is answered in words: a code, reasons, with --json one document."""

import asyncio
import json
from pathlib import Path

import asyncpg
import pytest

from app.__main__ import main
from app.cli.up import _fill_if_empty
from app.demo.unfinished import noted_while_loading, refuse_unfinished
from app.embedded import EmbeddedServer
from app.running.troubles import in_words
from app.settings import Settings, settings_from_environment
from programmes.common.db import Side
from programmes.common.errors import Refused
from tests.made_workbooks import sound_book
from tests.own_home import OwnHome, saved


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (NotADirectoryError(20, "Not a directory", "/a/file"), "/a/file: Not a directory."),
        (ConnectionRefusedError(111, "refused"), "cannot be reached"),
        (TimeoutError(), "cannot be reached"),
        (asyncpg.InvalidPasswordError("not this one"), "cannot be used: not this one."),
        (asyncpg.UndefinedTableError("relation"), "run.py migrate"),
    ],
)
def test_what_the_machine_says_no_to_is_told_in_words(trouble: Exception, words: str) -> None:
    assert words in str(in_words(trouble))


def test_a_fault_of_ours_is_not_hidden() -> None:
    for fault in (ValueError("x"), KeyError("x"), asyncpg.UniqueViolationError("a name")):
        assert in_words(fault) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command", "--json"),
        ("report", "--year", "abc", "--json"),
        ("clock", "asbo", "--from", "2026-06-01", "--json"),
        ("user", "create", "--json"),
        ("token", "revoke", "--json"),
        ("backup", "--json"),
        ("import", "--json"),
        ("retention", "--person", "P1", "--json"),
        ("init", "--administrator", "A B <@>", "--json"),
        ("bench", "--only", "no such job", "--json"),
    ],
)
def test_bad_usage_is_told_as_one_document_too(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    try:
        code = main(list(arguments))
    except SystemExit as left:
        code = int(left.code or 0)
    printed = capsys.readouterr()
    assert code == 2
    (reason,) = json.loads(printed.out)["refused"]
    assert reason in printed.err


def test_an_address_for_another_program_is_not_ours() -> None:
    there = {"DATABASE_URL": "postgres://elsewhere", "DATABASE_WORK_WEB": "postgres://ours"}
    assert settings_from_environment(there).database_addresses == {"work_web": "postgres://ours"}
    assert settings_from_environment({"DATABASE_URL": "postgres://elsewhere"}).is_embedded


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "9" * 5000])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(Refused, match=r"^PORT is"):
        settings_from_environment({"PORT": port})
    mail = {"SMTP_HOST": "mail.example.org", "SMTP_FROM": "a@example.org", "SMTP_PORT": port}
    with pytest.raises(Refused, match=r"^SMTP_PORT is"):
        settings_from_environment(mail)


def test_looking_at_an_empty_home_and_backing_it_up_leave_it_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("APP_HOME", str(tmp_path))
    assert main(["check", "--json"]) == 1
    assert "Nothing was ever started" in capsys.readouterr().out
    assert main(["backup", str(tmp_path / "kept"), "--json"]) == 1
    assert "nothing to back up" in json.loads(capsys.readouterr().out)["refused"][0]
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_demonstration_is_noticed_and_not_served(tmp_path: Path) -> None:
    with noted_while_loading(tmp_path):
        pass
    refuse_unfinished(tmp_path)
    with pytest.raises(KeyboardInterrupt), noted_while_loading(tmp_path):
        raise KeyboardInterrupt
    with pytest.raises(Refused, match="interrupted"):
        refuse_unfinished(tmp_path)


def test_a_fresh_home_is_made_ready_and_an_imported_one_gets_accounts_and_nobody_invented(
    tmp_path: Path,
) -> None:
    with EmbeddedServer(tmp_path / "home") as server:
        home = OwnHome(tmp_path / "home", server.start())
        assert home.run("retention", "--json").json == []
        book = saved(tmp_path / "book.xlsx", sound_book())
        assert home.run("import", book, "--apply").code == 0
        people = home.count(Side.WORK, "person")
        asyncio.run(_fill_if_empty(Settings(home=home.home), home.server))
        accounts = json.loads((home.home / "demo-accounts.json").read_text())
        assert len({one["role"] for one in accounts}) == 11
        assert home.count(Side.WORK, "person") == people > 0
        assert home.count(Side.SURVIVOR, "survivor") == 0
        again = home.run("seed")
        assert (again.code, "people in this home" in again.err) == (1, True)
