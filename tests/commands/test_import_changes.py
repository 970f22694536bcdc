"""What a second import does where the book, or the service, has gone on since the first."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from programmes.common.db import Side
from tests.made_workbooks import Sheets, sound_book, sound_survivor_book
from tests.own_home import OwnHome, Said, own_home, saved

W, S = Side.WORK, Side.SURVIVOR


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with own_home(tmp_path_factory.mktemp("changes") / "home") as opened:
        yield opened


def of_their_own(sheets: Sheets, mark: str) -> Sheets:
    """The same book with refs that no other test uses."""
    return {
        name: [rows[0]]
        + [[_own(heading, value, mark) for heading, value in _pairs(rows, row)] for row in rows[1:]]
        for name, rows in sheets.items()
    }


def _pairs(rows: list[list[Any]], row: list[Any]) -> list[tuple[str, Any]]:
    return list(zip(rows[0], row, strict=True))


def _own(heading: str, value: Any, mark: str) -> Any:
    return f"{mark}{value}" if heading.endswith(" ref") else value


class Book:
    """A sound book under refs of its own, imported once, to be changed and imported again."""

    def __init__(self, home: OwnHome, path: Path, mark: str) -> None:
        self.home = home
        self.path = path
        self.mark = mark
        self.sheets = of_their_own(sound_book(), mark)

    def set(self, sheet: str, heading: str, value: Any, *, row: int = 2) -> None:
        rows = self.sheets[sheet]
        rows[row - 1][rows[0].index(heading)] = value

    def add(self, sheet: str, **values: Any) -> None:
        """A row like the first one of the sheet, with these cells changed."""
        rows = self.sheets[sheet]
        row = dict(_pairs(rows, rows[1]))
        row.update({key.replace("_", " "): value for key, value in values.items()})
        rows.append([row[heading] for heading in rows[0]])

    def apply(self) -> Said:
        return self.home.run("import", saved(self.path, self.sheets), "--apply", "--json")

    def changed(self, sheet: str) -> int:
        said = self.apply()
        assert said.code == 0, said.json["errors"]
        changes = {name: c["changed"] for name, c in said.json["plan"].items() if c["changed"]}
        assert set(changes) <= {sheet}, changes
        return changes.get(sheet, 0)

    def refused(self) -> list[tuple[str, int, str]]:
        said = self.apply()
        assert said.code == 1
        return [(e["sheet"], e["row"], e["column"]) for e in said.json["errors"]]

    def look(self, sql: str) -> list[Any]:
        return self.home.look(W, sql.replace("~", self.mark))


@pytest.fixture
def book(home: OwnHome, tmp_path: Path, request: pytest.FixtureRequest) -> Book:
    made = Book(home, tmp_path / "book.xlsx", f"T{crc32(request.node.name.encode())}-")
    assert made.apply().code == 0
    return made


def test_another_name_under_the_same_ref_is_a_change_and_no_second_person(book: Book) -> None:
    book.set("Referrals", "Last name", "Renamed")
    book.set("Orders", "Last name", "Renamed")
    said = book.apply().json["plan"]
    assert (said["Referrals"]["changed"], said["Orders"]["changed"]) == (1, 1)
    rows = book.look("SELECT last_name, name_key, version FROM person WHERE source_ref = '~P1'")
    assert rows == [("Renamed", "renamed adam", 2)]


def test_both_names_and_the_date_of_birth_are_somebody_else(book: Book) -> None:
    for sheet in ("Referrals", "Orders"):
        book.set(sheet, "First name", "Other")
        book.set(sheet, "Last name", "Person")
        book.set(sheet, "Date of birth", date(1990, 9, 9))
    assert book.refused() == [("Referrals", 2, "Person ref"), ("Orders", 2, "Person ref")]
    assert book.look("SELECT last_name FROM person WHERE source_ref = '~P1'") == [("Example",)]


def test_another_mark_is_a_correction_beside_the_first(book: Book) -> None:
    book.set("Attendance", "Mark", "unacceptable absence", row=3)
    assert book.changed("Attendance") == 1
    marks = book.look(
        "SELECT m.revision, m.code, m.is_current, m.corrected_because IS NOT NULL, a.verdict "
        "FROM attendance_mark m JOIN session s ON s.id = m.session_id "
        "JOIN cohort c ON c.id = s.cohort_id LEFT JOIN acceptability a ON a.mark_id = m.id "
        "WHERE c.source_ref = '~C1' AND s.number = 2 ORDER BY m.revision"
    )
    assert marks == [
        (1, "late", False, False, None),
        (2, "absent", True, True, "not acceptable"),
    ]


def test_only_the_verdict_on_an_absence_may_change(book: Book) -> None:
    book.set("Attendance", "Mark", "unacceptable absence", row=4)
    assert book.changed("Attendance") == 1
    rows = book.look(
        "SELECT m.revision, a.revision, a.verdict, a.is_current FROM acceptability a "
        "JOIN attendance_mark m ON m.id = a.mark_id JOIN cohort c ON c.id = m.cohort_id "
        "WHERE c.source_ref = '~C1' ORDER BY a.revision"
    )
    assert rows == [(1, 1, "acceptable", False), (1, 2, "not acceptable", True)]


def test_somebody_waiting_is_accepted_and_then_comes(book: Book) -> None:
    book.set("Referrals", "Decision", "accepted", row=3)
    book.set("Referrals", "Decided on", date(2018, 1, 12), row=3)
    assert book.changed("Referrals") == 1
    book.add(
        "Attendance",
        Cohort_ref=f"{book.mark}C2",
        Held_on=date(2018, 1, 18),
        Referral_ref=f"{book.mark}R2",
    )
    said = book.apply().json["plan"]["Attendance"]
    assert (said["new"], said["changed"]) == (1, 0)
    moves = book.look(
        "SELECT m.before, m.after FROM referral_move m JOIN referral r ON r.id = m.referral_id "
        "WHERE r.source_ref = '~R2' ORDER BY m.moved_at"
    )
    assert moves == [(None, "received"), ("received", "waiting"), ("waiting", "enrolled")]
    outcomes = book.look(
        "SELECT d.outcome, d.decided_on FROM suitability_decision d "
        "JOIN referral r ON r.id = d.referral_id WHERE r.source_ref = '~R2'"
    )
    assert outcomes == [("suitable", date(2018, 1, 12))]


def test_a_decision_is_not_taken_back_by_a_book(book: Book) -> None:
    book.set("Referrals", "Decision", "waiting")
    book.set("Referrals", "Decided on", None)
    book.sheets["Attendance"] = book.sheets["Attendance"][:1]
    assert book.refused() == [("Referrals", 2, "Decision")]


def test_more_sessions_go_on_where_the_last_book_ended(book: Book) -> None:
    days = [date(2018, 2, 6), date(2018, 2, 13), date(2018, 2, 21)]
    for number, day in enumerate(days, start=4):
        book.add("Attendance", Session=number, Held_on=day)
    assert book.apply().json["plan"]["Attendance"]["new"] == 3
    rows = book.look(
        "SELECT s.number, (s.starts_at AT TIME ZONE 'Europe/London')::date, "
        "x.signed_off_at IS NOT NULL FROM session s JOIN cohort c ON c.id = s.cohort_id "
        "LEFT JOIN register x ON x.session_id = s.id WHERE c.source_ref = '~C1' "
        "AND s.number IN (5, 6, 7) ORDER BY s.number"
    )
    assert rows == [
        (5, days[1], True),
        (6, days[2], True),
        (7, date(2018, 2, 27), False),
    ]


def test_a_recorded_session_keeps_its_day(book: Book) -> None:
    book.set("Attendance", "Held on", date(2018, 1, 24), row=3)
    assert book.refused() == [("Attendance", 3, "Held on")]


def test_an_order_ends_later_and_a_breach_is_proved(book: Book) -> None:
    book.set("Breaches", "Stage", "admitted")
    assert book.changed("Breaches") == 1
    book.set("Orders", "Ends on", date(2018, 3, 27))
    assert book.changed("Orders") == 1
    rows = book.look(
        "SELECT b.stage, o.ends_on FROM breach b JOIN protective_order o ON o.id = b.order_id "
        "WHERE b.source_ref = '~B1'"
    )
    assert rows == [("admitted", date(2018, 3, 27))]
    moves = book.look(
        "SELECT m.before, m.after FROM breach_move m JOIN breach b ON b.id = m.breach_id "
        "WHERE b.source_ref = '~B1' ORDER BY m.moved_at"
    )
    assert moves == [(None, "proved"), ("proved", "admitted")]


def test_what_was_decided_here_since_stands_against_the_same_book(book: Book) -> None:
    book.home.tamper(
        W, f"UPDATE referral SET risk_level = 'high' WHERE source_ref = '{book.mark}R1'"
    )
    said = book.apply()
    assert said.code == 0
    assert said.json["plan"]["Referrals"] == {"new": 0, "changed": 0, "same": 2, "refused": 0}
    assert book.look("SELECT risk_level FROM referral WHERE source_ref = '~R1'") == [("high",)]


def test_of_two_open_referrals_the_later_one_stands(book: Book) -> None:
    book.add(
        "Referrals",
        Referral_ref=f"{book.mark}R3",
        Person_ref=f"{book.mark}P2",
        First_name="Ben",
        Last_name="Sample",
        Date_of_birth=date(1985, 5, 6),
        Received_on=date(2018, 6, 1),
        Decision="waiting",
        Decided_on=None,
    )
    assert book.apply().code == 0
    rows = book.look(
        "SELECT source_ref, status FROM referral WHERE source_ref IN ('~R2', '~R3') ORDER BY 1"
    )
    assert [status for _, status in rows] == ["closed", "waiting"]


def test_a_group_of_a_planned_programme_is_refused(home: OwnHome, tmp_path: Path) -> None:
    planned = Book(home, tmp_path / "book.xlsx", "DV-")
    for row in (2, 3):
        planned.set("Cohorts", "Programme", "DVPP", row=row)
        planned.set("Referrals", "Programme", "DVPP", row=row)
    assert ("Cohorts", 2, "Programme") in planned.refused()
    assert home.count(W, "cohort WHERE source_ref LIKE 'DV-%'") == 0


def test_an_earlier_place_ends_where_a_later_book_begins_another(
    home: OwnHome, tmp_path: Path
) -> None:
    earlier = Book(home, tmp_path / "book.xlsx", "Y1-")
    assert earlier.apply().code == 0
    later = Book(home, tmp_path / "book.xlsx", "Y1-")
    later.set("Referrals", "Referral ref", "Y2-R1")
    later.set("Referrals", "Received on", date(2019, 1, 3))
    later.set("Referrals", "Decided on", date(2019, 1, 4))
    later.set("Cohorts", "Cohort ref", "Y2-C1")
    later.set("Cohorts", "First session on", date(2019, 1, 15))
    for row in (2, 3, 4):
        later.set("Attendance", "Cohort ref", "Y2-C1", row=row)
        later.set("Attendance", "Referral ref", "Y2-R1", row=row)
        later.set("Attendance", "Held on", date(2019, 1, 1 + 7 * row), row=row)
    said = later.apply()
    assert said.code == 0, said.json["errors"]
    rows = home.look(
        W,
        "SELECT c.source_ref, e.status FROM enrolment e JOIN cohort c ON c.id = e.cohort_id "
        "JOIN person p ON p.id = e.person_id WHERE p.source_ref = 'Y1-P1' ORDER BY 1",
    )
    assert rows == [("Y1-C1", "ended"), ("Y2-C1", "enrolled")]


def test_sessions_to_come_take_their_room_and_staff_and_a_clash_is_told(
    home: OwnHome, tmp_path: Path
) -> None:
    coming = Book(home, tmp_path / "book.xlsx", "FU-")
    coming.sheets["Attendance"] = coming.sheets["Attendance"][:1]
    first = date.today() + timedelta(days=30)
    for row, venue in ((2, "Far Centre"), (3, "Other Centre")):
        coming.set("Cohorts", "First session on", first, row=row)
        coming.set("Cohorts", "Weekday", f"{first:%A}", row=row)
        coming.set("Cohorts", "Venue", venue, row=row)
    coming.set("Cohorts", "Facilitator 1", "N. Body", row=3)
    coming.set("Cohorts", "Facilitator 2", None, row=3)
    said = coming.apply()
    assert said.code == 0, said.json["errors"]
    assert "clash" not in said.err
    booked = (
        "SELECT b.kind, count(*) FROM booking b JOIN cohort c ON c.id = b.cohort_id "
        "WHERE c.source_ref = '{}' GROUP BY b.kind ORDER BY b.kind"
    )
    assert home.look(W, booked.format("FU-C1")) == [("room", 17), ("staff", 34)]
    assert home.look(W, booked.format("FU-C2")) == [("room", 17), ("staff", 17)]
    coming.add("Cohorts", Cohort_ref="FU-C3", Facilitator_1="A. Third", Facilitator_2=None)
    said = coming.apply()
    assert said.code == 0
    assert "17 bookings of sessions to come clash" in said.err
    assert home.look(W, booked.format("FU-C3")) == [("staff", 17)]


def _survivors(home: OwnHome, tmp_path: Path, mark: str) -> Callable[[Sheets], Said]:
    book = Book(home, tmp_path / "book.xlsx", mark)
    assert book.apply().code == 0

    def apply(sheets: Sheets) -> Said:
        path = saved(tmp_path / "hers.xlsx", of_their_own(sheets, mark))
        return home.run("import", "--survivors", path, "--apply", "--json")

    return apply


def test_a_survivor_book_alone_needs_people_who_are_stored(home: OwnHome, tmp_path: Path) -> None:
    path = saved(tmp_path / "hers.xlsx", of_their_own(sound_survivor_book(), "UNKNOWN-"))
    said = home.run("import", "--survivors", path, "--json")
    assert said.code == 1
    assert list(said.json["plan"]) == ["Survivors", "Check-ins"]
    error = said.json["errors"][0]
    assert (error["sheet"], error["row"], error["column"]) == ("Survivors", 2, "Person ref")


def test_new_answers_and_a_withdrawn_consent_are_written_beside_the_old(
    home: OwnHome, tmp_path: Path
) -> None:
    apply = _survivors(home, tmp_path, "SV-")
    sheets = sound_survivor_book()
    assert apply(sheets).code == 0
    sheets["Survivors"][1][3] = "no"
    sheets["Check-ins"][1][3] = 4
    sheets["Check-ins"][1][5] = 5
    said = apply(sheets)
    assert said.code == 0, said.json["errors"]
    assert [c["changed"] for c in said.json["plan"].values()] == [1, 1]
    one = "WHERE s.source_ref = 'SV-S1'"
    consents = home.look(
        S,
        "SELECT c.is_given FROM consent c JOIN survivor s ON s.id = c.survivor_id "
        f"{one} ORDER BY c.answered_on",
    )
    assert consents == [(True,), (False,)]
    answers = home.look(
        S,
        "SELECT a.question, a.value FROM check_in_answer a JOIN survivor s ON s.id = a.survivor_id "
        f"{one} AND a.question IN ('feels_safe', 'respectful_communication') ORDER BY 1",
    )
    assert answers == [("feels_safe", 4), ("respectful_communication", 5)]
    contacts = home.look(
        S, f"SELECT count(*) FROM safe_contact c JOIN survivor s ON s.id = c.survivor_id {one}"
    )
    assert contacts == [(1,)], "the same words again are no review"


def test_a_link_to_another_person_is_refused(home: OwnHome, tmp_path: Path) -> None:
    apply = _survivors(home, tmp_path, "LK-")
    sheets = sound_survivor_book()
    assert apply(sheets).code == 0
    sheets["Survivors"][1][1] = "P2"
    said = apply(sheets)
    assert said.code == 1
    assert said.json["errors"][0]["column"] == "Person ref"
