"""What was published in 2018, beside the same figure of a release: to compare with care."""

from typing import Final

from outcomes.disclosure.periods import Span
from outcomes.disclosure.release import Release
from outcomes.reports.baselines import BASELINES

BESIDE: Final = ("Figure", "Published", "This release", "Beware")
_LINES: Final = {
    "reached": ("activity", "reached"),
    "completed": ("activity", "completed"),
    "children_of_completers": ("activity", "children"),
    "made": ("orders", "orders_made"),
    "breach_events_recorded": ("orders", "breach_events"),
}


def beside_published(release: Release) -> list[list[str]]:
    """Figure, theirs with its source, ours as released, and what it may not be used for.

    Theirs are of a year, so that only a year stands beside them.
    """
    if release.period.span is not Span.YEAR:
        return []
    tables = {table.code: table for table in release.tables}
    rows = []
    for one in BASELINES:
        table_code, line = _LINES.get(one.measure, ("", ""))
        if table_code in tables:
            ours = tables[table_code].cell(line).text
            theirs = f"{one.figure} ({one.period}; {one.source})"
            rows.append([_name(one.name), theirs, f"{ours}, {release.period.label}", one.but])
    return rows


def _name(name: str) -> str:
    """Theirs is of one programme; a release counts the whole service, and says so."""
    if name.startswith("Caring Dads, "):
        return f"{name.removeprefix('Caring Dads, ').capitalize()} (theirs: Caring Dads alone)"
    return name
