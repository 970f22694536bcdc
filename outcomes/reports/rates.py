"""Rates with Wilson intervals, and changes that are called only where the intervals allow."""

from math import isfinite, sqrt
from statistics import NormalDist

from outcomes.reports.words import Change, CountChange, Direction, Rate

Z_95 = NormalDist().inv_cdf(0.975)


def rate(count: int, total: int) -> Rate:
    """`count` of `total` with Wilson's 95% interval (E. B. Wilson, JASA 22, 1927).

    Where `total` is 0 there is no share and no interval. Raises ValueError where `count` is
    negative or above `total`: a rate above 100% means that something was counted twice.
    """
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a rate")
    if total == 0:
        return Rate(0, 0, None, None)
    return Rate(count, total, *wilson(count, total))


def wilson(count: int, total: int) -> tuple[float, float]:
    """The limits of Wilson's 95% interval, as shares; equal to SciPy's, without loading it."""
    share, z2 = count / total, Z_95 * Z_95
    middle = share + z2 / (2 * total)
    spread = Z_95 * sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    low, high = (middle - spread) / (1 + z2 / total), (middle + spread) / (1 + z2 / total)
    # At the ends the exact limit is 0 or 1; the subtraction leaves a crumb of rounding.
    return (0.0 if count == 0 else low, 1.0 if count == total else high)


def compare_rates(before: Rate, after: Rate) -> Change:
    """The difference of two rates of different people, with Newcombe's interval.

    A change is called only where the interval leaves out nought (R. G. Newcombe, Statistics
    in Medicine 17, 1998, method 10, made of the two Wilson intervals).
    """
    first, second = _limits(before), _limits(after)
    if first is None or second is None:
        return Change(before, after, None, None, None, Direction.NOTHING_TO_COMPARE)
    difference = second[0] - first[0]
    low = difference - sqrt((second[0] - second[1]) ** 2 + (first[2] - first[0]) ** 2)
    high = difference + sqrt((second[2] - second[0]) ** 2 + (first[0] - first[1]) ** 2)
    return Change(before, after, difference, low, high, _direction(low, high))


def _limits(of: Rate) -> tuple[float, float, float] | None:
    if of.share is None or of.low is None or of.high is None:
        return None
    return of.share, of.low, of.high


def _direction(low: float, high: float) -> Direction:
    if low > 0:
        return Direction.HIGHER
    return Direction.LOWER if high < 0 else Direction.NOT_CLEAR


def compare_counts(before: int, after: int) -> CountChange:
    """Two counts over periods of the same length.

    With no change, each event falls in either period with even odds; a change is called only
    where Wilson's interval of the later period's share leaves out one half.
    """
    if before < 0 or after < 0:
        raise ValueError("A count cannot be negative")
    if before + after == 0:
        return CountChange(before, after, Direction.NOTHING_TO_COMPARE)
    low, high = wilson(after, before + after)
    return CountChange(before, after, _direction(low - 0.5, high - 0.5))


def cost_each(cost_in_pounds: float, count: int) -> float | None:
    """Pounds for each one counted; None where there is none to share the cost."""
    if not isfinite(cost_in_pounds) or cost_in_pounds < 0 or count < 0:
        raise ValueError(f"{cost_in_pounds} for {count} is not a cost")
    return cost_in_pounds / count if count else None
