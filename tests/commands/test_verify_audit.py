"""Nobody changes, removes, inserts or cuts off an entry of the audit unseen."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from programmes.common.db import Side
from tests.made_workbooks import sound_book, sound_survivor_book
from tests.own_home import OwnHome, own_home, saved

KEPT = "kept_for_the_test"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    directory = tmp_path_factory.mktemp("audit")
    with own_home(directory / "home") as opened:
        book = saved(directory / "book.xlsx", sound_book())
        hers = saved(directory / "hers.xlsx", sound_survivor_book())
        assert opened.run("import", book, "--survivors", hers, "--apply").code == 0
        assert opened.run("verify-audit").code == 0
        yield opened


@contextmanager
def tampered(home: OwnHome, side: Side, *statements: str) -> Iterator[None]:
    """The audit with these changes, and as it was before them."""
    home.tamper(
        side,
        f"CREATE TABLE {KEPT}_entry AS SELECT * FROM audit.entry",
        f"CREATE TABLE {KEPT}_link AS SELECT * FROM audit.link",
        *statements,
    )
    try:
        yield
    finally:
        home.tamper(
            side,
            "DELETE FROM audit.link",
            "DELETE FROM audit.entry",
            f"INSERT INTO audit.entry SELECT * FROM {KEPT}_entry",
            f"INSERT INTO audit.link SELECT * FROM {KEPT}_link",
            f"DROP TABLE {KEPT}_entry, {KEPT}_link",
        )


def faults(home: OwnHome, side: Side) -> list[tuple[int, str]]:
    said = home.run("verify-audit", "--json")
    found = said.json
    assert said.code == (1 if any(verdict["faults"] for verdict in found.values()) else 0)
    assert all(not verdict["faults"] for name, verdict in found.items() if name != side)
    return [(fault["position"], fault["fault"]) for fault in found[side]["faults"]]


@pytest.mark.parametrize("side", Side)
def test_an_untouched_audit_is_whole_and_anchored(home: OwnHome, side: Side) -> None:
    assert faults(home, side) == []
    anchor = json.loads((home.home / "anchors" / f"{side}.json").read_text())
    last = "SELECT position, encode(hash, 'hex') FROM audit.link ORDER BY position DESC LIMIT 1"
    assert [(anchor["position"], anchor["hash"])] == home.look(side, last)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(
    "change",
    ["act = 'something else'", "at = at - interval '1 day'", "row_id = 'x'", "account_id = NULL"],
)
def test_a_changed_entry_is_found_where_it_stands(home: OwnHome, side: Side, change: str) -> None:
    ((place, entry),) = home.look(
        side,
        "SELECT l.position, e.id::text FROM audit.link l JOIN audit.entry e ON e.id = l.entry_id "
        "WHERE e.account_id IS NOT NULL ORDER BY l.position LIMIT 1",
    )
    with tampered(home, side, f"UPDATE audit.entry SET {change} WHERE id = '{entry}'"):
        assert faults(home, side) == [(place, "the entry or its place was changed")]


def test_a_removed_entry_is_found(home: OwnHome) -> None:
    third = "(SELECT entry_id FROM audit.link WHERE position = 3)"
    with tampered(home, Side.WORK, f"DELETE FROM audit.entry WHERE id = {third}"):
        assert faults(home, Side.WORK) == [(3, "the entry was removed")]


def test_an_entry_removed_with_its_place_is_found(home: OwnHome) -> None:
    with tampered(
        home,
        Side.WORK,
        "DELETE FROM audit.entry USING audit.link l WHERE l.entry_id = entry.id AND l.position = 3",
        "DELETE FROM audit.link WHERE position = 3",
    ):
        found = faults(home, Side.WORK)
    assert (4, "places before this one are missing") in found


def test_an_inserted_entry_is_found(home: OwnHome) -> None:
    with tampered(
        home,
        Side.SURVIVOR,
        "INSERT INTO audit.entry (id, at, act, operation, resource) "
        "VALUES (gen_random_uuid(), now(), 'planted', 'read', 'survivor')",
    ):
        found = faults(home, Side.SURVIVOR)
    assert len(found) == 1
    assert found[0][0] == 0
    assert "inserted outside the chain" in found[0][1]


def test_a_chain_cut_short_is_found_by_its_anchor(home: OwnHome) -> None:
    anchor = (home.home / "anchors" / "work.json").read_text()
    last = json.loads(anchor)["position"]
    cut = f"position > {last - 3}"
    with tampered(
        home,
        Side.WORK,
        f"DELETE FROM audit.entry USING audit.link l WHERE l.entry_id = entry.id AND l.{cut}",
        f"DELETE FROM audit.link WHERE {cut}",
    ):
        found = faults(home, Side.WORK)
    assert found == [(last, "the chain was cut off before this, its last anchor")]
    assert (home.home / "anchors" / "work.json").read_text() == anchor, "it stays where it was"


def test_a_chain_made_anew_is_found_by_its_anchor(home: OwnHome) -> None:
    """Whoever has the server can reckon every hash again, but not the one that was kept outside."""
    again = """
    DO $$ DECLARE l record; before bytea := ''; BEGIN
        UPDATE audit.entry SET act = 'something else' FROM audit.link k
        WHERE k.entry_id = entry.id AND k.position = 3;
        FOR l IN SELECT * FROM audit.link ORDER BY position LOOP
            SELECT audit.digest(e, before) INTO before FROM audit.entry e WHERE e.id = l.entry_id;
            UPDATE audit.link SET hash = before WHERE id = l.id;
        END LOOP;
    END $$"""
    with tampered(home, Side.WORK, again):
        found = faults(home, Side.WORK)
    assert [fault for _, fault in found] == ["the chain was made anew up to this, its last anchor"]


def test_people_read_the_places(home: OwnHome) -> None:
    third = "(SELECT entry_id FROM audit.link WHERE position = 3)"
    with tampered(home, Side.WORK, f"DELETE FROM audit.entry WHERE id = {third}"):
        said = home.run("verify-audit")
    assert said.code == 1
    assert "place 3: the entry was removed" in said.out
    assert "survivor:" in said.out
    assert "all in their places and unchanged" in said.out
