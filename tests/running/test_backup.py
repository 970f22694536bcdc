"""A backup is worth what a restore brings back: everything, or a refusal and nothing."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.embedded import EmbeddedServer
from app.running.backups.facts import DatabaseFacts, TableFacts, differences
from app.running.backups.keys import identity_path, unpack_home_keys
from app.running.backups.sealed_file import new_key_pair, opened
from app.running.backups.tombstones import list_beside
from programmes.common.db import Side
from programmes.common.errors import Refused
from tests.made_workbooks import sound_book, sound_survivor_book
from tests.own_home import OwnHome, own_home, saved
from tests.running.test_workers import signed_in

ERASE = (
    "UPDATE data_key SET wrapped = NULL, destroyed_at = now() WHERE id IN "
    "(SELECT data_key_id FROM survivor ORDER BY id LIMIT 1)",
    "UPDATE survivor SET sealed_name = NULL WHERE data_key_id IN "
    "(SELECT id FROM data_key WHERE wrapped IS NULL)",
)
MESSAGES = (
    "INSERT INTO message (id, kind, channel, account_id, cause, created_at, next_try_at, state) "
    "SELECT gen_random_uuid(), 'digest', 'email', a.id, t.cause, now(), now() + t.later, 'waiting' "
    "FROM auth.account a, (VALUES ('due', interval '0'), ('not yet', interval '9 days')) "
    "AS t (cause, later) WHERE a.email = 'm@example.org'"
)
HOLD = (
    "INSERT INTO legal_hold (id, person_id, reason, from_on, recorded_at, recorded_by) "
    "VALUES (gen_random_uuid(), '{}', 'Inquest', now(), now(), gen_random_uuid())"
)
WAITING = "SELECT cause, state FROM message WHERE cause IN ('due', 'not yet') ORDER BY cause"
SIGNED_IN = "SELECT count(*) FROM auth.sign_in WHERE ended_at IS NULL"
BACK = "UPDATE data_key SET wrapped = sha256('back'), destroyed_at = NULL"
NAMED = "SELECT reference, last_name FROM person ORDER BY id LIMIT 1"


class Kept:
    """A home with people on both sides, and its backup from before one of them was erased."""

    def __init__(self, home: OwnHome, backups: Path, made: list[dict[str, Any]]) -> None:
        self.home = home
        self.backups = backups
        self.made = made

    @property
    def identity_options(self) -> list[str]:
        paths = [identity_path(self.home.home, side) for side in Side]
        return [word for path in paths for word in ("--identity", str(path))]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    directory = tmp_path_factory.mktemp("backup")
    with own_home(directory / "home") as home:
        book = saved(directory / "book.xlsx", sound_book())
        hers = saved(directory / "hers.xlsx", sound_survivor_book())
        assert home.run("import", book, "--survivors", hers, "--apply").code == 0
        home.run("user", "create", "m@example.org", "--role", "manager", "--name", "A B")
        signed_in(home, "m@example.org")
        home.tamper(Side.WORK, MESSAGES)
        said = home.run("backup", directory / "kept", "--json")
        assert said.code == 0, said.err
        yield Kept(home, directory / "kept", said.json["backups"])


def test_everything_comes_back_and_the_erased_stay_erased(kept: Kept, tmp_path: Path) -> None:
    kept.home.tamper(Side.SURVIVOR, *ERASE)  # after the backup was made
    ((reference, name),) = kept.home.look(Side.WORK, NAMED)
    asked = ("--apply", "--person", reference, "--reason", "He asked")
    assert kept.home.run("retention", *asked).code == 0
    later = kept.home.run("backup", kept.backups, "--json")
    assert later.code == 0, later.err
    for one in later.json["backups"]:
        Path(one["file"]).unlink()  # only its lists of the erased are left
    with EmbeddedServer(tmp_path / "new") as server:
        other = OwnHome(tmp_path / "new", server.start())
        said = other.run("restore", kept.backups, *kept.identity_options, "--json")
        assert said.code == 0, said.err
        found = {one["side"]: one for one in said.json["restored"]}
        assert found["survivor"]["set_right"]["erased_again"] == 1
        assert found["work"]["set_right"]["erased_again"] == 1
        assert found["work"]["rows"] > 100
        assert other.count(Side.WORK, "person") == kept.home.count(Side.WORK, "person") > 0
        erased = other.look(Side.SURVIVOR, "SELECT count(*) FROM data_key WHERE wrapped IS NULL")
        assert erased == [(1,)]
        assert other.look(Side.WORK, NAMED) == [(reference, "erased")] != [(reference, name)]
        assert other.look(Side.WORK, SIGNED_IN) == [(0,)]
        assert other.look(Side.WORK, WAITING) == [("due", "held"), ("not yet", "waiting")]
        assert other.run("verify-audit").code == 0
        for name in ("totp.key", "key-encryption.key"):
            key = Path("secrets", "survivor", name)
            if (kept.home.home / key).exists():
                assert (other.home / key).read_bytes() == (kept.home.home / key).read_bytes()
        again = other.run("restore", kept.backups, *kept.identity_options)
        assert again.code == 1
        assert "not empty" in again.err


def test_after_a_restore_by_other_means_the_same_is_done_on_its_own(
    kept: Kept, tmp_path: Path
) -> None:
    home = kept.home
    home.tamper(Side.WORK, "DELETE FROM person_erased", "UPDATE person SET last_name = 'Back'")
    ids = home.look(Side.WORK, "SELECT id FROM person ORDER BY id LIMIT 2")
    home.tamper(Side.SURVIVOR, BACK)
    ((key,),) = home.look(Side.SURVIVOR, "SELECT id FROM data_key")
    at = "2026-01-02T03:04:05Z"
    beside = {
        Side.WORK: [{"person": str(one), "erased_at": at} for (one,) in ids],
        Side.SURVIVOR: [{"data_key": str(key), "destroyed_at": at}],
    }
    for side, listed in beside.items():
        list_beside(tmp_path, side).write_text(json.dumps(listed))
    home.tamper(Side.WORK, HOLD.format(ids[1][0]))
    said = home.run("after-restore", tmp_path, "--json")
    work, hers = said.json["set_right"]
    assert (said.code, work["erased_again"], len(work["under_hold"])) == (1, 1, 1), said.err
    assert (hers["erased_again"], hers["under_hold"]) == (1, [])
    home.tamper(Side.WORK, "UPDATE legal_hold SET until_on = now()")
    again = [home.run("after-restore", tmp_path, "--json") for _ in range(2)]
    counts = [[one["erased_again"] for one in said.json["set_right"]] for said in again]
    assert ([said.code for said in again], counts) == ([0, 0], [[1, 0], [0, 0]])
    names = "SELECT last_name FROM person WHERE id = ANY($1)"
    assert home.look(Side.WORK, names, [one for (one,) in ids]) == [("erased",), ("erased",)]


def test_a_list_that_cannot_be_read_and_a_mistyped_place_are_refused(
    kept: Kept, tmp_path: Path
) -> None:
    assert "not a directory" in kept.home.run("after-restore", tmp_path / "elsewhere").err
    list_beside(tmp_path, Side.WORK).write_text("[{")
    said = kept.home.run("after-restore", tmp_path)
    assert (said.code, "cannot be read" in said.err) == (1, True)


def test_twenty_of_twenty_flipped_bytes_are_refused(kept: Kept, record_property: Any) -> None:
    source = random.Random(10)
    identities = [identity_path(kept.home.home, side).read_text() for side in Side]
    refused = 0
    for number in range(20):
        whole = bytearray(Path(kept.made[number % 2]["file"]).read_bytes())
        place = source.randrange(len(whole))
        whole[place] ^= 1 << source.randrange(8)
        changed = kept.backups / "changed"
        changed.write_bytes(whole)
        with pytest.raises(Refused), changed.open("rb") as file:
            for _ in opened(identities[number % 2], file):
                pass
        refused += 1
        changed.unlink()
    assert refused == 20
    record_property("flipped bytes refused, of 20", refused)


def test_a_flipped_byte_leaves_the_new_home_empty(kept: Kept, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(kept.backups, spoilt)
    work = sorted(spoilt.glob("waymark-work-2*.age"))[-1]
    whole = bytearray(work.read_bytes())
    whole[-20] ^= 1  # near the end: everything before it is sound
    work.write_bytes(whole)
    with EmbeddedServer(tmp_path / "new") as server:
        other = OwnHome(tmp_path / "new", server.start())
        said = other.run("restore", spoilt, *kept.identity_options, "--side", "work", "--json")
        assert said.code == 1
        assert "changed or cut off" in said.json["refused"][0]
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'auth')"
        assert other.look(Side.WORK, tables) == [(0,)]


def test_a_wrong_key_and_no_key_are_refused(kept: Kept, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text(new_key_pair().identity)
    with EmbeddedServer(tmp_path / "new") as server:
        other = OwnHome(tmp_path / "new", server.start())
        said = other.run("restore", kept.backups, "--identity", wrong)
        assert (said.code, "does not open" in said.err) == (1, True)
        said = other.run("restore", kept.backups)
        assert (said.code, "--identity" in said.err) == (1, True)
        said = other.run("restore", kept.backups, "--identity", kept.made[0]["file"])
        assert (said.code, "not a key" in said.err) == (1, True)
        assert other.run("restore", tmp_path, "--identity", wrong).code == 1


def test_a_backup_shows_nothing_without_its_key(kept: Kept) -> None:
    for one in kept.made:
        whole = Path(one["file"]).read_bytes() + Path(one["keys_file"]).read_bytes()
        assert b"PGDMP" not in whole
        assert b"person" not in whole
        assert Path(one["file"]).stat().st_mode & 0o077 == 0


def test_keys_of_another_home_are_not_overwritten(tmp_path: Path) -> None:
    unpack_home_keys(tmp_path, Side.WORK, json.dumps({"totp.key": "YWJj"}).encode())
    with pytest.raises(Refused, match="another key"):
        unpack_home_keys(tmp_path, Side.WORK, json.dumps({"totp.key": "YWJk"}).encode())
    assert (tmp_path / "secrets" / "work" / "totp.key").read_bytes() == b"abc"


def test_production_makes_no_backup_key_by_itself(kept: Kept, tmp_path: Path) -> None:
    said = OwnHome(tmp_path, kept.home.server).run("backup", "--new-key", "--json")
    identities = said.json["identities"]
    assert set(identities) == {"work", "survivor"}
    assert all(text.startswith("AGE-SECRET-KEY-1") for text in identities.values())
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"AGE-SECRET" not in written


FACTS = DatabaseFacts(
    180000, {"t": TableFacts(2, "7")}, {"s": "(1,t)"}, {"grants": "1 a"}, 0, "3 h"
)


@pytest.mark.parametrize(
    ("after", "word"),
    [
        (
            DatabaseFacts(
                160000, {"t": TableFacts(2, "8")}, FACTS.sequences, FACTS.shape, 0, "3 h"
            ),
            "t",
        ),
        (DatabaseFacts(180000, {}, FACTS.sequences, FACTS.shape, 0, "3 h"), "none"),
        (DatabaseFacts(180000, FACTS.tables, {"s": "(2,t)"}, FACTS.shape, 0, "3 h"), "sequences"),
        (
            DatabaseFacts(180000, FACTS.tables, FACTS.sequences, {"grants": "2 a"}, 0, "3 h"),
            "grants",
        ),
        (DatabaseFacts(180000, FACTS.tables, FACTS.sequences, FACTS.shape, 1, "3 h"), "audit"),
    ],
)
def test_every_difference_is_told(after: DatabaseFacts, word: str) -> None:
    assert differences(FACTS, FACTS) == []
    (told,) = differences(FACTS, after)
    assert word in told
