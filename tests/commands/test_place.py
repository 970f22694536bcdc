"""The command that proposes who goes where, run as an operator runs it; and its worker's end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.bench.placement_instances import placement_instance
from scheduling.placement.messages import News, Task
from scheduling.placement.proposals import DIED, Best, propose
from scheduling.placement.reading import read_instance
from scheduling.placement.rules import objective, reasons_not_allowed
from scheduling.placement.solver_process import SolverDied, news_of
from scheduling.placement.words import Instance
from tests.rules.placement_worlds import cohort, person, solved, world

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests/data/placement/example.json"
EMPTY = world([], [])


def place(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", "place", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def placed(*arguments: str | Path) -> tuple[int, str, str]:
    process = place(*arguments)
    output, complaints = process.communicate(timeout=60)
    return process.returncode, output, complaints


@pytest.fixture
def stubborn(tmp_path: Path) -> Path:
    """Many languages and much choice: no solver proves it in the time of a test."""
    chance, raw = Random(5), placement_instance(1000, 80, seed=5)
    for one in raw["people"]:
        one["needs_interpreter"] = chance.choice([None, "ar", "pl", "ur"])
        cohorts = chance.sample(raw["cohorts"], 10)
        one["options"] = [
            {"cohort": c["id"], "value": chance.randrange(500, 3000)} for c in cohorts
        ]
    path = tmp_path / "stubborn.json"
    path.write_text(json.dumps(raw))
    return path


def checked(path: Path, output: str) -> dict[str, Any]:
    """The one document on standard output, and that what it says of itself is so."""
    answer: dict[str, Any] = json.loads(output)
    instance = read_instance(path.read_bytes())
    assert set(answer) == {
        "placements",
        "objective",
        "bound",
        "proven",
        "seconds",
        "not_placed",
    }
    assert reasons_not_allowed(instance, answer["placements"]) == ()
    assert objective(instance, answer["placements"]) == answer["objective"] <= answer["bound"]
    assert answer["proven"] is (answer["objective"] == answer["bound"])
    everybody = {one.id for one in instance.people}
    assert answer["not_placed"].keys() == everybody - answer["placements"].keys()
    assert all(answer["not_placed"].values())
    return answer


def worker_of(process: subprocess.Popen[str]) -> int:
    """The process that it starts, once it is there."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(600):
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.05)
    raise AssertionError("no worker was started")


def is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_the_example_is_proven_as_documented() -> None:
    code, output, complaints = placed("--input", EXAMPLE, "--json")

    answer = checked(EXAMPLE, output)
    assert (code, complaints) == (0, "")
    assert (answer["objective"], answer["bound"], answer["proven"]) == (363530, 363530, True)
    assert answer["seconds"] < 30
    assert answer["placements"] == solved(read_instance(EXAMPLE.read_bytes())).placements


def test_without_json_it_is_told_in_words(tmp_path: Path) -> None:
    raw = placement_instance(12, 2, seed=1)
    raw["rules"]["smallest_cohort"] = 1
    (tmp_path / "few.json").write_text(json.dumps(raw))

    code, output, _ = placed("--input", tmp_path / "few.json")

    assert code == 0
    assert "proven, nothing is worth more" in output.splitlines()[0]
    assert "Not placed" in output


def test_a_bad_file_is_refused_with_every_reason_and_its_name(tmp_path: Path) -> None:
    raw = placement_instance(2, 1, seed=1)
    raw["cohorts"][0]["capacity"] = -1
    raw["apart"] = [["p0", "p9"]]
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(raw))

    code, output, complaints = placed("--input", path, "--json")

    assert code == 1
    assert json.loads(output)["refused"] == complaints.splitlines()
    assert complaints.splitlines() == [
        f"{path}: cohorts[0].capacity: -1 is not a whole number from 0 to 1,000,000.",
        f'{path}: apart[0]: there is no person "p9".',
    ]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.json", tmp_path):
        code, output, complaints = placed("--input", path, "--json")
        assert code == 1
        assert complaints.startswith(f"{path}: it cannot be read")
        assert len(json.loads(output)["refused"]) == 1


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "inf"])
def test_a_time_that_is_none_is_bad_usage(seconds: str) -> None:
    assert placed("--input", EXAMPLE, f"--seconds={seconds}")[0] == 2


