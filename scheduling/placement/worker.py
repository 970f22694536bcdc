"""The process that solves: one instance in, better and better arrangements out, a line each.

It ends by itself when whoever started it is gone.
"""

import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence

import msgspec

from scheduling.placement.messages import News, Task
from scheduling.placement.program import PlacementProgram, placement_program


class _Teller:
    def __init__(self, program: PlacementProgram) -> None:
        self.program = program

    def found(self, chosen: Sequence[int]) -> None:
        tell(News(placements=self.program.placements(chosen)))

    def bounded(self, bound: int) -> None:
        tell(News(bound=bound))


def tell(news: News) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(news) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    threading.Thread(target=_end_with_the_starter, daemon=True).start()
    # Heavy, so only once somebody watches for the starter's end.
    from scheduling.placement.search import CORE_PER_PERSON, SMALL, Search

    if sum(len(person.options) for person in task.instance.people) > SMALL:
        importlib.import_module("scheduling.placement.relaxation")
    tell(News(ready=True))
    begun = time.monotonic()
    program = placement_program(task.instance)
    start = program.chosen(task.instance, task.start)
    left = task.seconds - (time.monotonic() - begun)
    search = Search(program.program, start, seconds=left, listener=_Teller(program))
    search.run(core=CORE_PER_PERSON * len(task.instance.people))
    tell(News(bound=search.bound, seconds=time.monotonic() - begun, done=True))


def _end_with_the_starter() -> None:
    """Its standard input closes when the starter ends, however it ends."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
