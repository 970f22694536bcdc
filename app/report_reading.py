"""The management report of the period that was asked for, and of the one before it."""

from datetime import date
from typing import Any

from litestar import Request
from msgspec import Struct

from app.guard import actor_of
from outcomes.disclosure.periods import Period, Span, period
from outcomes.reports.figures import ManagementReport
from outcomes.reports.figures import Period as Days
from outcomes.reports.management import READ_REPORT, management_report
from outcomes.reports.report_rows import only_programme
from programmes.common.clock import london_date
from programmes.common.permissions import Scope, must

AnyRequest = Request[Any, Any, Any]
OWN_PROGRAMME = "cara"
"""The only programme that somebody co-ordinates without managing the service."""


class Asked(Struct, frozen=True):
    """`mistake` is what was typed where it is no period; the last whole year stands instead."""

    period: Period
    mistake: str = ""


class Reports(Struct, frozen=True):
    asked: Asked
    report: ManagementReport
    before: ManagementReport


def asked_for(text: str, today: date) -> Asked:
    """`2018` or `2018Q3`; nothing means this year so far."""
    wanted = text.strip().upper()
    try:
        found = period(wanted) if wanted else Period(today.year)
    except ValueError:
        return Asked(Period(today.year), text.strip()[:20])
    if found.span is Span.THREE_YEARS or not 2000 <= found.year <= 2100:
        return Asked(Period(today.year), text.strip()[:20])
    return Asked(found)


def period_before(of: Period) -> Period:
    if of.quarter is None:
        return Period(of.year - 1)
    return Period(of.year, of.quarter - 1) if of.quarter > 1 else Period(of.year - 1, 4)


async def reports_for(request: AnyRequest, text: str) -> Reports:
    """Who co-ordinates one programme sees that one alone."""
    asked = asked_for(text, london_date(request.app.state.clock.now()))
    return Reports(
        asked,
        await _report(request, asked.period),
        await _report(request, period_before(asked.period)),
    )


async def _report(request: AnyRequest, of: Period) -> ManagementReport:
    actor = actor_of(request)
    found = await management_report(Days(of.first_on, of.until), actor=actor)
    is_own = must(actor, READ_REPORT).scope is Scope.OWN
    return only_programme(found, OWN_PROGRAMME) if is_own else found