@pytest.mark.slow
def test_out_of_time_it_tells_how_far_it_may_be_off(stubborn: Path) -> None:
    code, output, _ = placed("--input", stubborn, "--json", "--seconds", "2")

    answer = checked(stubborn, output)
    assert code == 0
    assert not answer["proven"]
    assert answer["bound"] < 1.5 * answer["objective"]


@pytest.mark.slow
def test_when_the_worker_dies_the_best_so_far_is_given(stubborn: Path) -> None:
    process = place("--input", stubborn, "--json", "--seconds", "40")
    os.kill(worker_of(process), signal.SIGKILL)
    output, complaints = process.communicate(timeout=30)

    assert process.returncode == 0
    assert complaints.strip() == DIED
    assert not checked(stubborn, output)["proven"]


@pytest.mark.slow
def test_ctrl_c_ends_it_and_its_worker_without_a_traceback(stubborn: Path) -> None:
    process = place("--input", stubborn, "--json", "--seconds", "40")
    worker = worker_of(process)
    process.send_signal(signal.SIGINT)
    output, complaints = process.communicate(timeout=30)

    assert process.returncode == 130
    assert json.loads(output) == {"refused": ["Stopped before there was an answer."]}
    assert complaints == "Stopped before there was an answer.\n"
    assert is_gone(worker)


@pytest.mark.slow
def test_the_worker_does_not_outlive_whoever_started_it(stubborn: Path) -> None:
    process = place("--input", stubborn, "--seconds", "40")
    worker = worker_of(process)
    process.kill()
    process.communicate(timeout=30)

    assert is_gone(worker)


def worker_that(*lines: str) -> tuple[str, ...]:
    return (sys.executable, "-c", "\n".join(("import sys, time", *lines)))


def heard(command: tuple[str, ...], *, grace: float = 30) -> Iterator[News]:
    task = Task(instance=EMPTY, start={}, seconds=0)
    return news_of(task, command=command, grace=grace)


def test_a_worker_that_ends_without_a_word_has_died() -> None:
    with pytest.raises(SolverDied, match="out of memory"):
        list(heard(worker_that("sys.exit('out of memory')")))


def test_a_worker_that_stops_half_way_through_a_line_has_died() -> None:
    half = """print('{"ready":true}'); print('{"bound":7', end='')"""

    with pytest.raises(SolverDied):
        list(heard(worker_that(half)))


def test_a_worker_that_does_not_keep_to_its_time_is_not_waited_for() -> None:
    says_ready = """print('{"ready":true}', flush=True); time.sleep(60)"""

    with pytest.raises(TimeoutError):
        list(heard(worker_that(says_ready), grace=0.2))


def test_with_nobody_or_nothing_open_no_worker_is_needed() -> None:
    for instance in (EMPTY, world([cohort("here")], [person("a")]), world([], [person("a")])):
        answer = propose(instance, seconds=1)
        assert (answer.objective, answer.bound, answer.proven) == (0, 0, True)
        assert answer.not_placed == {p.id: ("No open group is suitable.",) for p in instance.people}


def test_an_answer_of_the_worker_that_breaks_a_rule_is_not_believed() -> None:
    instance: Instance = world([cohort("here", 1)], [person("a", here=5), person("b", here=4)])
    best = Best(instance, {"b": "here"})

    best.hear(News(placements={"a": "here", "b": "here"}, bound=1))

    assert (best.placements, best.objective) == ({"b": "here"}, 4)
    assert not best.is_proven
