"""How a command ends when it is told to: it stops what it started."""

import signal
import sys
from types import FrameType


def end_on_signals() -> None:
    """A closed terminal or a `kill` ends the process as an error does, by way of its `finally`s.

    One that was told to ignore the signal (`nohup`) still does.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
