"""Unmet need as a table, a picture and words."""

from datetime import date
from threading import Lock

from msgspec import Struct

from app.labels import label
from outcomes.reports.unmet_queries import UnmetQuarter
from programmes.referrals.words import UNMET_NEED, ReasonCode

QUARTERS = 8
_one_at_a_time = Lock()


class Row(Struct, frozen=True):
    """One reason and its people in each quarter."""

    reason: ReasonCode
    is_unmet: bool
    counts: tuple[int, ...]


class UnmetNeed(Struct, frozen=True):
    """The first rows are needs that nothing here meets; the others, why else nobody could come."""

    quarters: tuple[date, ...]
    rows: tuple[Row, ...]

    @property
    def names(self) -> list[str]:
        return [f"{one.year} Q{(one.month + 2) // 3}" for one in self.quarters]


def quarters_until(today: date) -> tuple[date, ...]:
    """First days of the last eight quarters, the running one last."""
    number = today.year * 4 + (today.month - 1) // 3
    return tuple(
        date(one // 4, one % 4 * 3 + 1, 1) for one in range(number - QUARTERS + 1, number + 1)
    )


def after(quarter: date) -> date:
    year, month = divmod(quarter.year * 12 + quarter.month + 2, 12)
    return date(year, month + 1, 1)


def unmet_table(found: list[UnmetQuarter], quarters: tuple[date, ...]) -> UnmetNeed:
    """Every need that nothing meets, also where nobody had it; other reasons where they were."""
    counts = {(one.reason, one.quarter): one.people for one in found}
    seen = {one.reason for one in found}
    reasons = [one for one in ReasonCode if one in UNMET_NEED or one in seen]
    return UnmetNeed(
        quarters,
        tuple(
            Row(one, one in UNMET_NEED, tuple(counts.get((one, q), 0) for q in quarters))
            for one in sorted(reasons, key=lambda one: one not in UNMET_NEED)
        ),
    )


def cells(need: UnmetNeed, *, is_unmet: bool) -> list[list[str]]:
    rows = [row for row in need.rows if row.is_unmet is is_unmet]
    return [[label(row.reason), *map(str, row.counts), str(sum(row.counts))] for row in rows]


def picture(need: UnmetNeed) -> bytes:
    """People whose need nothing here meets, by quarter and reason; as SVG."""
    with _one_at_a_time:
        from outcomes.reports.unmet_pictures import Layer, stacked_periods

        rows = [row for row in need.rows if row.is_unmet and any(row.counts)]
        said = " ".join(
            f"{name}: {sum(row.counts[at] for row in rows)}." for at, name in enumerate(need.names)
        )
        title = "Needs that nothing here meets, people by quarter"
        layers = [Layer(label(row.reason), row.counts) for row in rows]
        periods = [name.replace(" ", "\n") for name in need.names]
        return stacked_periods(title, periods, layers, description=f"{title}. {said}").svg()
