"""Attendance as an officer reads it: the whole caseload, and one person's own page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.evidence import AddEvidence
from app.forms.form import Form, Submitted
from app.forms.places import JUDGE_ABSENCE, JudgeAbsence
from app.forms.view import FormView
from app.labels import tag
from app.labels.cohorts import mark_kind, mark_words
from app.labels.orders import order_words
from app.pages.people import frame
from app.views.standing import standing_facts, standing_tag
from app.web.components import Cell, Link, Mark, Tag
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import must_be_shown, submit
from outcomes.completion.queries import standings
from programmes.catalogue.words import MarkCode
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Actor
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of
from programmes.referrals.words import RiskLevel
from scheduling.attendance.absence_queries import (
    READ_ABSENCES,
    EvidenceRow,
    evidence_of_person,
)
from scheduling.attendance.caseload_queries import CaseloadRow, caseload
from scheduling.attendance.commands import JUDGE, judge_absence
from scheduling.attendance.evidence_commands import may_add
from scheduling.attendance.evidence_rules import ENDINGS
from scheduling.attendance.look_commands import note_look
from scheduling.attendance.queries import MarkRow, marks_of_person
from scheduling.cohorts.queries import READ_COHORTS
from scheduling.cohorts.words import EnrolmentStatus

AnyRequest = Request[Any, Any, Any]
Forms = Mapping[UUID, FormView]
TO_JUDGE = (MarkCode.ABSENT, MarkCode.LATE_NOT_ADMITTED)


@get("/caseload", **on(Resource.ATTENDANCE, Verb.READ))
async def caseload_page(request: AnyRequest) -> Template:
    today = london_date(request.app.state.clock.now())
    found = await caseload(actor_of(request))
    return page(request, "attendance/caseload.html", people=[_line(row, today) for row in found])


@get("/people/{person_id:uuid}/attendance", **on(Resource.ATTENDANCE, Verb.READ))
async def attendance_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await attendance_of(request, person_id)


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
        return await attendance_of(request, person_id, refused={mark_id: form}, status_code=status)

    return await submit(
        request, JUDGE_ABSENCE, do=do, show=show, notice="Your judgement is recorded."
    )


async def attendance_of(
    request: AnyRequest,
    person_id: UUID,
    *,
    refused: Forms | None = None,
    papers: Forms | None = None,
    status_code: int = 200,
) -> Template:
    """`refused` are judgements, `papers` evidence, that were sent and could not be taken: shown
    again whatever became of the mark meanwhile. Raises NotFound where it is not this person's.
    """
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("attendance", person_id, person_id=person_id)
    await note_look(person_id, actor=actor, now=now)
    marks = await marks_of_person(actor, person_id)
    sent_back = {**(refused or {}), **(papers or {})}
    must_be_shown(sent_back, [mark.id for mark in marks])
    asked = [mark for mark in marks if mark.id in sent_back or _is_to_judge(mark)]
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
        there=sum(m.is_there for m in marks),
        held=len(marks),
        rows=[_mark_cells(m) for m in marks],
        undecided=[_undecided(m, refused or {}, papers or {}, now=now) for m in asked],
        sent_back=sent_back,
        papers=await _papers(actor, person_id),
        may_judge=may(actor, JUDGE),
        may_add_papers=may_add(actor),
        form=next(iter(sent_back.values()), None),
    )


def _is_to_judge(mark: MarkRow) -> bool:
    return mark.code in TO_JUDGE and mark.verdict is None


def _undecided(
    mark: MarkRow, refused: Forms, papers: Forms, *, now: datetime
) -> tuple[MarkRow, str, FormView, FormView]:
    judgement = refused.get(mark.id) or _judging(mark, now)
    paper = papers.get(mark.id) or _adding(mark, now)
    return mark, _when(mark, london_date(now)), judgement, paper


def _when(mark: MarkRow, today: date) -> str:
    held_on = london_date(mark.held_at)
    return f"{present.full_date(held_on)}, {present.days_from_today(held_on, today)}"


def _judging(mark: MarkRow, now: datetime) -> FormView:
    """Its ids are its own, where a page asks of several absences."""
    return Form(JudgeAbsence, prefix=f"judge-{mark.id}").blank(new_id(now))


def _adding(mark: MarkRow, now: datetime) -> FormView:
    return Form(AddEvidence, prefix=f"paper-{mark.id}").blank(new_id(now))


async def _papers(actor: Actor, person_id: UUID) -> list[tuple[UUID, Link]]:
    if not may(actor, READ_ABSENCES):
        return []
    return [(one.mark_id, _paper(one)) for one in await evidence_of_person(actor, person_id)]


def _paper(one: EvidenceRow) -> Link:
    kind, kilobytes = ENDINGS[one.media_type].upper(), max(1, one.size // 1024)
    return Link(f"{one.what} ({kind}, {kilobytes} KB)", f"/evidence/{one.id}")


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
        "latest": marks[-1].text if marks else "",
        "news": _news(row),
        "lost": f"Can no longer finish, since {present.short_date(row.lost_on)}"
        if row.lost_on
        else "",
        "place": tag(EnrolmentStatus(row.place))
        if row.place and row.place != EnrolmentStatus.ENROLLED
        else None,
        "risk": tag(RiskLevel(row.risk_level)) if row.risk_level else None,
        "last": present.short_date(london_date(row.last_held_at)) if row.last_held_at else "None",
        "next": present.short_date_and_time(row.next_at) if row.next_at else "None",
        "order_kind": order_words(row.order_kind) if row.order_kind else "",
        "order": present.days_left(row.order_ends_on, today) if row.order_ends_on else "",
        "breach": present.short_date(london_date(row.last_breach_at)) if row.last_breach_at else "",
    }


def _news(row: CaseloadRow) -> Tag | None:
    if not row.is_changed:
        return None
    return Tag("New since you looked", "blue") if row.looked_at else Tag("Not opened yet", "blue")


def _recent_mark(said: str) -> Mark:
    code, _, verdict = said.partition("/")
    return Mark(
        mark_kind(MarkCode(code), verdict or None), mark_words(MarkCode(code), verdict or None)
    )
