"""What a register may say, and when."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from programmes.catalogue.rules import mark_rule
from programmes.catalogue.words import MarkAsks, MarkCode, ProgrammeVersion
from programmes.common.errors import Refused

LONGEST_LATENESS = 600
WITH_MINUTES = frozenset({MarkCode.LATE, MarkCode.LATE_NOT_ADMITTED, MarkCode.LEFT_EARLY})
"""Marks that may say how many minutes; the version says where they must."""
BY_CANCELLING = frozenset({MarkCode.CANCELLED_BY_SERVICE})
"""Said of a whole session, by cancelling it, never of one person in a register."""


class GivenMark(Struct, frozen=True, kw_only=True):
    """What a facilitator says of one person."""

    code: MarkCode
    minutes_late: int | None = None
    claimed_reason: str | None = None
    note: str | None = None


def reasons_not_to_mark(
    version: ProgrammeVersion, given: GivenMark, *, starts_at: datetime, now: datetime
) -> tuple[str, ...]:
    """Every reason why this mark cannot be made: not offered, too early, or incomplete."""
    return tuple(_reasons(version, given, starts_at, now))


def _reasons(
    version: ProgrammeVersion, given: GivenMark, starts_at: datetime, now: datetime
) -> Iterator[str]:
    if now < starts_at:
        yield "The session has not begun. Nobody is marked before it does."
    try:
        asks = mark_rule(version, given.code).asks
    except Refused as refusal:
        yield from refusal.reasons
        return
    if asks is MarkAsks.MINUTES and given.minutes_late is None:
        yield "Say how many minutes."
    if given.minutes_late is not None and not 0 < given.minutes_late <= LONGEST_LATENESS:
        yield "Minutes are a number from 1 to 600."
