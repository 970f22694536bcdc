"""How rates and changes are said: always with the denominator, never more than they show."""

from typing import assert_never

from outcomes.reports.words import Change, CountChange, Direction, Rate
from programmes.common.per_cent import per_cent


def rate_in_words(of: Rate) -> str:
    """`39 of 68, 57.4% (45.5–68.4)`."""
    if of.share is None:
        return "0 of 0, no rate"
    return f"{of.count:,} of {of.total:,}, {per_cent(of.share)} ({interval_in_words(of)})"


def interval_in_words(of: Rate) -> str:
    """`45.5–68.4`: the limits of the 95% interval, in per cent."""
    if of.low is None or of.high is None:
        return "no interval"
    return f"{100 * of.low:.1f}–{100 * of.high:.1f}"


def change_in_words(change: Change) -> str:
    """One sentence; it calls a rise or a fall only where the interval allows one."""
    if change.difference is None or change.low is None or change.high is None:
        return "There is nothing to compare: one of the two periods counts nobody."
    figures = f"{per_cent(change.before.share or 0)} before, "
    figures += f"{per_cent(change.after.share or 0)} now"
    points = f"{_signed(change.difference)} points, {_signed(change.low)} to {_signed(change.high)}"
    return f"{_verdict(change.direction)}: {figures} ({points})."


def count_change_in_words(change: CountChange) -> str:
    """One sentence about two counts, without saying which way is good."""
    if change.direction is Direction.NOTHING_TO_COMPARE:
        return "There were none in either period."
    return f"{_verdict(change.direction)}: {change.before:,} before, {change.after:,} now."


def _verdict(direction: Direction) -> str:
    match direction:
        case Direction.HIGHER:
            return "Higher than before"
        case Direction.LOWER:
            return "Lower than before"
        case Direction.NOT_CLEAR:
            return "No clear change; the difference could be chance"
        case Direction.NOTHING_TO_COMPARE:
            return "Nothing to compare"
        case _:
            assert_never(direction)


def _signed(share: float) -> str:
    points = f"{100 * share:+.1f}"
    return "0.0" if points in ("+0.0", "-0.0") else points.replace("-", "−")
