"""How far somebody has come: the marks and coming sessions that go in, and where they stand."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.words import MarkCode


class MarkedSession(Struct, frozen=True):
    """A current mark: where it was made, and which session of their series it counts as."""

    cohort: UUID | str
    number: int
    held_at: datetime
    mark: MarkCode


class ComingSession(Struct, frozen=True):
    """A session still to be held that they could be at."""

    cohort: UUID | str
    number: int
    starts_at: datetime


class Progress(Struct, frozen=True, kw_only=True):
    """Where somebody stands. All numbers are sessions of the version, each counted once.

    `owed`: neither attended nor still to come. `owed_by_service`: those of them that only the
    service's own cancellation left open. `left`: still to come and not yet attended.
    """

    attended: int
    needed: int
    of: int
    owed: tuple[int, ...]
    owed_by_service: tuple[int, ...]
    left: int
    is_complete: bool
    can_still_finish: bool
