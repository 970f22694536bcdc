"""An import that is killed leaves all of its book on a side, or nothing of it."""

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from programmes.common.db import Side
from tests.made_workbooks import LEEDS, LEEDS_SURVIVORS
from tests.own_home import OwnHome, own_home

WHOLE = {"person": 191, "attendance_mark": 1251, "breach": 23, "imported_row": 1719}
HERS = {"survivor": 65, "check_in": 110, "imported_row": 175}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with own_home(tmp_path_factory.mktemp("killed") / "home") as opened:
        yield opened


def _kill_while(home: OwnHome, doing: str, after: float) -> None:
    """Kills the command a moment after it has said that it is doing this."""
    process = home.start("import", LEEDS, "--survivors", LEEDS_SURVIVORS, "--apply", "--json")
    assert process.stderr is not None
    for line in process.stderr:
        if doing in line:
            break
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _held(home: OwnHome, side: Side, whole: dict[str, int]) -> dict[str, int]:
    """Counted once the server has noticed that nobody is there any more."""
    while home.is_busy(side):
        time.sleep(0.05)
    return {table: home.count(side, table) for table in whole}


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_half_done_and_a_rerun_completes(home: OwnHome) -> None:
    nothing = dict.fromkeys(WHOLE, 0)
    seen = []
    moments = [("Writing the programme side", after) for after in (0.0, 0.15, 0.4)]
    for doing, after in (*moments, ("Writing the survivor side", 0.02)):
        _kill_while(home, doing, after)
        work = _held(home, Side.WORK, WHOLE)
        assert work in (WHOLE, nothing)
        seen.append(work)
        hers = _held(home, Side.SURVIVOR, HERS)
        assert hers in (HERS, dict.fromkeys(HERS, 0))
        assert work == WHOLE or hers != HERS, "the programme side goes first"
    assert nothing in seen, "at least one was killed before its end"
    assert seen[-1] == WHOLE, "what was committed before the survivor side stays"
    said = home.run("import", LEEDS, "--survivors", LEEDS_SURVIVORS, "--apply", "--json")
    assert said.code == 0, said.err
    assert _held(home, Side.WORK, WHOLE) == WHOLE
    assert _held(home, Side.SURVIVOR, HERS) == HERS
    assert home.run("verify-audit").code == 0


def test_one_that_finds_another_under_way_says_so_in_its_document(home: OwnHome) -> None:
    """Somebody holds the import lock for longer than the second is ready to wait."""
    with home.holding(Side.WORK, "SELECT pg_advisory_lock(7010)"):
        said = home.run("import", LEEDS, "--apply", "--json")
    assert said.code == 1
    assert said.json["applied"] is False
    assert "Another import is running" in said.json["errors"][0]["message"]


def test_two_at_once_do_not_mix(tmp_path: Path, home: OwnHome) -> None:
    """The second waits for the first, and then finds nothing left to do."""
    both = [home.start("import", LEEDS, "--apply", "--json") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert _held(home, Side.WORK, WHOLE) == WHOLE
