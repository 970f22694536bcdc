"""The database killed, gone, slow and full: plain words, nothing lost, back unaided."""

import asyncio
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.databases import LONGEST_WAIT, open_databases
from app.demo.accounts import CAST, create_demo_accounts
from app.embedded import EmbeddedServer
from app.migration import migrate
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from tests.cast import Cast
from tests.own_home import own_home
from tests.running.test_workers import Service, service, signed_in

WORDS = "The service cannot reach its records just now"


def ready_within() -> float:
    """Ten seconds of a machine that has nothing else to do; more where others load it now."""
    return 10.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Posting:
    """Posts forms from several browsers at once, and remembers what was acknowledged."""

    def __init__(self, base: str, cookie: str, *, browsers: int = 3) -> None:
        self.base = base
        self.cookie = cookie
        self.acknowledged: list[str] = []
        self.answers: Counter[int] = Counter()
        self.pages_of_503: set[bool] = set()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._post) for _ in range(browsers)]

    def __enter__(self) -> "Posting":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    def _post(self) -> None:
        with httpx.Client(
            base_url=self.base, cookies={"waymark": self.cookie}, timeout=60
        ) as client:
            while not self._over.is_set():
                name = f"Hall {uuid4()}"
                sent = {"submission": str(uuid4()), "version": "", "name": name}
                try:
                    answer = client.post("/rooms/venues", data=sent)
                except httpx.HTTPError:
                    continue
                self.answers[answer.status_code] += 1
                if answer.status_code == 303 and "sign-in" not in answer.headers["location"]:
                    self.acknowledged.append(name)
                elif answer.status_code == 503:
                    self.pages_of_503.add(WORDS in answer.text)
                    time.sleep(0.1)

    def wait_for_another(self, within: float) -> float:
        began, before = time.monotonic(), len(self.acknowledged)
        while len(self.acknowledged) == before:
            assert time.monotonic() - began < within, f"not ready: {self.answers}"
            time.sleep(0.02)
        return time.monotonic() - began


def _postmaster(home: Path) -> int:
    return int((home / "database" / "cluster" / "postmaster.pid").read_text().split()[0])


def acknowledged_and_lost(
    directory: Path, kills: int, *, synchronous: bool = True
) -> tuple[int, int]:
    """How many writes were acknowledged while the database was killed, and how many are gone."""
    home = directory / "home"
    with own_home(home) as own:
        own.run("user", "create", "m@example.org", "--role", "manager", "--name", "A B")
        if not synchronous:
            own.tamper(Side.WORK, "ALTER DATABASE work SET synchronous_commit = off")
            with (home / "database" / "cluster" / "postgresql.auto.conf").open("a") as file:
                file.write("wal_writer_delay = '10s'\n")
            own.tamper(Side.WORK, "SELECT pg_reload_conf()")
        cookie = signed_in(own, "m@example.org")
        with service(own, directory, ready="Serving on") as running:
            with Posting(running.base, cookie) as posting:
                for _ in range(kills):
                    posting.wait_for_another(ready_within())
                    time.sleep(0.2)
                    os.kill(_postmaster(home), signal.SIGKILL)
                    posting.wait_for_another(ready_within())
            said_in_words(posting, running)
        # What was on its way at the last kill may have been heard of before the server was back.
        with EmbeddedServer(home):
            kept = {row[0] for row in own.look(Side.WORK, "SELECT name FROM venue")}
            unaudited = own.look(
                Side.WORK,
                "SELECT count(*) FROM venue v WHERE NOT EXISTS (SELECT FROM audit.entry e "
                "WHERE e.resource = 'venue' AND e.row_id = v.id::text)",
            )
        assert unaudited == [(0,)]
        return len(posting.acknowledged), len(set(posting.acknowledged) - kept)


def said_in_words(posting: Posting, running: Service) -> None:
    """Every answer was a success, or the page that says that the records cannot be reached."""
    unforeseen = [one for one in running.lines() if one["level"] == "error"]
    assert set(posting.answers) <= {303, 503}, (posting.answers, unforeseen[:3])
    assert posting.pages_of_503 <= {True}


@pytest.mark.slow
def test_a_killed_database_loses_nothing_acknowledged_and_is_back(tmp_path: Path) -> None:
    assert acknowledged_and_lost(tmp_path, 2)[1] == 0


@pytest.mark.deep
def test_the_control_run_without_waiting_for_the_disk_does_lose(
    tmp_path: Path, record_property: Any
) -> None:
    """So that the one above, and those in `test_kill_cycles.py`, are known to be able to fail."""
    acknowledged, lost = acknowledged_and_lost(tmp_path, 10, synchronous=False)
    record_property("acknowledged by the control", acknowledged)
    record_property("and lost by it, as it must", lost)
    assert lost > 0


