"""A book of ten years of a city: read whole, within the memory and time that are allowed."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.made_workbooks import Sheets, sound_book, xlsx

ROOT = Path(__file__).parents[2]
COHORTS = 200
IN_EACH = 15
SESSIONS = 17


def ten_years() -> Sheets:
    """3,000 referrals in 200 groups of Caring Dads, 51,000 marks."""
    book = sound_book()
    referral = book["Referrals"].pop(1)
    for sheet in ("Referrals", "Children", "Cohorts", "Attendance", "Orders", "Breaches"):
        del book[sheet][1:]
    for cohort in range(COHORTS):
        first = date(2009, 1, 6) + timedelta(weeks=2 * cohort)
        ref = f"C{cohort:03}"
        book["Cohorts"].append(
            [ref, "Caring Dads", "Any Centre", "Tuesday", "18:00", 120, first, f"F. {ref}", None]
        )
        for seat in range(IN_EACH):
            number = cohort * IN_EACH + seat
            his = list(referral)
            his[:4] = [f"R{number:05}", f"P{number:05}", "Adam", f"Number {number}"]
            his[11] = his[18] = first - timedelta(days=20)
            book["Referrals"].append(his)
            book["Attendance"] += [
                [ref, n + 1, first + timedelta(weeks=n), his[0], "attended", None]
                for n in range(SESSIONS)
            ]
    return book


@pytest.mark.deep
def test_a_book_of_ten_years_is_read_within_the_limits(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(xlsx(ten_years()))

    run = subprocess.run(
        [sys.executable, "-m", "tests.read_hostile", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    measured = json.loads(run.stdout)
    reading = measured["readings"]["book.xlsx"]

    assert reading["rows"] == COHORTS + COHORTS * IN_EACH * (1 + SESSIONS)
    assert reading["seconds"] < 25
    assert measured["grown"] <= 64
