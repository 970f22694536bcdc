"""The series of the books that teams keep today come out of the same rules."""

from collections import defaultdict
from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from programmes.catalogue.progress_rules import is_complete
from programmes.catalogue.progress_words import MarkedSession
from programmes.catalogue.rules import is_there
from programmes.catalogue.words import MarkCode
from programmes.common.clock import LONDON, london_date
from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.rules import plan_series
from scheduling.sessions.words import Weekday, WeeklySlot
from tests.rules.catalogue_cases import CARA, CARING_DADS, closed

BOOKS = Path(__file__).parents[1] / "data"
WINTER = [closed(date(y, 12, 22), date(y + 1, 1, 1)) for y in (2017, 2018)]
MARKS = {
    "attended": MarkCode.ATTENDED,
    "late": MarkCode.LATE,
    "left early": MarkCode.LEFT_EARLY,
    "acceptable absence": MarkCode.ABSENT,
    "unacceptable absence": MarkCode.ABSENT,
    "late, not admitted": MarkCode.LATE_NOT_ADMITTED,
}


def _rows(book: str, sheet: str) -> list[dict[str, object]]:
    workbook = load_workbook(BOOKS / book, read_only=True, data_only=True)
    header, *rows = workbook[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _held(book: str) -> dict[str, dict[int, date]]:
    found: dict[str, dict[int, date]] = defaultdict(dict)
    for row in _rows(book, "Attendance"):
        found[row["Cohort ref"]][row["Session"]] = row["Held on"].date()
    return found


def _planned(version, cohort, closures) -> dict[int, date]:
    slot = WeeklySlot(Weekday[cohort["Weekday"].upper()], time.fromisoformat(cohort["Starts at"]))
    plan = plan_series(
        version,
        first_day=cohort["First session on"].date(),
        slots=[slot],
        closures=closures,
    )
    return {session.number: london_date(session.starts_at) for session in plan.sessions}


@pytest.mark.parametrize(
    ("book", "version", "entered", "cohorts", "compared"),
    [("leeds-2018.xlsx", CARING_DADS, WINTER, 8, 128), ("cara-2025.xlsx", CARA, [], 9, 15)],
)
def test_every_date_in_the_book_is_the_date_that_is_planned(
    book, version, entered, cohorts, compared
):
    held, closures = _held(book), ClosedDays(entered)
    sheet = _rows(book, "Cohorts")
    assert len(sheet) == cohorts
    for cohort in sheet:
        planned = _planned(version, cohort, closures)
        dates = held[cohort["Cohort ref"]]
        assert {number: planned[number] for number in dates} == dates
    assert sum(len(dates) for dates in held.values()) == compared


def _marks_by_referral(book: str) -> dict[str, list[MarkedSession]]:
    found: dict[str, list[MarkedSession]] = defaultdict(list)
    for row in _rows(book, "Attendance"):
        held_at = row["Held on"].replace(tzinfo=LONDON)
        mark = MARKS[row["Mark"]]
        marked = MarkedSession(row["Cohort ref"], row["Session"], held_at, mark)
        found[row["Referral ref"]].append(marked)
    return found


def test_thirty_nine_completed_caring_dads_in_2018():
    marks = _marks_by_referral("leeds-2018.xlsx").values()
    done = [m for m in marks if is_complete(CARING_DADS, m)]
    assert sum(max(london_date(one.held_at) for one in m).year == 2018 for m in done) == 39


def test_forty_seven_completed_cara_and_a_careless_count_finds_fifty_one():
    marks = _marks_by_referral("cara-2025.xlsx").values()
    assert sum(is_complete(CARA, m) for m in marks) == 47
    there = [{one.number for one in m if is_there(CARA, one.mark)} for m in marks]
    assert sum(numbers == {1, 2} for numbers in there) == 51
