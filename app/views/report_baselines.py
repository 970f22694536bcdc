"""What others published, beside the same figure of ours where there is one."""

from app.report_reading import Reports
from outcomes.reports.baselines import BASELINES, Baseline


def beside_ours(found: Reports) -> list[list[str]]:
    """Figure, theirs, ours, when and where it was published, and what it may not be used for."""
    return [
        [one.name, one.figure, _ours(found, one), f"{one.period}. {one.source}", one.but]
        for one in BASELINES
    ]


def _ours(found: Reports, one: Baseline) -> str:
    """Exact figures of the period on the page; a dash where the two count different things."""
    if one.kind:
        orders = found.report.orders.get(one.kind)
        return f"{getattr(orders, one.measure):,}" if orders else "–"
    figures = found.report.programmes.get(one.programme)
    return f"{getattr(figures, one.measure):,}" if figures and one.measure else "–"
