"""What the process that asks and the process that solves say to each other, a line each."""

from msgspec import Struct

from scheduling.placement.words import Instance, Placements


class Task(Struct):
    instance: Instance
    start: Placements
    seconds: float


class News(Struct, omit_defaults=True):
    """What has changed since the line before; the first says only that the time begins."""

    ready: bool = False
    placements: Placements | None = None
    bound: int | None = None
    seconds: float | None = None
    done: bool = False
