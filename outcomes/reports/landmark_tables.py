"""The curve after the programme as tables: who is in it, and how long without a breach."""

from collections.abc import Iterator, Mapping

from outcomes.reports.detail_words import FigureTable, Value
from outcomes.reports.landmark_queries import LandmarkGroup
from outcomes.reports.survival import curve_of_counts
from outcomes.reports.words import NOT_A_CAUSE, Curve
from programmes.common.per_cent import per_cent

GROUPS = {True: "Completed", False: "Not completed"}


def landmark_tables(found: Mapping[bool, LandmarkGroup]) -> tuple[FigureTable, FigureTable]:
    curves = {GROUPS[done]: curve_of_counts(group.lengths) for done, group in found.items()}
    people: tuple[tuple[Value, ...], ...] = tuple(
        (GROUPS[done], *_people(group)) for done, group in found.items()
    )
    return _curves(curves), FigureTable(
        code="landmark-people",
        title="Who is in that curve, and who is not",
        headings=(
            "Outcome",
            "Group finished",
            "Breach before that day",
            "Died or moved away before it",
            "No order or bail in force on it",
            "In the curve",
        ),
        rows=people,
    )


def _people(group: LandmarkGroup) -> tuple[int, ...]:
    watched = sum(group.lengths.values())
    beside = (group.breached_before, group.gone, group.no_order)
    return sum(beside) + watched, *beside, watched


def _curves(curves: Mapping[str, Curve]) -> FigureTable:
    return FigureTable(
        code="landmark",
        title="First breach after the programme was due to finish",
        headings=(
            "Outcome",
            "Weeks after",
            "Watched",
            "Breach recorded",
            "Censored",
            "Without a breach, %",
            "From",
            "To",
        ),
        rows=tuple(row for label, curve in curves.items() for row in _rows(label, curve)),
        said=" ".join([*(_said(label, curve) for label, curve in curves.items()), NOT_A_CAUSE]),
    )


def _rows(label: str, curve: Curve) -> Iterator[tuple[Value, ...]]:
    for point in curve.points:
        shares = (round(100 * share, 1) for share in (point.share, point.low, point.high))
        yield (label, point.at, point.at_risk, point.events, point.censored, *shares)


def _said(label: str, curve: Curve) -> str:
    if not curve.points:
        return f"{label}: nobody is in the curve."
    last = curve.points[-1]
    return (
        f"{label}: of {curve.people:,} people, {curve.events:,} with a breach recorded; by week "
        f"{last.at} an estimated {per_cent(last.share)} "
        f"({100 * last.low:.1f}–{100 * last.high:.1f}) without one."
    )
