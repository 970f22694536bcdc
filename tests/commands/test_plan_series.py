"""plan-series prints the plan of a series and changes nothing."""

import argparse
import asyncio
import json
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from app.__main__ import main
from app.cli import plan_series
from programmes.common.db import Side
from tests.cast import Company

TUESDAY = ["--slot", "tuesday 18:00"]


@pytest.fixture
def fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("APP_HOME", str(tmp_path / "a home"))
    return tmp_path / "a home"


def _run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["plan-series", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_plan_of_caring_dads_is_a_list_of_seventeen_sessions(capsys, fresh_home):
    code, out, _ = _run(
        capsys, "--programme", "caring-dads", "--from", "2026-09-08", *TUESDAY, "--json"
    )
    plan = json.loads(out)
    assert (code, len(plan)) == (0, 17)
    assert plan[0] == {
        "number": 1,
        "module": 1,
        "kind": "group",
        "starts_at": "2026-09-08T18:00:00+01:00",
        "ends_at": "2026-09-08T20:00:00+01:00",
    }
    assert plan[16]["starts_at"] == "2026-12-29T18:00:00+00:00"
    assert [s["number"] for s in plan if s["kind"] == "individual"] == [9, 15]
    assert not fresh_home.exists()


def test_cara_is_two_workshops_four_weeks_apart(capsys, fresh_home):
    arguments = ["--programme", "cara", "--from", "2026-10-01", "--slot", "Sat 10:00", "--json"]
    code, out, _ = _run(capsys, *arguments)
    a, b = (datetime.fromisoformat(s["starts_at"]) for s in json.loads(out))
    assert (code, (b.date() - a.date()).days) == (0, 28)


def test_the_days_that_the_service_closes_are_left_out_and_told(capsys, fresh_home):
    arguments = ["--programme", "caring-dads", "--from", "2026-09-08", *TUESDAY]
    code, out, err = _run(capsys, *arguments, "--closed", "2026-12-22..2027-01-01")
    assert code == 0
    assert "Tue 05 Jan 2027 18:00-20:00" in out
    assert "Tuesday 22 December 2026 (the service is closed)" in err


def test_several_slots_may_be_given_and_more_than_usual_is_told(capsys, fresh_home):
    arguments = ["--programme", "caring-dads", "--from", "2026-09-08", *TUESDAY, "--json"]
    code, out, err = _run(capsys, *arguments, "--slot", "thursday 18:00")
    assert (code, len(json.loads(out))) == (0, 17)
    assert "2 slots a week" in err


def test_a_planned_programme_is_refused(capsys, fresh_home):
    arguments = ["--programme", "dvpp", "--from", "2026-09-08", *TUESDAY]
    code, out, err = _run(capsys, *arguments, "--json")
    assert code == 1
    assert json.loads(out) == {"refused": [err.strip()]}
    assert "not yet open" in err
    assert _run(capsys, *arguments)[1] == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--programme", "no-such", "--from", "2026-09-08", *TUESDAY], "no programme 'no-such'"),
        (["--programme", "cara", "--from", "31/02/2026", *TUESDAY], "is not a day"),
        (["--programme", "cara", "--from", "2026-02-31", *TUESDAY], "is not a day"),
        (["--programme", "cara", "--from", "2026-09-08", "--slot", "18:00"], "not a weekly slot"),
        (["--programme", "cara", "--from", "2026-09-08", "--slot", "tues"], "not a weekly slot"),
        (["--programme", "cara", "--from", "2026-09-08", "--slot", "xyz 9:00"], "not a weekly"),
        (["--programme", "cara", "--from", "2026-09-08", "--slot", "mon 24:00"], "time of day"),
        (
            ["--programme", "cara", "--from", "2026-09-08", *TUESDAY, "--closed", "2027-01-01.."
             "2026-12-22"],
            "does not end after",
        ),
        (
            ["--programme", "cara", "--from", "2026-09-08", *TUESDAY, "--closed", "2027-01-01.."
             "2037-01-09"],
            "is too long: at most 3660 days",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_bad_usage(capsys, fresh_home, arguments, message):
    code, out, err = _run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_slot_that_cannot_hold_a_session_is_refused(capsys, fresh_home):
    arguments = ["--programme", "cara", "--from", "2026-09-08", "--slot", "tuesday 20:00"]
    code, _, err = _run(capsys, *arguments)
    assert code == 1
    assert "past midnight" in err


async def test_a_programme_entered_here_is_planned_round_closed_days_that_were_entered(
    company: Company, capsys
) -> None:
    code = f"entered-{uuid4().hex[:8]}"
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(_ENTERED, code)
        await owner.execute(_CLOSED)
        before = await owner.fetchval("SELECT count(*) FROM auth.sign_in")
    parser = argparse.ArgumentParser()
    plan_series.add_arguments(parser)
    asked = ["--programme", code, "--from", "2099-09-08", *TUESDAY, "--json"]
    settings = company.databases.settings
    assert await asyncio.to_thread(plan_series.run, parser.parse_args(asked), settings) == 0
    printed = capsys.readouterr()
    assert [one["number"] for one in json.loads(printed.out)] == list(range(1, 18))
    assert "2099-09-22" not in printed.out
    assert "An away day" in printed.err
    async with company.owner(Side.WORK) as owner:
        assert await owner.fetchval("SELECT count(*) FROM auth.sign_in") == before


_ENTERED = """
WITH made AS (
    INSERT INTO programme (id, code, name, status, created_at, version)
    VALUES (gen_random_uuid(), $1, 'Entered by form', 'open', now(), 1) RETURNING id)
INSERT INTO programme_version (id, programme_id, number, valid_from, source, rules)
SELECT gen_random_uuid(), made.id, 1, '2010-01-01', 'A form', v.rules
FROM made, programme_version v JOIN programme g ON g.id = v.programme_id
WHERE g.code = 'caring-dads' ORDER BY v.number LIMIT 1
"""
_CLOSED = """
INSERT INTO closure (id, from_on, until_on, why)
VALUES (gen_random_uuid(), '2099-09-22', '2099-09-22', 'An away day')
"""
