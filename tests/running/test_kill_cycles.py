"""Database, web and job processes killed at any moment, over and over, while forms are sent."""

import os
import signal
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.job_list import JOBS
from programmes.common.db import Side
from tests.own_home import OwnHome, own_home
from tests.running.test_faults import Posting, _postmaster, ready_within, said_in_words
from tests.running.test_workers import Service, service, signed_in

KINDS = ("database", "web", "job")
HOMES = 3
"""Side by side, each with its own database and service: while one comes back, another is killed."""
CUT_OFF = "SELECT count(*) FROM job_run WHERE outcome = 'running'"
NOT_ONCE_IN_THE_AUDIT = (
    "SELECT v.id FROM venue v WHERE 1 <> (SELECT count(*) FROM audit.entry e "
    "WHERE e.resource = 'venue' AND e.operation = 'insert' AND e.row_id = v.id::text)"
)


def kill(kind: str, own: OwnHome, running: Service, chance: Random) -> None:
    if kind == "database":
        os.kill(_postmaster(own.home), signal.SIGKILL)
    elif kind == "web":
        os.kill(chance.choice(running.workers()), signal.SIGKILL)
    else:
        job = own.start("run-job", chance.choice(JOBS).name)
        time.sleep(chance.uniform(0.5, 3.0))
        job.kill()
        job.communicate()


def seconds_until_taken(posting: Posting) -> float:
    """Until a form that was sent after the kill is acknowledged."""
    began, name = time.monotonic(), f"Hall {uuid4()}"
    with httpx.Client(base_url=posting.base, cookies={"waymark": posting.cookie}) as client:
        while time.monotonic() - began < ready_within():
            sent = {"submission": str(uuid4()), "version": "", "name": name}
            with suppress(httpx.HTTPError):
                if client.post("/rooms/venues", data=sent).status_code == 303:
                    posting.acknowledged.append(name)
                    return time.monotonic() - began
            time.sleep(0.02)
    raise AssertionError(f"not ready: {posting.answers}")


def cycles(directory: Path, times: int, *, seed: int) -> dict[str, Any]:
    """What was lost, what the audit does not have once, and how long it was away each time."""
    home, chance, killed, away = directory / "home", Random(seed), Counter[str](), list[float]()
    with own_home(home) as own:
        own.run("user", "create", "m@example.org", "--role", "manager", "--name", "A B")
        cookie = signed_in(own, "m@example.org")
        with service(own, directory, "--workers", "2") as running:
            with Posting(running.base, cookie) as posting:
                posting.wait_for_another(120)  # it is up: from here on it is killed
                for turn in range(times):
                    posting.wait_for_another(ready_within())
                    time.sleep(chance.uniform(0.0, 0.4))
                    kind = KINDS[turn % len(KINDS)]
                    kill(kind, own, running, chance)
                    killed[kind] += 1
                    away.append(seconds_until_taken(posting))
            said_in_words(posting, running)
        kept = {row[0] for row in own.look(Side.WORK, "SELECT name FROM venue")}
        unlike = own.look(Side.WORK, NOT_ONCE_IN_THE_AUDIT)
        ((cut_off,),) = own.look(Side.WORK, CUT_OFF)
        assert own.run("verify-audit").code == 0
    lost = set(posting.acknowledged) - kept
    return {
        "lost": lost,
        "unlike": unlike,
        "killed": killed,
        "acknowledged": len(posting.acknowledged),
        "jobs cut off": cut_off,
        "away": away,
    }


def side_by_side(directory: Path, times: int, *, seed: int) -> list[dict[str, Any]]:
    """So many cycles in each of several homes, each in a process of its own."""
    with ProcessPoolExecutor(HOMES, get_context("spawn")) as pool:
        running = []
        for number in range(HOMES):
            own = directory / str(number)
            own.mkdir()
            running.append(pool.submit(cycles, own, times, seed=seed + number))
        return [one.result() for one in running]


@pytest.mark.deep
def test_three_hundred_kills_lose_nothing_acknowledged(
    tmp_path_factory: pytest.TempPathFactory, record_property: Any
) -> None:
    """Its control, which must lose, is in `test_faults.py`: it does not wait for the disk."""
    # Short: a home with a long path has its socket elsewhere after each start.
    found = side_by_side(tmp_path_factory.mktemp("k"), 300 // HOMES, seed=11)
    away = [seconds for one in found for seconds in one["away"]]
    for kind in KINDS:
        record_property(f"kills of a {kind} process", sum(one["killed"][kind] for one in found))
    record_property("jobs cut off in the middle", sum(one["jobs cut off"] for one in found))
    record_property("forms acknowledged", sum(one["acknowledged"] for one in found))
    record_property("acknowledged and lost", sum(len(one["lost"]) for one in found))
    record_property("rows not once in the audit", sum(len(one["unlike"]) for one in found))
    record_property("seconds away at most", round(max(away), 1))
    record_property("seconds away, half of them under", round(median(away), 2))
    assert [(one["lost"], one["unlike"]) for one in found] == [(set(), [])] * HOMES
    assert len(away) == 300
