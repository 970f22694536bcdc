"""docs/assurance.md says what the stored record says, and the record says how it came about."""

import json
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from tests import assurance
from tests.assurance import PAGE, page, stored_page
from tests.assurance_entries import (
    INTRUDER_FILE,
    RECORD,
    ROOT,
    Entry,
    Refused,
    checked,
    entries_of,
    folded,
    merged,
    read,
    text_of,
)
from tests.assurance_proofs import FILES, PROOFS

WORLD = "tests/wall/test_another_world.py"
TEST = "test_they_are_answered_alike_however_long_one_asks"
SUITE = """
<testsuites><testsuite timestamp="2026-11-22T10:51:36.000001">{commit}
<testcase classname="tests.wall.test_another_world" name="{test}[0]" time="1140.04"><properties>
<property name="form" value="long"/><property name="pairs" value="{pairs}"/></properties></testcase>
<testcase classname="tests.wall.test_another_world" name="{test}[1]" time="3">{outcome}</testcase>
</testsuite></testsuites>
"""
OF_COMMIT = '<properties><property name="commit" value="{}"/></properties>'


def run(commit: str = "abcdef0", pairs: int = 7, outcome: str = "<skipped/>") -> list[Entry]:
    said = OF_COMMIT.format(commit) if commit else ""
    junit = SUITE.format(test=TEST, commit=said, pairs=pairs, outcome=outcome)
    return list(entries_of(ElementTree.fromstring(junit)))


def test_the_page_is_what_the_record_makes() -> None:
    assert PAGE.read_text() == stored_page()


def test_the_record_is_whole_and_of_tests_that_are_there() -> None:
    entries = read(RECORD.read_text())
    assert {one.file for one in entries} <= FILES
    assert text_of(entries) == RECORD.read_text()


def test_every_proof_that_is_shown_is_there_once() -> None:
    for one in PROOFS:
        source = (ROOT / one.file).read_text()
        assert not (one.has_short_form and one.has_long_form) or "mark.deep" in source, one.file
    assert len(FILES) == len(PROOFS)


def test_a_run_becomes_an_entry_a_test() -> None:
    first, second = run()
    assert (first.test, first.form) == (f"{WORLD}::{TEST}[0]", "long")
    assert (first.passed, first.seconds, first.counted) == (1, 1140.0, {"pairs": 7})
    assert (str(first.ran_on), first.commit) == ("2026-11-22", "abcdef0")
    assert first.command == f"python3 run.py test --deep -n 0 {WORLD}"
    assert (second.form, second.passed, second.failed, second.left_out) == ("short", 0, 0, 1)
    assert run(outcome="<failure/>")[1].failed == 1


def test_the_short_forms_of_a_file_are_one_entry() -> None:
    long, left_out = run()
    passed = msgspec.structs.replace(left_out, test=f"{WORLD}::x", passed=1, left_out=0, seconds=2)
    assert list(folded([long, left_out, passed])) == [
        long,
        msgspec.structs.replace(left_out, test=WORLD, passed=1, left_out=1, seconds=5.0),
    ]


def test_a_run_that_does_not_say_its_commit_or_command_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="of which commit"):
        checked(run(commit=""))
    with pytest.raises(Refused, match="no command"):
        checked([msgspec.structs.replace(run()[0], command="")])
    nameless = json.loads(text_of(run()))
    del nameless[0]["commit"]
    with pytest.raises(Refused, match="commit"):
        read(json.dumps(nameless))
    record, junit = tmp_path / "record.json", tmp_path / "junit.xml"
    junit.write_text(SUITE.format(test=TEST, commit="", pairs=1, outcome=""))
    monkeypatch.setattr(assurance, "RECORD", record)
    with pytest.raises(Refused):
        assurance.merge([junit])
    assert not record.exists()
    assurance.merge([junit], commit="abcdef0")
    assert {one.file for one in read(record.read_text())} == {WORLD, INTRUDER_FILE}


def test_a_later_run_takes_the_place_of_an_earlier_and_others_stay() -> None:
    stored = merged(run(), run("1234567", pairs=9)[:1])
    assert {one.test.rpartition("::")[2]: one.commit for one in stored} == {
        f"{TEST}[0]": "1234567",
        f"{TEST}[1]": "abcdef0",
    }


def test_what_is_no_longer_there_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "record.json"
    gone = [msgspec.structs.replace(run()[0], test=f"{WORLD}::test_of_yesterday")]
    record.write_text(text_of(gone))
    monkeypatch.setattr(assurance, "RECORD", record)
    assurance.merge([])
    assert {one.file for one in read(record.read_text())} == {INTRUDER_FILE}


def test_runs_that_continue_one_another_are_added_up_and_each_is_named() -> None:
    one = run(pairs=110_000)[0]
    other = msgspec.structs.replace(one, test=f"{WORLD}::{TEST}[1]", commit="1234567")
    line = next(row for row in page([one, other]).splitlines() if "| long |" in row)
    assert "| 220,000 pairs | 2 | 0 | 0 | 2280 |" in line
    assert "`abcdef0`" in line
    assert "`1234567`" in line
