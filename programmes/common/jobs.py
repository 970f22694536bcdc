"""What a scheduled job is: a short sweep that asks what is due, safe to run twice."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from programmes.common.db import Side
from programmes.common.staff import Actor


@dataclass(frozen=True)
class Done:
    """What one run came to: an item that fails is counted, and the rest go on."""

    done: int = 0
    failed: int = 0

    @property
    def outcome(self) -> str:
        if self.failed and self.done:
            return "partly failed"
        return "failed" if self.failed else "done"


Open = Callable[[str], AbstractAsyncContextManager[Any]]
"""Opens a transaction as the login of this name."""


@dataclass(frozen=True)
class Job:
    """`every` is how often it looks; `grace`, how late a run may still start.

    `run` gets the operator of its side, the time, and a way to open a transaction as another
    login of that side: the survivor side's bridges are such.
    """

    name: str
    side: Side
    every: timedelta
    grace: timedelta
    run: Callable[[Actor, datetime, Open], Awaitable[Done]]
