"""Time to an event: drop-out by session, and the first breach after a landmark."""

from collections.abc import Iterable, Mapping
from math import exp, inf, log, sqrt

from outcomes.reports.rates import Z_95
from outcomes.reports.words import Curve, CurvePoint

_HALF = 0.5 + 1e-12
"""A product of fractions may miss one half by a crumb of rounding."""


def curve_of_counts(counts: Mapping[tuple[int, bool], int]) -> Curve:
    """The Kaplan–Meier estimate with Greenwood's interval on the log-log scale.

    `counts`: how many people by the length for which they were watched and whether the event
    ended it. Somebody still going is censored at the last session held, not counted as a
    success or a failure (Kaplan and Meier, JASA 53, 1958). Equal to lifelines, which takes four
    seconds to load. Raises ValueError for a negative length.
    """
    if any(length < 0 for length, _event in counts):
        raise ValueError("A spell cannot be shorter than nothing")
    people = sum(counts.values())
    if not people:
        return Curve(0, 0, None, ())
    points = tuple(_points(counts, people))
    events = sum(number for (_length, event), number in counts.items() if event)
    median = next((point.at for point in points if point.share <= _HALF), None)
    return Curve(people, events, median, points)


def _points(counts: Mapping[tuple[int, bool], int], people: int) -> Iterable[CurvePoint]:
    at_risk, share, variance = people, 1.0, 0.0
    for at in sorted({0, *(length for length, _event in counts)}):
        events, censored = counts.get((at, True), 0), counts.get((at, False), 0)
        share *= 1 - events / at_risk
        # Where everybody left has the event the curve is at nought, and stays there.
        variance += events / (at_risk * (at_risk - events)) if events < at_risk else inf
        low, high = _limits(share, variance)
        yield CurvePoint(at, at_risk, events, censored, share, low, high)
        at_risk -= events + censored


def _limits(share: float, variance: float) -> tuple[float, float]:
    """Greenwood has none where the curve is at nought or at all: there the limits are the curve."""
    if not 0 < share < 1:
        return share, share
    spread = exp(Z_95 * sqrt(variance) / log(share))
    return share ** (1 / spread), share**spread
