"""Files that mean harm: each refused with its reason, in bounded time and memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile_archives import HOSTILE_ARCHIVES
from tests.hostile_sheets import HOSTILE_SHEETS

ROOT = Path(__file__).parents[2]
HOSTILE = {**HOSTILE_ARCHIVES, **HOSTILE_SHEETS}
MOST_MEGABYTES_GROWN = 64
MOST_SECONDS = 25

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every hostile file read by one fresh process, with what it took."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, (make, _) in enumerate(HOSTILE.values()):
        (folder / f"{number:03}.xlsx").write_bytes(make())
    run = subprocess.run(
        [sys.executable, "-m", "tests.read_hostile", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return dict(json.loads(run.stdout))


def test_there_are_enough_hostile_files() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str, measured: dict[str, Any]) -> None:
    number = list(HOSTILE).index(name)
    reading = measured["readings"][f"{number:03}.xlsx"]

    assert reading["messages"] is not None, "it was read"
    assert HOSTILE[name][1] in reading["messages"][0]
    assert reading["seconds"] < MOST_SECONDS


def test_the_reading_process_does_not_grow(measured: dict[str, Any]) -> None:
    assert measured["grown"] <= MOST_MEGABYTES_GROWN
