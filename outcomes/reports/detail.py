"""The further parts of the management report: each counted in the database, one page each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct, structs

from outcomes.reports.breach_stage_queries import breaches_by_programme_stage
from outcomes.reports.cost_queries import costs
from outcomes.reports.detail_tables import (
    children_table,
    costs_table,
    drop_out_table,
    endings_tables,
    people_tables,
    quality_table,
    queue_table,
    unmet_table,
    waits_table,
)
from outcomes.reports.detail_words import FigureTable, Part, beside_before
from outcomes.reports.figures import Period
from outcomes.reports.landmark_queries import first_breach_after_landmark
from outcomes.reports.landmark_tables import landmark_tables
from outcomes.reports.management import READ_REPORT, report_among
from outcomes.reports.need_queries import queues, unmet_need
from outcomes.reports.people_queries import children_by_step, people_by_answer
from outcomes.reports.progress_queries import drop_out_lengths, endings, waits
from outcomes.reports.quality_queries import missing_fields
from programmes.catalogue.queries import StoredProgramme
from programmes.common.clock import london_date
from programmes.common.permissions import Scope, must
from programmes.common.staff import Actor
from programmes.orders.clock_figure_queries import clock_figures

Tables = list[FigureTable]
COMPARED: Final = {
    "waits": 1,
    "endings": 1,
    "queue": 1,
    "unmet-need": 1,
    "clocks": 1,
    "people": 1,
    "children": 1,
    "costs": 3,
}
"""The column that stands beside the same of the period before."""
BY_PROGRAMME: Final = frozenset({"waits", "queue"})
"""Tables of which each row is of one programme, which the row names first."""


class Asking(Struct, frozen=True, kw_only=True):
    """Who asks for which period, now, and every programme there is."""

    actor: Actor
    period: Period
    now: datetime
    programmes: Sequence[StoredProgramme]

    @property
    def names(self) -> Mapping[str, str]:
        return {one.code: one.name for one in self.programmes}


async def part_of_report(part: Part, asking: Asking, *, before: Period) -> Tables:
    """The tables of one part, each beside the period before.

    What of them one may see: `seen_by`.
    """
    must(asking.actor, READ_REPORT)
    now = await _PARTS[part](asking)
    earlier = await _BEFORE[part](structs.replace(asking, period=before))
    by_title = {(table.code, table.about, table.title): table for table in earlier}
    return [
        beside_before(
            table,
            by_title.get((table.code, table.about, table.title)),
            column=COMPARED[table.code],
        )
        if table.code in COMPARED
        else table
        for table in now
    ]


def seen_by(asking: Asking, tables: Tables, *, own: str) -> Tables:
    """Everything; or, for whoever co-ordinates one programme, what is of that programme alone."""
    if must(asking.actor, READ_REPORT).scope is not Scope.OWN:
        return tables
    found = (of_programme(table, own, name=asking.names.get(own, own)) for table in tables)
    return [table for table in found if table is not None]


def of_programme(table: FigureTable, code: str, *, name: str) -> FigureTable | None:
    """The table as far as it is of one programme; none where its figures are of several."""
    if table.about == code:
        return table
    if table.code not in BY_PROGRAMME:
        return None
    rows = tuple(row for row in table.rows if row[0] == name)
    return structs.replace(table, about=code, rows=rows)


async def _progress(asking: Asking) -> Tables:
    lengths = await drop_out_lengths(asking.period, asking.programmes)
    curves = [drop_out_table(code, found) for code, found in lengths.items()]
    return [*curves, *endings_tables(await endings(asking.period))]


async def _need(asking: Asking) -> Tables:
    return [
        waits_table(await waits(asking.period, asking.programmes), asking.names),
        queue_table(await queues(asking.period), asking.period, asking.names),
        unmet_table(await unmet_need(asking.period)),
    ]


async def _orders(asking: Asking) -> Tables:
    since, until = asking.period.from_on, asking.period.until_on
    clocks = await clock_figures(asking.actor, since=since, until=until, now=asking.now)
    stages = await breaches_by_programme_stage(asking.actor, since=since, until=until)
    after = await first_breach_after_landmark(
        asking.period, asking.programmes, today=london_date(asking.now)
    )
    return [
        FigureTable(
            code="clocks",
            title="Deadlines that began in the period",
            headings=("Deadline", "Met", "In doubt", "Missed", "Running"),
            rows=tuple(
                (_words(one.stops), one.met, one.in_doubt, one.missed, one.running)
                for one in clocks
            ),
        ),
        FigureTable(
            code="breach-stages",
            title="When breaches fell against the programme",
            headings=("When", "Events recorded", "Events admitted or proved"),
            rows=tuple((_words(one.stage), one.events, one.events_established) for one in stages),
        ),
        *landmark_tables(after),
    ]


def _words(code: str) -> str:
    return code[:1].upper() + code[1:]


async def _costs(asking: Asking) -> Tables:
    report = await report_among(asking.programmes, asking.period, actor=asking.actor)
    return [costs_table(await costs(), report, asking.names)]


async def _people(asking: Asking) -> Tables:
    found = await people_by_answer(asking.period)
    return [*people_tables(found), children_table(await children_by_step(asking.period))]


async def _quality(asking: Asking) -> Tables:
    return [quality_table(await missing_fields(asking.period, today=london_date(asking.now)))]


_PARTS: dict[Part, Callable[[Asking], Awaitable[Tables]]] = {
    Part.PROGRESS: _progress,
    Part.NEED: _need,
    Part.ORDERS: _orders,
    Part.COSTS: _costs,
    Part.PEOPLE: _people,
    Part.QUALITY: _quality,
}


async def _endings(asking: Asking) -> Tables:
    return list(endings_tables(await endings(asking.period)))


async def _nothing(_asking: Asking) -> Tables:
    return []


_BEFORE = {**_PARTS, Part.PROGRESS: _endings, Part.QUALITY: _nothing}
"""What of the period before stands beside it: no second curve, and nothing of what is missing."""
