"""The pictures of a release, drawn from its own tables: the same bytes every time."""

from functools import lru_cache
from threading import Lock

from outcomes.disclosure.describe import cell_in_words
from outcomes.disclosure.pictures import funnel_picture, shares_picture
from outcomes.disclosure.release import Release
from outcomes.disclosure.rules import SMALLEST_DENOMINATOR
from outcomes.disclosure.words import Key, ReleasedTable
from outcomes.releases.answer_words import Chart
from outcomes.releases.safety_answers import row_said, safety_cells, safety_table
from outcomes.reports.pictures import Part, whole_in_parts
from outcomes.reports.svg import Picture

_one_at_a_time = Lock()


def has_picture(release: Release, chart: Chart) -> bool:
    """Without drawing it: whether any number would stand in it."""
    tables = {table.code: table for table in release.tables}
    if chart is Chart.SAFETY:
        found = _safety_table(tables)
        return found is not None and any(_sizes(found))
    activity = tables.get("activity")
    return activity is not None and any(cell.value for _key, cell in activity.cells)


def picture(release: Release, chart: Chart) -> Picture | None:
    """None where nothing but markers would stand in it."""
    tables = {table.code: table for table in release.tables}
    if chart is Chart.SAFETY:
        return _safety(tables)
    if (activity := tables.get("activity")) is None:
        return None
    return funnel_picture(activity) if chart is Chart.FUNNEL else shares_picture(activity)


@lru_cache(maxsize=64)
def drawn(release: Release, chart: Chart) -> bytes | None:
    """As SVG. A release never changes, so it is drawn once."""
    with _one_at_a_time:
        made = picture(release, chart)
        return made.svg() if made else None


def _safety(tables: dict[str, ReleasedTable]) -> Picture | None:
    table = _safety_table(tables)
    if table is None:
        return None
    total, keys = safety_cells(table)
    parts = [_part(table, key) for key in keys]
    if not any(part.size for part in parts):
        return None
    title = f"Safety, as partners answered, {table.period.label}"
    described = f"{title}. {row_said(table, total)}"
    whole = table.cell(*total).value or 0
    return whole_in_parts(title, parts, description=described, whole=whole)


def _safety_table(tables: dict[str, ReleasedTable]) -> ReleasedTable | None:
    """None where fewer than 20 answered: then only their released number is said."""
    table = safety_table(tables)
    if table is None:
        return None
    whole = table.cell(*safety_cells(table)[0]).value
    return table if whole is not None and whole >= SMALLEST_DENOMINATOR else None


def _sizes(table: ReleasedTable) -> list[int]:
    return [table.cell(*key).value or 0 for key in safety_cells(table)[1]]


def _part(table: ReleasedTable, key: Key) -> Part:
    label = next(c.label for c in table.variables[-1].categories if c.code == key[-1])
    words = cell_in_words(table, key).removeprefix(f"{label} ")
    return Part(label, table.cell(*key).value, words)
