"""Workbooks broken at random: read whole or refused, and nothing between."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from programmes.common.workbooks.child import answer_for
from programmes.common.workbooks.words import BookRefused
from scheduling.workbooks.reading import programme_book_in
from tests.made_workbooks import CARA, LEEDS, sound_book, xlsx
from tests.mutated_workbooks import mutated
from tests.read_hostile import rows_of

ROOT = Path(__file__).parents[2]


def rows_read(content: bytes) -> int | None:
    """How many rows of the book are read; None where it is refused."""
    answer = answer_for(content)
    if answer.book is None:
        return None
    with suppress(BookRefused):
        return rows_of(programme_book_in(answer.book))
    return None


def test_three_hundred_broken_books_are_read_whole_or_refused() -> None:
    sound = xlsx(sound_book())

    outcomes = [rows_read(mutated(sound, number)) for number in range(300)]

    assert set(outcomes) == {None, rows_read(sound)}


@pytest.mark.deep
@pytest.mark.parametrize("book", [LEEDS, CARA], ids=["leeds", "cara"])
def test_a_thousand_broken_real_books_in_the_limited_process(
    tmp_path: Path, book: Path, record_property: Callable[[str, object], None]
) -> None:
    sound = book.read_bytes()
    for number in range(1000):
        (tmp_path / f"{number:04}.xlsx").write_bytes(mutated(sound, number))

    run = subprocess.run(
        [sys.executable, "-m", "tests.read_hostile", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    measured = json.loads(run.stdout)
    readings = measured["readings"].values()

    slowest = max(reading["seconds"] for reading in readings)
    refused = sum(reading["rows"] is None for reading in readings)
    record_property("broken workbooks", len(readings))
    record_property("of them refused, the others read whole", refused)
    record_property("MB grown, at most", round(measured["grown"], 1))
    record_property("seconds for the slowest", round(slowest, 1))
    assert len(readings) == 1000
    assert {reading["rows"] for reading in readings} == {None, rows_read(sound)}
    assert measured["grown"] <= 64
    assert slowest < 25
