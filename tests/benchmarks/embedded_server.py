"""How long the embedded server takes: `.venv/bin/python -m tests.benchmarks.embedded_server`."""

import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.embedded import EmbeddedServer, is_running
from app.embedded.postmaster import running_postmaster

ROUNDS = 7


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        homes = [Path(directory) / str(number) for number in range(ROUNDS)]
        cold = [first_start(home) for home in homes]
        again = [start_stop_crash(homes[0]) for _ in range(ROUNDS)]
    warm, joined, recovered, stopped = zip(*again, strict=True)
    for name, taken in (
        ("cold start", cold),
        ("warm start", warm),
        ("joining a running one", joined),
        ("start after kill -9", recovered),
        ("stop", stopped),
    ):
        print(f"{name:<22} {statistics.median(taken):6.3f} s  (longest {max(taken):.3f})")


def start_stop_crash(home: Path) -> tuple[float, float, float, float]:
    first, second = EmbeddedServer(home), EmbeddedServer(home)
    warm, joined = seconds(first.start), seconds(second.start)
    os.kill(running_postmaster(home / "database" / "cluster").pid, signal.SIGKILL)
    while is_running(home):
        time.sleep(0.01)
    recovered = seconds(first.start)
    second.stop()
    return warm, joined, recovered, seconds(first.stop)


def first_start(home: Path) -> float:
    server = EmbeddedServer(home)
    taken = seconds(server.start)
    server.stop()
    return taken


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
