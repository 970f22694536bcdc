"""`run.py clock`: one JSON document or readable lines, clear refusals, and nothing heavy loaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main

ROOT = Path(__file__).parents[2]


def ask(capsys, *arguments):
    code = main(["clock", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_answer_is_one_document_with_the_five_keys(capsys):
    code, out, err = ask(capsys, "dvpn-hearing", "--from", "2026-04-02 16:00", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "due_at": "2026-04-07T16:00+01:00",
        "calendar": "notice-and-order",
        "left_out": ["2026-04-03", "2026-04-05", "2026-04-06"],
        "doubtful": [],
        "source": "Crime and Security Act 2010 s.27",
    }


@pytest.mark.parametrize(
    ("arguments", "due_at"),
    [
        (["dvpo-breach-court", "--from", "2026-08-29 11:00"], "2026-09-01T11:00+01:00"),
        (["dvpo-breach-court", "--from", "2026-08-30 11:00"], "2026-09-02T00:00+01:00"),
        (["dapn-breach-court", "--from", "2026-08-30 11:00"], "2026-09-02T00:00+01:00"),
        (["court-bail-breach", "--from", "2026-08-30 11:00"], "2026-09-01T00:00+01:00"),
        (["dvpo-end", "--from", "2026-06-01", "--days", "28"], "2026-06-29T00:00+01:00"),
        (["pre-charge-bail", "--from", "2026-11-30 14:00"], "2027-03-01T00:00+00:00"),
        (
            ["pre-charge-bail", "--from", "2026-11-30 14:00", "--rank", "inspector"],
            "2027-06-01T00:00+01:00",
        ),
        (
            ["pre-charge-bail", "--from", "2026-11-30 14:00", "--months", "9"],
            "2027-09-01T00:00+01:00",
        ),
        (["dapo-notify", "--from", "2026-06-01 09:00"], "2026-06-04T00:00+01:00"),
    ],
)
def test_each_kind_is_answered(capsys, arguments, due_at):
    code, out, _ = ask(capsys, *arguments, "--json")
    assert (code, json.loads(out)["due_at"]) == (0, due_at)


def test_a_person_reads_the_doubt_and_the_days_left_out(capsys):
    code, out, _ = ask(capsys, "dvpn-hearing", "--from", "2026-12-24 20:00")
    assert code == 0
    assert "Due       8:00pm on Tuesday 29 December 2026" in out
    assert "Doubtful  Saturday 26 December 2026" in out
    assert "8:00pm on Wednesday 30 December 2026" in out
    assert "Left out  Monday 28 December 2026 (Boxing Day (substitute))" in out
    assert "Source    Crime and Security Act 2010 s.27" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["dvpo-end", "--from", "2026-06-01", "--days", "29"], "s.28(10)"),
        (["dvpn-hearing", "--from", "2026-03-29 01:30"], "There was no 01:30"),
        (["dvpn-hearing", "--from", "2026-10-25 01:30"], "came twice"),
        (["dvpn-hearing", "--from", "2026-11-20"], "time of day"),
        (["dvpn-hearing", "--from", "soon"], "cannot be read"),
        (["pre-charge-bail", "--from", "2022-10-27 10:00"], "28 October 2022"),
        (
            ["pre-charge-bail", "--from", "2026-11-30", "--rank", "inspector", "--months", "7"],
            "a superintendent may give 7",
        ),
    ],
)
def test_bad_input_is_refused_in_words_with_code_1(capsys, arguments, words):
    code, out, err = ask(capsys, *arguments)
    assert (code, out) == (1, "")
    assert words in err
    code, out, _ = ask(capsys, *arguments, "--json")
    assert code == 1
    assert words in json.loads(out)["refused"][0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["dvpo-end", "--from", "2026-06-01"],
        ["dvpo-end", "--from", "2026-06-01", "--months", "1"],
        ["dvpn-hearing", "--from", "2026-06-01 10:00", "--days", "2"],
        ["dapo-notify", "--from", "2026-06-01", "--rank", "inspector"],
    ],
)
def test_options_that_do_not_fit_the_kind_are_bad_usage(capsys, arguments):
    code, out, err = ask(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize(
    "arguments",
    [["asbo", "--from", "2026-06-01"], ["dvpo-end"], ["dvpo-end", "--from", "x", "--days", "two"]],
)
def test_what_cannot_be_parsed_is_bad_usage(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        ask(capsys, *arguments)
    assert left.value.code == 2


def test_the_other_hour_of_the_night_the_clocks_go_back_can_be_named(capsys):
    first = ask(capsys, "dvpn-hearing", "--from", "2026-10-25 01:30+01:00", "--json")
    second = ask(capsys, "dvpn-hearing", "--from", "2026-10-25 01:30+00:00", "--json")
    assert first == second
    assert json.loads(first[1])["due_at"] == "2026-10-28T00:00+00:00"


def test_no_database_and_no_calendar_package_is_loaded_for_it():
    program = (
        "import sys; from app.__main__ import main;"
        "main(['clock', 'dvpn-hearing', '--from', '2026-11-20 18:30']);"
        "print(sorted({'piccolo', 'asyncpg', 'holidays', 'litestar', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
