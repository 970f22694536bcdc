"""Attendance as an officer reads it: the whole caseload, and one person's own page."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.components import Cell, Mark
from app.forms.form import Submitted
from app.forms.places import JUDGE_ABSENCE, JudgeAbsence
from app.forms.view import FormView
from app.guard import actor_of, on
from app.labels import tag
from app.labels.cohorts import mark_kind, mark_words
from app.pages.people import frame
from app.shell import page
from app.standing import standing_facts, standing_tag
from app.submitting import submit
from outcomes.completion.queries import standings
from programmes.catalogue.words import MarkCode
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of
from programmes.referrals.words import RiskLevel
from scheduling.attendance.caseload_queries import CaseloadRow, caseload
from scheduling.attendance.commands import JUDGE, judge_absence
from scheduling.attendance.queries import MarkRow, marks_of_person
from scheduling.cohorts.queries import READ_COHORTS

AnyRequest = Request[Any, Any, Any]
TO_JUDGE = (MarkCode.ABSENT, MarkCode.LATE_NOT_ADMITTED)


@get("/caseload", **on(Resource.ATTENDANCE, Verb.READ))
async def caseload_page(request: AnyRequest) -> Template:
    today = london_date(request.app.state.clock.now())
    found = await caseload(actor_of(request))
    return page(request, "attendance/caseload.html", people=[_line(row, today) for row in found])


@get("/people/{person_id:uuid}/attendance", **on(Resource.ATTENDANCE, Verb.READ))
async def attendance_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _page_of(request, person_id)


@post(
    "/people/{person_id:uuid}/attendance/{mark_id:uuid}",
    status_code=303,
    **on(Resource.ACCEPTABILITY, Verb.WRITE),
)
async def judge(
    request: AnyRequest, person_id: FromPath[UUID], mark_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[JudgeAbsence]) -> str:
        await judge_absence(
            mark_id,
            verdict=sent.values.verdict,
            why=sent.values.why,
            note=sent.values.note,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/people/{person_id}/attendance"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, person_id, refused={mark_id: form}, status_code=status)

    return await submit(
        request, JUDGE_ABSENCE, do=do, show=show, notice="Your judgement is recorded."
    )


async def _page_of(
    request: AnyRequest,
    person_id: UUID,
    *,
    refused: dict[UUID, FormView] | None = None,
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("attendance", person_id, person_id=person_id)
    marks = await marks_of_person(actor, person_id)
    undecided = [m for m in marks if m.code in TO_JUDGE and m.verdict is None]
    forms = {m.id: (refused or {}).get(m.id) or JUDGE_ABSENCE.blank(new_id(now)) for m in undecided}
    return page(
        request,
        "attendance/person.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, person_id), current="Attendance"),
        standings=[
            (one, standing_tag(one), standing_facts(one))
            for one in await standings(actor, now=now, person_id=person_id)
        ],
        may_read_places=may(actor, READ_COHORTS),
        there=sum(1 for m in marks if m.is_there),
        held=len(marks),
        rows=[_mark_cells(m) for m in marks],
        undecided=[(m, _when(m), forms[m.id]) for m in undecided],
        may_judge=may(actor, JUDGE),
        form=next(iter((refused or {}).values()), None),
    )


def _when(mark: MarkRow) -> str:
    return present.full_date(london_date(mark.held_at))


def _mark_cells(mark: MarkRow) -> list[Any]:
    minutes = f"{mark.minutes_late} minutes" if mark.minutes_late else ""
    judged = {"acceptable": "Acceptable", "not acceptable": "Not acceptable"}
    verdict = judged.get(mark.verdict or "", "Not judged yet" if mark.code in TO_JUDGE else "")
    signed = "Signed off" if mark.signed_off_at else "Not signed off"
    return [
        present.day_and_date(london_date(mark.held_at)),
        f"Session {mark.number}",
        Cell(tag=tag(mark.code), note=minutes),
        verdict,
        signed,
    ]


def _line(row: CaseloadRow, today: Any) -> dict[str, Any]:
    marks = [_recent_mark(said) for said in reversed(row.recent)]
    return {
        "row": row,
        "marks": marks,
        "risk": tag(RiskLevel(row.risk_level)) if row.risk_level else None,
        "last": present.short_date(london_date(row.last_held_at)) if row.last_held_at else "None",
        "next": present.short_date_and_time(row.next_at) if row.next_at else "None",
        "order": present.days_left(row.order_ends_on, today) if row.order_ends_on else "",
        "breach": present.short_date(london_date(row.last_breach_at)) if row.last_breach_at else "",
    }


def _recent_mark(said: str) -> Mark:
    code, _, verdict = said.partition("/")
    return Mark(
        mark_kind(MarkCode(code), verdict or None), mark_words(MarkCode(code), verdict or None)
    )
