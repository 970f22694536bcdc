"""Reading a workbook that may be hostile: the parent's side, which never parses the file itself."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Final

import msgspec

import programmes
from programmes.common.workbooks.text import shown
from programmes.common.workbooks.words import (
    MOST_BYTES,
    MOST_BYTES_ANSWERED,
    BookRefused,
    ChildAnswer,
    RawBook,
    refusal,
)

MOST_SECONDS: Final = 22
_CHILD: Final = "programmes.common.workbooks.child"
_ROOT: Final = Path(programmes.__file__).parents[1]
_OVER_THE_LIMITS: Final = (
    "The workbook could not be read within the memory and time allowed. Copy the rows that matter "
    "into a new workbook, or split it, for example by year."
)


def read_workbook(path: Path) -> RawBook:
    """Every cell of the book, read in a limited child process. Blocks, for up to 22 seconds.

    Raises BookRefused where the file is not a workbook, could do harm, or is too large.
    """
    with _opened(path) as file:
        answer = _answer_of_child(file)
    if answer.book is None:
        raise BookRefused(*answer.errors)
    return answer.book


def _opened(path: Path) -> IO[bytes]:
    try:
        # Not blocking, because opening a named pipe would otherwise wait for ever.
        file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    except (OSError, ValueError) as problem:
        raise refusal(f"The file {shown(path.name)} cannot be opened. Check its name.") from problem
    status = os.fstat(file.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_size <= MOST_BYTES:
        return file
    file.close()
    if not stat.S_ISREG(status.st_mode):
        raise refusal(f"{shown(path.name)} is not a file.")
    raise refusal(
        f"The file is {status.st_size / 1e6:,.1f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read. "
        "Split it, for example by year."
    )


def started_child(file: IO[bytes]) -> subprocess.Popen[bytes]:
    """The process that reads `file`: no arguments, no environment, no files of ours."""
    return subprocess.Popen(  # noqa: S603 - our own module, nothing from the user
        [sys.executable, "-s", "-m", _CHILD],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PYTHONUTF8": "1"},
    )


def _answer_of_child(file: IO[bytes]) -> ChildAnswer:
    process = started_child(file)
    out_of_time = threading.Timer(MOST_SECONDS, process.kill)
    out_of_time.start()
    try:
        assert process.stdout is not None
        answer = process.stdout.read(MOST_BYTES_ANSWERED + 1)
    finally:
        out_of_time.cancel()
        process.kill()
        process.communicate()
    return _decoded(answer)


def _decoded(answer: bytes) -> ChildAnswer:
    """The child's word, trusted only as far as its shape; none at all means that it was stopped."""
    try:
        return msgspec.msgpack.decode(answer[:MOST_BYTES_ANSWERED], type=ChildAnswer)
    except msgspec.DecodeError:
        return ChildAnswer(errors=refusal(_OVER_THE_LIMITS).errors)
