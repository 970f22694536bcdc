"""After a session: its note, how each took part, and worries that a manager hears of at once."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.evenings import (
    ANSWER_CONCERN,
    RAISE_CONCERN,
    WRITE_NOTE,
    AnswerConcern,
    RaiseConcern,
    WriteNote,
)
from app.forms.field import Choice, Typed, first_value
from app.forms.form import Submitted, typed_form
from app.forms.view import FormView
from app.labels import label
from app.labels.evenings import ANCHORS
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import must_be_shown, submit
from outcomes.reactions import react
from outcomes.tasks.concern_commands import answer_concern_and_task
from programmes.common.clock import london_date
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from scheduling.attendance.evening_commands import (
    ANSWER_CONCERNS,
    WRITE_NOTES,
    NoteOfSession,
    TookPart,
    note_participation,
    raise_concern,
    write_note,
)
from scheduling.attendance.evening_queries import (
    READ_NOTES,
    ConcernRow,
    NoteRow,
    concerns,
    note_of_session,
    participation_at,
)
from scheduling.attendance.words import Engagement, Homework
from scheduling.cohorts.queries import runs_cohort, session

AnyRequest = Request[Any, Any, Any]


@get("/sessions/{session_id:uuid}/note", **on(Resource.NOTES, Verb.READ))
async def note_page(request: AnyRequest, session_id: FromPath[UUID]) -> Template:
    return await _page(request, session_id)


@post("/sessions/{session_id:uuid}/note", status_code=303, **on(Resource.NOTES, Verb.WRITE))
async def save_note(request: AnyRequest, session_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[WriteNote]) -> str:
        given = NoteOfSession(
            covered=sent.values.covered, homework=sent.values.homework, note=sent.values.note
        )
        await write_note(
            session_id,
            given,
            revision=sent.version or 0,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return _here(session_id)

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, session_id, note_form=form, status_code=status)

    return await submit(request, WRITE_NOTE, do=do, show=show, notice="The note is saved.")


@post(
    "/sessions/{session_id:uuid}/participation",
    status_code=303,
    **on(Resource.NOTES, Verb.WRITE),
)
async def save_participation(request: AnyRequest, session_id: FromPath[UUID]) -> Response[Any]:
    """Sent twice it says the same twice, which writes nothing."""
    actor, now = actor_of(request), request.app.state.clock.now()
    try:
        took_part = _took_part(await typed_form(request))
    except ValueError:
        raise Invalid({"person": "This page is out of date. Open it again."}) from None
    try:
        await note_participation(session_id, took_part, actor=actor, now=now)
    except Refused as refusal:
        return await _page(request, session_id, reasons=refusal.reasons, status_code=422)
    return redirect_with_notice(request, _here(session_id), "How people took part is saved.")


@post("/sessions/{session_id:uuid}/concerns", status_code=303, **on(Resource.NOTES, Verb.WRITE))
async def new_concern(request: AnyRequest, session_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[RaiseConcern]) -> str:
        await raise_concern(
            session_id,
            sent.values.person,
            kind=sent.values.kind,
            what=sent.values.what,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        await react(actor_of(request), now=request.app.state.clock.now())
        return _here(session_id)

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, session_id, concern=form, status_code=status)

    choices = {"person": await _people(request, session_id)}
    notice = "The managers have this as a task for tonight. In an emergency call 999."
    return await submit(request, RAISE_CONCERN, do=do, show=show, notice=notice, choices=choices)


@get("/concerns", **on(Resource.SUITABILITY, Verb.WRITE))
async def concerns_page(request: AnyRequest) -> Template:
    return await _concerns_page(request, {})


@post("/concerns/{concern_id:uuid}", status_code=303, **on(Resource.SUITABILITY, Verb.WRITE))
async def answer(request: AnyRequest, concern_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[AnswerConcern]) -> str:
        await answer_concern_and_task(
            concern_id,
            sent.values.answer,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return "/concerns"

    async def show(form: FormView, status: int) -> Template:
        return await _concerns_page(request, {concern_id: form}, status_code=status)

    return await submit(request, ANSWER_CONCERN, do=do, show=show, notice="Answered.")


async def _concerns_page(
    request: AnyRequest, refused: dict[UUID, FormView], *, status_code: int = 200
) -> Template:
    now = request.app.state.clock.now()
    found = await concerns(actor_of(request), only_open=True, also=refused.keys())
    must_be_shown(refused, [one.id for one in found])
    forms = {one.id: refused.get(one.id) or ANSWER_CONCERN.blank(new_id(now)) for one in found}
    return page(
        request,
        "registers/concerns.html",
        status_code=status_code,
        concerns=[(one, concern_words(one), forms[one.id]) for one in found],
        form=next(iter(refused.values()), None),
    )


def concern_words(one: ConcernRow) -> str:
    by = f" by {one.raised_by}" if one.raised_by else ""
    where = f"group {one.cohort_reference}, session {one.number}"
    return f"Raised{by} on {present.date_and_time(one.raised_at)}, {where}."


def _took_part(typed: Typed) -> dict[UUID, TookPart]:
    """Raises ValueError for a name or value that no form of ours has."""
    found: dict[UUID, TookPart] = {}
    for name in typed:
        if name.startswith("homework-"):
            who = name.removeprefix("homework-")
            engagement = first_value(typed, f"engagement-{who}")
            homework = first_value(typed, name)
            found[UUID(who)] = TookPart(
                engagement=Engagement(engagement) if engagement else None,
                homework=Homework(homework) if homework else None,
            )
    return found


def _here(session_id: UUID) -> str:
    return f"/sessions/{session_id}/note"


async def _people(request: AnyRequest, session_id: UUID) -> list[Choice]:
    found = await participation_at(actor_of(request), session_id)
    return [Choice(str(one.enrolment_id), one.person_name) for one in found]


async def _page(
    request: AnyRequest,
    session_id: UUID,
    *,
    note_form: FormView | None = None,
    concern: FormView | None = None,
    reasons: tuple[str, ...] = (),
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await session(actor, session_id)
    if not await runs_cohort(actor, found.cohort_id, permission=READ_NOTES):
        raise NotFound
    note = await note_of_session(actor, session_id)
    people = await participation_at(actor, session_id)
    choices = {"person": [Choice(str(one.enrolment_id), one.person_name) for one in people]}
    return page(
        request,
        "registers/note.html",
        status_code=status_code,
        session=found,
        when=f"{present.day_and_date(london_date(found.starts_at))}. {found.room}.",
        may_write=may(actor, WRITE_NOTES) and found.status == "planned" and now >= found.starts_at,
        may_answer=may(actor, ANSWER_CONCERNS),
        note=note,
        people=people,
        raised=[(one, concern_words(one)) for one in await concerns(actor, session_id=session_id)],
        engagements=[(one, label(one), ANCHORS[one]) for one in Engagement],
        homeworks=[(one, label(one)) for one in Homework],
        note_form=note_form or _note_form(note, new_id(now)),
        concern=concern or RAISE_CONCERN.blank(new_id(now), choices=choices),
        reasons=reasons,
        form=note_form or concern,
    )


def _note_form(note: NoteRow | None, submission: UUID) -> FormView:
    if note is None:
        return WRITE_NOTE.blank(submission, version=0)
    values = WriteNote(covered=note.covered, homework=note.homework, note=note.note)
    return WRITE_NOTE.filled(values, submission, version=note.revision)
