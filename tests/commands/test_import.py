"""The 2018 workbooks go in whole, once, and each side's into its own database."""

from pathlib import Path
from typing import Any

import pytest

from programmes.common.db import Side
from tests.made_workbooks import LEEDS, LEEDS_SURVIVORS, changed, sound_book, sound_survivor_book
from tests.own_home import OwnHome, own_home, saved

SHEETS = ["Referrals", "Children", "Cohorts", "Attendance", "Orders", "Breaches"]
SIZES = [144, 213, 8, 1251, 80, 23]
BOTH = (LEEDS, "--survivors", LEEDS_SURVIVORS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with own_home(tmp_path_factory.mktemp("leeds") / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def planned(home: OwnHome) -> Any:
    return home.run("import", *BOTH, "--json")


@pytest.fixture(scope="module")
def imported(home: OwnHome, planned: Any) -> Any:
    said = home.run("import", *BOTH, "--apply", "--json")
    assert said.code == 0, said.err
    return said


def counts(new: int = 0, same: int = 0) -> dict[str, int]:
    return {"new": new, "changed": 0, "same": same, "refused": 0}


def test_a_plan_counts_every_row_and_writes_nothing(home: OwnHome, planned: Any) -> None:
    assert planned.code == 0
    expected = dict(zip(SHEETS, map(counts, SIZES), strict=True))
    expected |= {"Survivors": counts(65), "Check-ins": counts(110)}
    assert planned.json == {"plan": expected, "errors": [], "applied": False}
    assert "Reading the programme book" in planned.err


def test_everything_is_written_to_its_own_side(home: OwnHome, imported: Any) -> None:
    assert imported.json["applied"] is True
    assert imported.json["errors"] == []
    for table, rows in {
        "person": 191,
        "child": 212,
        "person_child": 213,
        "referral": 144,
        "suitability_decision": 127,
        "cohort": 8,
        "session": 136,
        "register": 128,
        "enrolment": 90,
        "attendance_mark": 1251,
        "acceptability": 226,
        "protective_order": 80,
        "breach": 23,
    }.items():
        assert home.count(Side.WORK, table) == rows, table
    for table, rows in {"survivor": 65, "link": 65, "consent": 65, "check_in": 110}.items():
        assert home.count(Side.SURVIVOR, table) == rows, table


def test_nothing_of_a_survivor_is_in_the_work_database(home: OwnHome, imported: Any) -> None:
    tables = home.look(
        Side.WORK, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    assert not {"survivor", "link", "check_in"} & {name for (name,) in tables}
    acts = home.look(Side.WORK, "SELECT act, reason, resource FROM audit.entry")
    assert not any("surviv" in f"{act} {why} {what}".lower() for act, why, what in acts)


def test_the_same_books_again_change_nothing(home: OwnHome, imported: Any) -> None:
    before = home.count(Side.WORK, "audit.entry")
    said = home.run("import", *BOTH, "--apply", "--json")
    assert said.code == 0
    assert {sheet: c["same"] for sheet, c in said.json["plan"].items()} == {
        **dict(zip(SHEETS, SIZES, strict=True)),
        "Survivors": 65,
        "Check-ins": 110,
    }
    assert home.count(Side.WORK, "audit.entry") == before
    assert home.count(Side.WORK, "import_batch") == 1


def test_every_written_row_is_in_the_audit_with_the_book_it_came_from(
    home: OwnHome, imported: Any
) -> None:
    for side in Side:
        rows = home.look(
            side,
            "SELECT count(*), count(DISTINCT row_id), min(act), bool_and(reason LIKE 'workbook %')"
            " FROM audit.entry WHERE operation = 'insert' AND act = 'import-workbook'"
            " AND resource NOT IN ('account')",
        )
        number, distinct, act, has_book = rows[0]
        assert number == distinct > 300
        assert act == "import-workbook"
        assert has_book
        assert home.look(side, "SELECT * FROM audit.faults()") == []


def test_sessions_lie_where_the_book_says_and_go_on_after_it(home: OwnHome, imported: Any) -> None:
    rows = home.look(
        Side.WORK,
        "SELECT s.number, (s.starts_at AT TIME ZONE 'Europe/London')::text FROM session s "
        "JOIN cohort c ON c.id = s.cohort_id WHERE c.source_ref = 'C07' AND s.number > 14 "
        "ORDER BY s.number",
    )
    assert rows == [
        (15, "2018-12-20 18:00:00"),
        (16, "2019-01-03 18:00:00"),
        (17, "2019-01-10 18:00:00"),
    ]


def test_places_end_as_the_marks_say(home: OwnHome, imported: Any) -> None:
    rows = home.look(
        Side.WORK, "SELECT status, count(*) FROM enrolment GROUP BY status ORDER BY status"
    )
    assert rows == [("completed", 39), ("ended", 29), ("enrolled", 22)]
    statuses = home.look(
        Side.WORK, "SELECT status, count(*) FROM referral GROUP BY status ORDER BY status"
    )
    assert statuses == [("closed", 9), ("enrolled", 90), ("not suitable", 28), ("waiting", 17)]


def test_facilitators_are_accounts_that_nobody_can_sign_in_with(
    home: OwnHome, imported: Any
) -> None:
    rows = home.look(
        Side.WORK,
        "SELECT name, email, is_active, password_hash FROM auth.account "
        "WHERE role = 'facilitator' ORDER BY name",
    )
    assert rows[0] == ("F. Ackroyd", "f.ackroyd@staff.invalid", False, None)
    assert len(rows) == 4


def test_how_to_reach_her_is_sealed(home: OwnHome, imported: Any) -> None:
    rows = home.look(Side.SURVIVOR, "SELECT sealed_details FROM safe_contact")
    assert len(rows) == 40
    assert not any(b"call" in sealed or b"worker" in sealed for (sealed,) in rows)


def test_a_person_belongs_to_the_team_of_his_programme(home: OwnHome, imported: Any) -> None:
    rows = home.look(
        Side.WORK,
        "SELECT t.name, count(*) FROM assignment a JOIN team t ON t.id = a.team_id "
        "GROUP BY t.name ORDER BY t.name",
    )
    assert rows == [("Caring Dads team", 144), ("DVPO team", 76)]


def test_an_error_in_either_book_leaves_both_sides_as_they_were(
    home: OwnHome, imported: Any, tmp_path: Path
) -> None:
    survivors = sound_survivor_book()
    survivors["Survivors"][1][1] = "NOBODY"
    said = home.run(
        "import",
        saved(tmp_path / "book.xlsx", sound_book()),
        "--survivors",
        saved(tmp_path / "hers.xlsx", survivors),
        "--apply",
        "--json",
    )
    assert said.code == 1
    assert said.json["applied"] is False
    error = said.json["errors"][0]
    assert (error["sheet"], error["row"], error["column"]) == ("Survivors", 2, "Person ref")
    assert "NOBODY" not in error["message"]
    assert said.json["plan"]["Survivors"]["refused"] == 1
    again = home.run("import", tmp_path / "book.xlsx", "--json")
    assert again.json["plan"]["Referrals"] == counts(2)


@pytest.mark.parametrize(
    ("sheet", "column", "value"),
    [
        ("Attendance", "Mark", "was there"),
        ("Referrals", "Date of birth", "31/02/1980"),
        ("Breaches", "Order ref", "O9"),
    ],
)
def test_a_refusal_names_sheet_row_and_column(
    home: OwnHome, tmp_path: Path, sheet: str, column: str, value: str
) -> None:
    book = saved(tmp_path / "book.xlsx", changed(sheet, column, value))
    said = home.run("import", book, "--apply", "--json")
    assert said.code == 1
    assert [(e["sheet"], e["row"], e["column"]) for e in said.json["errors"]] == [
        (sheet, 2, column)
    ]
    assert set(said.json["errors"][0]) == {"sheet", "row", "column", "message"}
    assert said.json["plan"][sheet]["refused"] == 1
    assert said.json["applied"] is False


def test_without_a_book_the_command_says_what_it_wants(home: OwnHome) -> None:
    said = home.run("import", "--apply")
    assert said.code == 2
    assert "--survivors" in said.err
    assert said.out == ""


def test_people_read_a_table_and_what_to_look_at(home: OwnHome, tmp_path: Path) -> None:
    book = saved(tmp_path / "book.xlsx", sound_book())
    said = home.run("import", book)
    assert said.code == 0
    assert said.out.splitlines()[1].split() == ["Referrals", "2", "0", "0", "0"]
    assert "--apply writes it" in said.err