@pytest.mark.parametrize("seconds", [0, pytest.param(30, marks=pytest.mark.deep)])
async def test_a_database_that_is_away_is_told_of_plainly_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, seconds: int, record_property: Any
) -> None:
    # Short: a home with a long path has its socket elsewhere after each start.
    settings = Settings(home=tmp_path_factory.mktemp("h"))
    with EmbeddedServer(settings.home) as embedded:
        server = await asyncio.to_thread(embedded.start)
        await migrate(settings, server)
        async with open_databases(settings, server) as databases:
            await create_demo_accounts(databases, now=SystemClock().now(), cast=CAST)
            async with Cast(databases, SystemClock()) as cast:
                browser = await cast.as_("manager")
                assert (await browser.get("/people")).status_code == 200
                await asyncio.to_thread(embedded.stop)
                for address in ("/people", "/api/v1/people", "/sign-in"):
                    answer = await browser.get(address)
                    assert answer.status_code in (503, 200), answer.text
                    assert answer.status_code == 200 or WORDS in answer.text
                assert (await browser.get("/people")).status_code == 503
                assert (await browser.get("/health")).status_code == 200
                refused = await _told_for(seconds, browser)
                await asyncio.to_thread(embedded.start)
                assert await _status_within(ready_within(), browser, "/people") == 200
    record_property("pages that said so meanwhile", refused)


async def _told_for(seconds: int, browser: httpx.AsyncClient) -> int:
    """Each page says so at once and in words, for as long as the database is away."""
    over, refused = time.monotonic() + seconds, 0
    while time.monotonic() < over:
        for address in ("/people", "/api/v1/people"):
            began = time.monotonic()
            answer = await browser.get(address)
            assert (answer.status_code, WORDS in answer.text) == (503, True)
            assert time.monotonic() - began < ready_within() / 2
            refused += 1
        await asyncio.sleep(0.2)
    return refused


async def _status_within(seconds: float, browser: httpx.AsyncClient, address: str) -> int:
    for _ in range(int(seconds * 10)):
        if (answer := await browser.get(address)).status_code != 503:
            return answer.status_code
        await asyncio.sleep(0.1)
    return 503


# Waiting as a slow disk, or somebody's long transaction, makes every writer of a table wait.
SLOW = "BEGIN; LOCK TABLE venue IN ACCESS EXCLUSIVE MODE"


@pytest.mark.deep
@pytest.mark.parametrize("browsers", [3, 14])
def test_a_slow_database_is_told_of_plainly_and_goes_on_unaided(
    tmp_path: Path, browsers: int, record_property: Any
) -> None:
    """Three wait among others who do not; fourteen are more than there are connections."""
    with own_home(tmp_path / "home") as own:
        own.run("user", "create", "m@example.org", "--role", "manager", "--name", "A B")
        cookie, another = (signed_in(own, "m@example.org") for _ in range(2))
        with service(own, tmp_path, ready="Serving on") as running:
            with Posting(running.base, cookie, browsers=browsers) as posting:
                posting.wait_for_another(ready_within())
                with own.holding(Side.WORK, SLOW):
                    longest, others = _others_for(40, running.base, another)
                back = posting.wait_for_another(ready_within())
            said_in_words(posting, running)
        kept = {row[0] for row in own.look(Side.WORK, "SELECT name FROM venue")}
    assert set(posting.acknowledged) <= kept
    assert posting.answers[503] >= 3
    assert set(others) <= ({200} if browsers == 3 else {200, 503})
    assert longest < (ready_within() if browsers == 3 else 2 * LONGEST_WAIT)
    record_property("forms told to try again", posting.answers[503])
    record_property("other pages answered meanwhile", others[200])
    record_property("other pages that said so meanwhile", others[503])
    record_property("seconds for the slowest of them", round(longest, 1))
    record_property("seconds until the next form was taken", round(back, 1))


def _others_for(seconds: int, base: str, cookie: str) -> tuple[float, Counter[int]]:
    """What pages say that need nothing of the slow table, and how long the slowest took."""
    over, longest, answers = time.monotonic() + seconds, 0.0, Counter[int]()
    with httpx.Client(base_url=base, cookies={"waymark": cookie}, timeout=60) as client:
        while time.monotonic() < over:
            began = time.monotonic()
            answer = client.get("/people")
            longest = max(longest, time.monotonic() - began)
            assert answer.status_code == 200 or WORDS in answer.text
            answers[answer.status_code] += 1
            time.sleep(0.2)
    return longest, answers


@contextmanager
def small_disk(directory: Path, megabytes: int) -> Iterator[Path]:
    directory.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(directory)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("no small disk can be made here")
    try:
        yield directory
    finally:
        subprocess.run(["umount", "-l", str(directory)], check=False)


def _fill(filler: Path) -> None:
    with filler.open("wb") as file:
        while True:
            file.write(bytes(1024 * 1024))
            file.flush()


@pytest.mark.deep
def test_a_full_disk_is_told_of_plainly_and_room_is_enough_to_go_on(
    tmp_path: Path, record_property: Any
) -> None:
    with small_disk(tmp_path / "disk", 260) as disk, own_home(disk / "h") as own:
        own.run("user", "create", "m@example.org", "--role", "manager", "--name", "A B")
        cookie = signed_in(own, "m@example.org")
        with service(own, tmp_path, ready="Serving on") as running:
            filler = disk / "filler"
            with Posting(running.base, cookie) as posting:
                posting.wait_for_another(ready_within())
                with pytest.raises(OSError, match="space"):
                    _fill(filler)
                time.sleep(5)
                filler.unlink()
                posting.wait_for_another(60)
            said_in_words(posting, running)
        kept = {row[0] for row in own.look(Side.WORK, "SELECT name FROM venue")}
        assert set(posting.acknowledged) <= kept
    record_property("forms acknowledged, none lost", len(posting.acknowledged))
    record_property("forms told to try again", posting.answers[503])
