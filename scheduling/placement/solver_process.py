"""Starts the process that solves, hears its news in time, and leaves none of it behind."""

import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from scheduling.placement.messages import News, Task

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-m", "scheduling.placement.worker")
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR")
_PIECE = 1 << 20

LONGEST_START = 60.0
GRACE = 5.0


class SolverDied(Exception):
    """It ended before it had finished; the message is the last that it said."""


def news_of(
    task: Task, *, command: tuple[str, ...] = _COMMAND, grace: float = GRACE
) -> Iterator[News]:
    """Until it is done. Raises SolverDied, and TimeoutError where it does not keep to its time."""
    with tempfile.TemporaryFile() as complaints, _started(command, complaints) as process:
        give_up_at = time.monotonic() + LONGEST_START
        _hand_over(process, task)
        lines = _Lines(process.stdout)
        while line := lines.next_by(give_up_at):
            news = msgspec.json.decode(line, type=News)
            if news.ready:
                give_up_at = time.monotonic() + task.seconds + grace
            yield news
            if news.done:
                return
        raise SolverDied(_last_words(complaints))


@contextmanager
def _started(command: tuple[str, ...], complaints: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """In a session of its own: Ctrl-C reaches the starter alone, which then ends it."""
    process = subprocess.Popen(  # noqa: S603  our own module, nothing from the user
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except BrokenPipeError:
        pass  # what was still to be said has nobody to hear it


def _hand_over(process: subprocess.Popen[bytes], task: Task) -> None:
    """Its standard input stays open: when that closes, the worker knows that it is alone."""
    assert process.stdin is not None
    try:
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        pass  # it has died already, which reading finds out


class _Lines:
    """Whole lines from a pipe, each waited for until a moment."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        assert pipe is not None
        self.descriptor = pipe.fileno()
        self.held = b""
        self.selector = selectors.DefaultSelector()
        self.selector.register(pipe, selectors.EVENT_READ)

    def next_by(self, moment: float) -> bytes:
        """Empty where there are no more. Raises TimeoutError."""
        while b"\n" not in self.held:
            if not self.selector.select(max(0.0, moment - time.monotonic())):
                raise TimeoutError
            piece = os.read(self.descriptor, _PIECE)
            if not piece:
                return b""
            self.held += piece
        line, _, self.held = self.held.partition(b"\n")
        return line


def _last_words(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
