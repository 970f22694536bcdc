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
from programmes.common.permissions import Scope, must

AnyRequest = Request[Any, Any, Any]
OWN_PROGRAMME = "cara"
"""The only programme that somebody co-ordinates without managing the service."""


class Asked(Struct, frozen=True):
    """`mistake` is what was typed where it is no period; this year stands instead."""

    period: AskedPeriod
    mistake: str = ""


class Reports(Struct, frozen=True):
    asked: Asked
    report: ManagementReport
    before: ManagementReport


class PartRead(Struct, frozen=True):
    """One further part of the report, as this person may see it."""

    asked: Asked
    part: Part
    tables: list[FigureTable]
    programmes: Sequence[StoredProgramme]


def asked_for(text: str, today: date) -> Asked:
    """Nothing means this year so far."""
    this_year = whole_period(Period(today.year))
    if not text.strip():
        return Asked(this_year)
    found = asked_period(text)
    return Asked(this_year, text.strip()[:40]) if found is None else Asked(found)


async def report_for(request: AnyRequest, text: str) -> ManagementReport:
    """The one period, without the one before it."""
    asked = asked_for(text, london_date(request.app.state.clock.now()))
    return await _report(request, asked.period.days, await programmes())


async def reports_for(request: AnyRequest, text: str) -> Reports:
    """Who co-ordinates one programme sees that one alone."""
    asked = asked_for(text, london_date(request.app.state.clock.now()))
    among = await programmes()
    return Reports(
        asked,
        await _report(request, asked.period.days, among),
        await _report(request, asked.period.before, among),
    )


async def part_for(request: AnyRequest, part: Part, text: str) -> PartRead:
    (found,) = await each_part_for(request, (part,), text)
    return found


async def each_part_for(request: AnyRequest, parts: Iterable[Part], text: str) -> list[PartRead]:
    """Several parts of one period."""
    actor, now = actor_of(request), request.app.state.clock.now()
    asked, among = asked_for(text, london_date(now)), await programmes()
    asking = Asking(actor=actor, period=asked.period.days, now=now, programmes=among)
    read = []
    for part in parts:
        found = await part_of_report(part, asking, before=asked.period.before)
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
