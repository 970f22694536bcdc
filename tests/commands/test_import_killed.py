"""An import that is killed leaves all of its book on a side, or nothing of it."""

import time
from pathlib import Path
from typing import Any

import pytest

from programmes.common.db import Side
from programmes.common.workbooks import import_commands
from tests.made_workbooks import LEEDS, LEEDS_SURVIVORS
from tests.own_home import OwnHome, own_home

WHOLE = {"person": 191, "attendance_mark": 1251, "breach": 23, "imported_row": 1719}
HERS = {"survivor": 65, "check_in": 110, "imported_row": 175}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with own_home(tmp_path_factory.mktemp("killed") / "home") as opened:
        yield opened


IMPORT = ("import", LEEDS, "--survivors", LEEDS_SURVIVORS, "--apply", "--json")


def _kill_after(home: OwnHome, doing: str, seconds: float) -> None:
    """Kills the command a moment after it has said that it is doing this."""
    process = home.start(*IMPORT)
    assert process.stderr is not None
    for line in process.stderr:
        if doing in line:
            break
    time.sleep(seconds)
    process.kill()
    process.communicate()


def _kill_at(home: OwnHome, side: Side, table: str) -> None:
    """Kills the command where it would write this table: somebody holds it, so that it waits."""
    with home.holding(side, f"BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE"):
        process = home.start(*IMPORT)
        while not home.is_waiting(side, table):
            assert process.poll() is None, "it ended before it wrote this"
            time.sleep(0.05)
        process.kill()
        process.communicate()


def _held(home: OwnHome, side: Side, whole: dict[str, int]) -> dict[str, int]:
    """Counted once the server has noticed that nobody is there any more."""
    while home.is_busy(side):
        time.sleep(0.05)
    return {table: home.count(side, table) for table in whole}


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_half_done_and_a_rerun_completes(home: OwnHome) -> None:
    nothing, nothing_of_hers = dict.fromkeys(WHOLE, 0), dict.fromkeys(HERS, 0)
    for table in ("attendance_mark", "imported_row"):
        _kill_at(home, Side.WORK, table)
        assert _held(home, Side.WORK, WHOLE) == nothing, table
    _kill_after(home, "Writing the programme side", 0.15)
    assert _held(home, Side.WORK, WHOLE) in (WHOLE, nothing)
    assert _held(home, Side.SURVIVOR, HERS) == nothing_of_hers
    _kill_at(home, Side.SURVIVOR, "check_in")
    assert _held(home, Side.WORK, WHOLE) == WHOLE, "what was committed before her side stays"
    assert _held(home, Side.SURVIVOR, HERS) == nothing_of_hers
    said = home.run("import", LEEDS, "--survivors", LEEDS_SURVIVORS, "--apply", "--json")
    assert said.code == 0, said.err
    assert _held(home, Side.WORK, WHOLE) == WHOLE
    assert _held(home, Side.SURVIVOR, HERS) == HERS
    assert home.run("verify-audit").code == 0


def test_one_that_finds_another_under_way_says_so_in_its_document(
    home: OwnHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the import lock for longer than the second is ready to wait."""
    monkeypatch.setattr(import_commands, "_PATIENCE", "500ms")
    with home.holding(Side.WORK, "SELECT pg_advisory_lock(7010)"):
        said = home.run("import", LEEDS, "--apply", "--json")
    assert said.code == 1
    assert said.json["applied"] is False
    assert "Another import is running" in said.json["errors"][0]["message"]


def test_two_at_once_do_not_mix(tmp_path: Path, home: OwnHome) -> None:
    """The second waits for the first and finds nothing left to do, or says that it waited."""
    both = [home.start("import", LEEDS, "--apply", "--json") for _ in range(2)]
    said = [process.communicate(timeout=300) for process in both]
    codes = [process.returncode for process in both]
    assert 0 in codes, said
    for code, (out, _) in zip(codes, said, strict=True):
        assert code == 0 or "Another import is running" in out, said
    assert _held(home, Side.WORK, WHOLE) == WHOLE
