"""Counts of answers and their times, each side's on its own, added up over a machine's workers.

What the survivor side does must not show on the programme side, so nothing here is of the whole
process: neither memory nor load nor open connections.
"""

import os
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from programmes.common.db import Side

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SECONDS_BETWEEN_WRITES = 1.0


class SideFigures(msgspec.Struct):
    """`answers` by method and status; `within[i]` counts those no slower than `BOUNDS[i]`."""

    answers: dict[str, int] = {}
    within: list[int] = msgspec.field(default_factory=lambda: [0] * len(BOUNDS))
    seconds: float = 0.0

    def add(self, method: str, status: int, seconds: float) -> None:
        name = f"{method} {status}"
        self.answers[name] = self.answers.get(name, 0) + 1
        self.seconds += seconds
        for place, bound in enumerate(BOUNDS):
            self.within[place] += seconds <= bound

    @property
    def total(self) -> int:
        return sum(self.answers.values())


class Figures:
    """One worker's own. With a directory, each worker leaves its figures there for the others."""

    def __init__(self, directory: Path | None = None) -> None:
        self.own = {side: SideFigures() for side in Side}
        self._directory = directory
        self._written_at = 0.0

    def count(self, side: Side, method: str, status: int, seconds: float) -> None:
        self.own[side].add(method, status, seconds)
        if time.monotonic() - self._written_at > SECONDS_BETWEEN_WRITES:
            self._write()

    def of_all_workers(self, side: Side) -> SideFigures:
        """Also of workers that have ended since the service began, so that no count goes back."""
        if self._directory is None:
            return self.own[side]
        self._write()
        found = [_read(path).get(side, SideFigures()) for path in self._directory.glob("*.json")]
        return _added_up(found)

    def _write(self) -> None:
        self._written_at = time.monotonic()
        if self._directory is None:
            return
        path = self._directory / f"{os.getpid()}.json"
        beside = path.with_suffix(".new")
        try:
            beside.write_bytes(msgspec.json.encode(self.own))
            beside.replace(path)
        except OSError:
            return  # a full disk must not stop the service for the sake of its figures


def fresh_directory(home: Path) -> Path:
    """Emptied when the service begins: the figures of the last run are not this one's."""
    directory = home / "running"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in directory.glob("*.json"):
        path.unlink(missing_ok=True)
    return directory


def as_exposition(side: Side, figures: SideFigures, gauges: dict[str, float]) -> str:
    """The text format that Prometheus reads."""
    lines = ["# TYPE waymark_answers_total counter"]
    for name, count in sorted(figures.answers.items()):
        method, status = name.split(" ")
        labels = f'side="{side}",method="{method}",status="{status}"'
        lines.append(f"waymark_answers_total{{{labels}}} {count}")
    lines.append("# TYPE waymark_answer_seconds histogram")
    for bound, count in zip(BOUNDS, figures.within, strict=True):
        lines.append(f'waymark_answer_seconds_bucket{{side="{side}",le="{bound}"}} {count}')
    lines.append(f'waymark_answer_seconds_bucket{{side="{side}",le="+Inf"}} {figures.total}')
    lines.append(f'waymark_answer_seconds_sum{{side="{side}"}} {figures.seconds:.6f}')
    lines.append(f'waymark_answer_seconds_count{{side="{side}"}} {figures.total}')
    for name, value in gauges.items():
        lines += [f"# TYPE waymark_{name} gauge", f'waymark_{name}{{side="{side}"}} {value:.0f}']
    return "\n".join(lines) + "\n"


def _read(path: Path) -> dict[Side, SideFigures]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[Side, SideFigures])
    except (OSError, msgspec.DecodeError):
        return {}


def _added_up(found: Iterable[SideFigures]) -> SideFigures:
    total = SideFigures()
    for one in found:
        for name, count in one.answers.items():
            total.answers[name] = total.answers.get(name, 0) + count
        total.within = [a + b for a, b in zip(total.within, one.within, strict=True)]
        total.seconds += one.seconds
    return total
