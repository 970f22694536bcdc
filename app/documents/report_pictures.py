"""The pictures of the management report: drawn from its tables, described, print-safe."""

from collections.abc import Iterable

from msgspec import Struct

from app.report_reading import Reports
from app.views.report import STAGES, name_of, one_at_a_time
from app.views.report_parts import description_of, title_of
from outcomes.reports.detail_words import FigureTable
from outcomes.reports.svg import Picture
from outcomes.reports.words import Curve, CurvePoint


def picture_of(table: FigureTable) -> bytes:
    """As SVG. Raises KeyError for a table that is not drawn."""
    with one_at_a_time:
        return _PICTURES[table.code](table).svg()


class Drawn(Struct, frozen=True):
    """A picture as SVG, and what it says to somebody who cannot see it."""

    svg: bytes
    said: str


def funnel_of(found: Reports, code: str) -> Drawn | None:
    """From referral to completion; None for a programme of which nothing is held."""
    figures = found.report.programmes.get(code)
    if figures is None:
        return None
    with one_at_a_time:
        from outcomes.reports.pictures import Part, funnel

        numbers = {stage: int(getattr(figures, stage)) for stage in STAGES}
        stages = [Part(stage.capitalize(), n, f"{n:,}") for stage, n in numbers.items()]
        title = f"{name_of(code)}: from referral to completion, {found.asked.label}"
        told = "; ".join(f"{stage.label} {stage.words}" for stage in stages)
        said = f"{title}. {told}. Different people at different points of their way."
        svg = funnel(title, stages, description=said).svg()
        return Drawn(svg, said)


def _curve(table: FigureTable) -> Picture:
    from outcomes.reports.pictures import curves_over_time

    return curves_over_time(
        title_of(table),
        [(name_of(table.about), curve_of(table))],
        unit="session",
        description=description_of(table),
    )


def _landmark(table: FigureTable) -> Picture:
    """Both groups on one scale: the group stands in the first column, the curve in the others."""
    from outcomes.reports.pictures import curves_over_time

    groups = dict.fromkeys(str(row[0]) for row in table.rows)
    rows = {group: [row[1:] for row in table.rows if row[0] == group] for group in groups}
    curves = [(group, _curve_of(own)) for group, own in rows.items()]
    said = description_of(table)
    return curves_over_time(title_of(table), curves, unit="weeks after", description=said)


def curve_of(table: FigureTable) -> Curve:
    """The curve that the table was made from, with its start."""
    return _curve_of(table.rows)


def _curve_of(rows: Iterable[tuple[object, ...]]) -> Curve:
    points = [_point(row) for row in rows]
    if points and points[0].at > 0:
        points.insert(0, CurvePoint(0, points[0].at_risk, 0, 0, 1.0, 1.0, 1.0))
    people = points[0].at_risk if points else 0
    return Curve(people, sum(point.events for point in points), None, tuple(points))


def _point(row: tuple[object, ...]) -> CurvePoint:
    at, watched, left, censored, share, low, high = (float(str(value)) for value in row[:7])
    return CurvePoint(
        int(at), int(watched), int(left), int(censored), share / 100, low / 100, high / 100
    )


def _bars(table: FigureTable) -> Picture:
    """Counts on one scale from nought, each with its words."""
    from outcomes.reports.pictures import Part, funnel

    unit = "days" if table.code == "waits" else ""
    parts = [
        Part(str(row[0]), row[1] if isinstance(row[1], int) else None, f"{row[1]} {unit}".strip())
        for row in table.rows
        if row[0] != "All" and row[1]
    ]
    return funnel(title_of(table), parts, description=description_of(table))


_PICTURES = {
    "drop-out": _curve,
    "endings": _bars,
    "waits": _bars,
    "unmet-need": _bars,
    "landmark": _landmark,
    "quality": _bars,
}
