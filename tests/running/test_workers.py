"""Several processes on one port: one who dies is replaced, and nothing acknowledged is lost."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from programmes.common.db import Side
from tests.own_home import ROOT, OwnHome


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    def __init__(self, process: subprocess.Popen[str], port: int, log: Path) -> None:
        self.process = process
        self.base = f"http://127.0.0.1:{port}"
        self.log = log

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [
            int(pid)
            for pid in children.split()
            if b"--as-worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]

    def lines(self) -> list[dict[str, object]]:
        return [
            json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")
        ]


@contextmanager
def service(
    own: OwnHome, directory: Path, *arguments: str, ready: str = "Ready."
) -> Iterator[Service]:
    port, log = free_port(), directory / "serve.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", *arguments],
            cwd=ROOT,
            env={**os.environ, "APP_HOME": str(own.home), "PORT": str(port)},
            stderr=out,
            text=True,
        )
    try:
        _wait_for(lambda: ready in log.read_text() or process.poll() is not None, 60)
        yield Service(process, port, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for(condition, seconds: float) -> None:  # type: ignore[no-untyped-def]
    give_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up_at, "it took too long"
        time.sleep(0.05)


def signed_in(own: OwnHome, email: str) -> str:
    """A live session of this account, as the door would have made it, past its first password."""
    import asyncio

    from app.databases import open_databases
    from app.settings import Settings
    from app.signing_in.door import start
    from programmes.common.clock import SystemClock
    from programmes.common.db import fetch_value

    async def come_in() -> str:
        async with (
            open_databases(Settings(home=own.home), own.server, (Side.WORK,)) as databases,
            databases.transaction("work_door"),
        ):
            account = await fetch_value("SELECT id FROM auth.account WHERE email = $1", email)
            return (await start(Side.WORK, account, SystemClock().now())).text

    own.tamper(Side.WORK, "UPDATE auth.account SET password_is_first = false")
    return asyncio.run(come_in())


def _write_venues(base: str, cookie: str, names: list[str], stop: threading.Event) -> list[str]:
    """Posts forms until told to stop; what was answered with success was acknowledged."""
    acknowledged: list[str] = []
    number = 0
    with httpx.Client(base_url=base, cookies={"waymark": cookie}, timeout=20) as client:
        while not stop.is_set():
            number += 1
            name = f"Hall {os.getpid()} {threading.get_ident()} {number}"
            names.append(name)
            try:
                sent = {"submission": str(uuid4()), "version": "", "name": name}
                answer = client.post("/rooms/venues", data=sent)
                if answer.status_code == 303:
                    acknowledged.append(name)
            except httpx.HTTPError:
                continue
    return acknowledged


@pytest.mark.slow
def test_killed_workers_lose_nothing_acknowledged_and_are_replaced(
    own: OwnHome, tmp_path: Path
) -> None:
    own.run("user", "create", "m@example.org", "--role", "manager", "--name", "A B")
    cookie = signed_in(own, "m@example.org")
    stop, results = threading.Event(), []
    with service(own, tmp_path, "--workers", "2") as running:
        threads = [
            threading.Thread(
                target=lambda: results.append(_write_venues(running.base, cookie, [], stop))
            )
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        killed = 0
        for _ in range(3):
            time.sleep(1.0)
            before = running.workers()
            os.kill(before[0], signal.SIGKILL)
            killed += 1
            _wait_for(lambda b=before: set(running.workers()) - set(b), 20)
        time.sleep(1.0)
        stop.set()
        for thread in threads:
            thread.join(30)
        assert httpx.get(f"{running.base}/health").status_code == 200
        assert len(running.workers()) == 2
        assert [one["event"] for one in running.lines()].count("a worker ended") == killed
    assert running.process.returncode == 0
    acknowledged = [name for each in results for name in each]
    kept = {row[0] for row in own.look(Side.WORK, "SELECT name FROM venue")}
    assert len(acknowledged) > 5
    assert set(acknowledged) <= kept
    unaudited = own.look(
        Side.WORK,
        "SELECT count(*) FROM venue v WHERE NOT EXISTS (SELECT FROM audit.entry e "
        "WHERE e.resource = 'venue' AND e.row_id = v.id::text)",
    )
    assert unaudited == [(0,)]


def test_a_rolling_restart_answers_every_request_and_orphans_end(
    own: OwnHome, tmp_path: Path
) -> None:
    with service(own, tmp_path, "--workers", "2") as running:
        before, failed, asked = set(running.workers()), 0, 0
        running.process.send_signal(signal.SIGUSR1)
        give_up_at = time.monotonic() + 40
        while set(running.workers()) & before and time.monotonic() < give_up_at:
            asked += 1
            try:
                failed += httpx.get(f"{running.base}/sign-in", timeout=10).status_code != 200
            except httpx.HTTPError:  # one retry mends it
                failed += httpx.get(f"{running.base}/sign-in", timeout=10).status_code != 200
        assert not set(running.workers()) & before
        assert (failed, asked > 3) == (0, True)
        lines = running.lines()
        routes = {one.get("route") for one in lines if one["event"] == "answered"}
        assert "/sign-in" in routes
        assert all(set(one) <= ALLOWED for one in lines if one["event"] == "answered")
        workers = running.workers()
        running.process.kill()  # even then nobody is left behind
        _wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 20)


ALLOWED = {"at", "level", "from", "event", "side", "method", "route", "status", "ms"}
