"""The management report of the period that was asked for, and of the one before it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from litestar import Request
from msgspec import Struct

from app.web.guard import actor_of
from outcomes.disclosure.periods import Period
from outcomes.reports.asked_rules import AskedPeriod, asked_period, whole_period
from outcomes.reports.detail import Asking, part_of_report, seen_by
from outcomes.reports.detail_words import FigureTable, Part
from outcomes.reports.figures import ManagementReport
from outcomes.reports.figures import Period as Days
from outcomes.reports.management import READ_REPORT, report_among
from outcomes.reports.report_rows import only_programme
from programmes.catalogue.queries import StoredProgramme, programmes
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.permissions import Scope, must

AnyRequest = Request[Any, Any, Any]
OWN_PROGRAMME = "cara"
"""The only programme that somebody co-ordinates without managing the service."""


class Reports(Struct, frozen=True):
    asked: AskedPeriod
    report: ManagementReport
    before: ManagementReport


class PartRead(Struct, frozen=True):
    """One further part of the report, as this person may see it."""

    asked: AskedPeriod
    part: Part
    tables: list[FigureTable]
    programmes: Sequence[StoredProgramme]


def asked_for(text: str, today: date) -> AskedPeriod:
    """Nothing means this year so far. Raises Invalid: figures of another period would mislead."""
    if mistake := mistake_in(text):
        raise Invalid({"period": mistake})
    return asked_period(text) or whole_period(Period(today.year))


def mistake_in(text: str) -> str:
    """Why it is no period; nothing where it is one, or where none was asked for."""
    if not text.strip() or asked_period(text):
        return ""
    return (
        f"“{text.strip()[:40]}” is not a year, a quarter or two days at most ten years apart. "
        "Write it like 2018, 2018Q3 or 2018-03-01 to 2018-06-30."
    )


async def report_for(request: AnyRequest, text: str) -> ManagementReport:
    """The one period, without the one before it."""
    asked = asked_for(text, london_date(request.app.state.clock.now()))
    return await _report(request, asked.days, await programmes())


async def reports_for(request: AnyRequest, text: str) -> Reports:
    """Who co-ordinates one programme sees that one alone."""
    asked = asked_for(text, london_date(request.app.state.clock.now()))
    among = await programmes()
    return Reports(
        asked,
        await _report(request, asked.days, among),
        await _report(request, asked.before, among),
    )


async def part_for(request: AnyRequest, part: Part, text: str) -> PartRead:
    (found,) = await each_part_for(request, (part,), text)
    return found


async def each_part_for(request: AnyRequest, parts: Iterable[Part], text: str) -> list[PartRead]:
    """Several parts of one period."""
    actor, now = actor_of(request), request.app.state.clock.now()
    asked, among = asked_for(text, london_date(now)), await programmes()
    asking = Asking(actor=actor, period=asked.days, now=now, programmes=among)
    read = []
    for part in parts:
        found = await part_of_report(part, asking, before=asked.before)
        read.append(PartRead(asked, part, seen_by(asking, found, own=OWN_PROGRAMME), among))
    return read


def parts_for(request: AnyRequest) -> tuple[Part, ...]:
    """Some parts cannot be told by programme: whoever sees one programme alone has the rest."""
    return (Part.PROGRESS, Part.NEED) if is_own(request) else tuple(Part)


def is_own(request: AnyRequest) -> bool:
    return must(actor_of(request), READ_REPORT).scope is Scope.OWN


async def _report(
    request: AnyRequest, of: Days, among: Sequence[StoredProgramme]
) -> ManagementReport:
    found = await report_among(among, of, actor=actor_of(request))
    return only_programme(found, OWN_PROGRAMME) if is_own(request) else found
