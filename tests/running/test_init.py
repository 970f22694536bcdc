"""Beginning an installation: once, whole, with everything that must be locked away on paper."""

from io import BytesIO
from pathlib import Path

import pyotp
import pytest

from app.__main__ import main
from app.running.backups.sealed_file import opened, seal_to
from programmes.common.db import Side
from tests.mail_server import mail_server
from tests.own_home import OwnHome, own_home

PEOPLE = ("--administrator", "Robin Ellerby <robin@example.org>", "--survivor-lead")
LEAD = "Alex Thorner <alex@example.org>"


def test_an_installation_begins_once_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_home(tmp_path / "home") as own, mail_server() as mail:
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", "1")
        monkeypatch.setenv("SMTP_SECURITY", "none")
        monkeypatch.setenv("SMTP_FROM", "waymark@example.org")
        refused = own.run("init", *PEOPLE, LEAD)
        assert (refused.code, "did not go" in refused.err) == (1, True)
        assert own.run("user", "list", "--json").json["accounts"] == []

        monkeypatch.setenv("SMTP_PORT", str(mail.port))
        (tmp_path / "a file").touch()
        refused = own.run("init", *PEOPLE, LEAD, "--sheets", tmp_path / "a file")
        assert (refused.code, "Nothing was made" in refused.err) == (1, True)
        assert own.run("user", "list", "--json").json["accounts"] == []

        made = own.run("init", *PEOPLE, LEAD, "--sheets", tmp_path / "sheets", "--json")
        assert made.code == 0, made.err
        assert len(mail.to("robin@example.org")) == 1
        found = {sheet["side"]: sheet for sheet in made.json["sheets"]}
        roles = {side: [one["role"] for one in found[side]["people"]] for side in found}
        assert roles == {"work": ["administrator"], "survivor": ["administrator", "survivor-lead"]}
        _signs_in(own, found["survivor"]["people"][1])

        for side in Side:
            sheet = tmp_path / "sheets" / f"waymark-{side}-recovery.txt"
            assert sheet.stat().st_mode & 0o077 == 0
            identity = found[side]["backup_identity"]
            assert identity in sheet.read_text()
            kept = (own.home / "backups" / f"{side}.recipient").read_text().strip()
            assert _opens(identity, what_was_sealed_to=kept)
            other = found["survivor" if side is Side.WORK else "work"]
            assert other["backup_identity"] not in sheet.read_text()
        assert not [p for p in own.home.rglob("*.recipient") if b"SECRET" in p.read_bytes()]

        again = own.run("init", *PEOPLE, LEAD)
        assert (again.code, "has accounts already" in again.err) == (1, True)
        assert own.run("check").code == 0


def _opens(identity: str, *, what_was_sealed_to: str) -> bool:
    seal_to(what_was_sealed_to, [b"kept"], sealed := BytesIO())
    return list(opened(identity, BytesIO(sealed.getvalue()))) == [b"kept"]


def _signs_in(own: OwnHome, one: dict[str, str]) -> None:
    """The first password and the key of the sheet open the door, over the service itself."""
    import asyncio

    from app.databases import open_databases
    from app.settings import Settings
    from app.signing_in.door import Credentials, Door
    from programmes.common.clock import SystemClock

    async def come_in() -> Side:
        async with open_databases(Settings(home=own.home), own.server) as databases:
            code = pyotp.TOTP(one["totp_secret"]).at(SystemClock().now())
            given = Credentials(one["email"], one["password"], code, "127.0.0.1")
            return (await Door(databases).sign_in(given, now=SystemClock().now())).side

    assert asyncio.run(come_in()) is Side.SURVIVOR


@pytest.mark.parametrize(
    "arguments",
    [("--administrator", "robin@example.org"), ("--administrator", "Robin <robin@example.org>")],
)
def test_a_beginning_without_its_people_is_bad_usage(arguments: tuple[str, ...]) -> None:
    try:
        code = main(["init", *arguments])
    except SystemExit as exit:
        code = int(exit.code or 0)
    assert code == 2
