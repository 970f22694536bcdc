"""Several processes that answer on one port: started, replaced when they die, ended gently.

The parent opens the port and answers nothing itself, so that a worker's end closes no door. Each
worker holds the reading end of a pipe: when the parent dies, even by kill -9, the workers see its
end and stop as well.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from app.running.logs import tell

ROOT = Path(__file__).resolve().parents[2]
LONGEST_STOP = 15.0
LONGEST_START = 60.0
SHORT_LIFE = 5.0
BACKLOG = 2048


@dataclass
class Worker:
    process: subprocess.Popen[bytes]
    ready: int
    started_at: float

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def became_ready(self) -> bool:
        """Waits until it answers, or until it has ended."""
        give_up_at = time.monotonic() + LONGEST_START
        os.set_blocking(self.ready, False)
        while time.monotonic() < give_up_at and self.is_alive:
            try:
                if os.read(self.ready, 1):
                    return True
            except BlockingIOError:
                pass
            time.sleep(0.02)
        return False


class Workers:
    """`arguments` are those of `serve` that every worker shares."""

    def __init__(self, listener: socket.socket, arguments: list[str], count: int) -> None:
        self.listener = listener
        self.arguments = arguments
        self.count = count
        self.workers: list[Worker] = []
        self._lifeline, self._our_end = os.pipe()
        self._asked: int | None = None

    def run(self) -> None:
        """Until SIGTERM or SIGINT. SIGUSR1 replaces the workers one after the other."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            signal.signal(number, self._ask)
        try:
            self.workers = [self._started() for _ in range(self.count)]
            for worker in self.workers:
                worker.became_ready()
            print("Ready.", file=sys.stderr, flush=True)
            while self._asked is None or self._asked == signal.SIGUSR1:
                if self._asked == signal.SIGUSR1:
                    self._asked = None
                    self._renew()
                self._replace_the_dead()
                time.sleep(0.1)
        finally:
            self.stop()

    def stop(self) -> None:
        """They finish what they are answering; whoever does not is killed after a while."""
        for worker in self.workers:
            if worker.is_alive:
                worker.process.terminate()
        give_up_at = time.monotonic() + LONGEST_STOP
        for worker in self.workers:
            try:
                worker.process.wait(max(0.1, give_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = number

    def _renew(self) -> None:
        """The next one answers before the last one ends: somebody is always there."""
        for place, old in enumerate(self.workers):
            new = self._started()
            if not new.became_ready():
                tell("a new worker did not start; the old one stays", exit=new.process.poll())
                new.process.kill()
                return
            self.workers[place] = new
            old.process.terminate()
            old.process.wait(LONGEST_STOP)
            os.close(old.ready)

    def _replace_the_dead(self) -> None:
        for place, worker in enumerate(self.workers):
            if worker.is_alive:
                continue
            lived = time.monotonic() - worker.started_at
            tell("a worker ended", exit=worker.process.poll(), seconds=round(lived))
            if lived < SHORT_LIFE:
                time.sleep(1)
            os.close(worker.ready)
            self.workers[place] = self._started()

    def _started(self) -> Worker:
        ready, tells = os.pipe()
        listener = self.listener.fileno()
        command = [
            *(sys.executable, "-P", "-m", "app", "serve", *self.arguments),
            *("--as-worker", f"{listener},{self._lifeline},{tells}"),
        ]
        process = subprocess.Popen(  # noqa: S603 - this very program
            command,
            pass_fds=(listener, self._lifeline, tells),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        os.close(tells)
        return Worker(process, ready, time.monotonic())


def open_port(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener
