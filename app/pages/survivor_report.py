"""The survivor lead's report. It stays on her side: no figure of it enters the manager's."""

from typing import Any

from litestar import Request, get
from litestar.response import Template

from app import present
from app.labels import label
from app.safekeeping.her_side import her_side
from app.web.components import Cell, Header, Share
from app.web.guard import actor_of, on
from app.web.shell import page
from outcomes.survivors.report_queries import Reach, SurvivorReport, survivor_report
from outcomes.survivors.report_rules import PairedChange, SafetyRow
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
SAFETY_HEADERS = (
    "What became of him",
    Header("Not known", is_numeric=True),
    Header("Safer", is_numeric=True),
    Header("Not safer", is_numeric=True),
)
CHANGE_HEADERS = (
    "Theme",
    Header("Answered both", is_numeric=True),
    Header("Start", is_numeric=True),
    Header("After", is_numeric=True),
    Header("Better", is_numeric=True),
    Header("Same", is_numeric=True),
    Header("Worse", is_numeric=True),
)


@get("/survivor-report", **on(Resource.SURVIVOR_REPORT, Verb.READ))
async def survivor_report_page(request: AnyRequest) -> Template:
    found = await report_of(request)
    return page(
        request,
        "survivors/report.html",
        today=london_date(request.app.state.clock.now()),
        reach=_reach(found.reach),
        coverage=[
            Share(
                label(row.timepoint),
                row.answered,
                row.due,
                note=f"{present.count(row.missing, 'check-in')} missing",
            )
            for row in found.coverage
        ],
        safety=[_safety(row) for row in found.safety],
        safety_headers=SAFETY_HEADERS,
        changes=[_change(row) for row in found.changes],
        change_headers=CHANGE_HEADERS,
    )


async def report_of(request: AnyRequest) -> SurvivorReport:
    return await survivor_report(
        actor_of(request), bridge=her_side(request).bridge, now=request.app.state.clock.now()
    )


def _reach(reach: Reach) -> list[Share]:
    named = (
        ("Linked to somebody", reach.linked),
        ("Agree to contact", reach.agree_to_contact),
        ("Reached at least once", reach.reached),
        ("Agree to outcome questions", reach.agree_to_questions),
        ("Answered at least one check-in", reach.answered),
    )
    return [Share(name, count, reach.linked) for name, count in named]


def _safety(row: SafetyRow) -> list[Any]:
    return [
        present.sentence(row.outcome),
        Cell(str(row.not_known)),
        Cell(str(row.safer)),
        Cell(str(row.not_safer)),
    ]


def _change(row: PairedChange) -> list[Any]:
    if not row.pairs:
        return [row.name, "0", "", "", "", "", ""]
    return [
        row.name,
        str(row.pairs),
        f"{row.start:.1f}",
        f"{row.after:.1f}",
        str(row.better),
        str(row.same),
        str(row.worse),
    ]
