"""A release as its page shows it: answers with pictures, tables with how they were counted."""

from dataclasses import dataclass
from datetime import timedelta

from app import present
from app.web.components import Header
from outcomes.disclosure.describe import describe, notes
from outcomes.disclosure.release import Release
from outcomes.disclosure.words import ReleasedTable
from outcomes.releases.answer_words import Answer, Beside, Chart
from outcomes.releases.answers import answers
from outcomes.releases.grids import grid
from outcomes.releases.pictures import has_picture


@dataclass(frozen=True)
class ShownTable:
    """`code` is its place on the page."""

    code: str
    title: str
    headers: tuple[Header | str, ...]
    rows: list[list[str]]
    counted: tuple[str, ...]


@dataclass(frozen=True)
class ShownAnswer:
    """`chart` is empty where no picture could say more than a marker."""

    answer: Answer
    chart: str
    title: str
    description: str
    table: ShownTable | None


_TITLES = {
    Chart.FUNNEL: "From referral to completion",
    Chart.COMPLETION: "Completion, with what chance allows",
    Chart.SAFETY: "Safety, as partners answered",
}


def view_of(release: Release, beside: Beside) -> list[ShownAnswer]:
    return [_shown(release, release.by_code, answer) for answer in answers(release, beside)]


def _shown(release: Release, tables: dict[str, ReleasedTable], answer: Answer) -> ShownAnswer:
    chart, table = answer.chart, tables.get(answer.table)
    if chart is None or table is None or not has_picture(release, chart):
        return ShownAnswer(answer, "", "", "", None)
    return ShownAnswer(answer, chart, _TITLES[chart], describe(table), _table(table))


def tables_of(release: Release) -> list[ShownTable]:
    return [_table(table) for table in release.tables]


def _table(table: ReleasedTable) -> ShownTable:
    heads, rows = grid(table)
    headers: tuple[Header | str, ...] = (
        heads[0],
        *(Header(head, is_numeric=True) for head in heads[1:]),
    )
    last_on = table.period.until - timedelta(days=1)
    counted = (
        *notes(table),
        f"Rule version {table.version}. "
        f"Period: {present.date_span(table.period.first_on, last_on)}.",
        *((f"Revision {table.revision}.",) if table.revision else ()),
    )
    return ShownTable(table.code, table.title, headers, rows, counted)
