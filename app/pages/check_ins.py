"""Check-ins: what she said so far, and the one page that records five minutes on the phone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.components import Cell, Header
from app.forms.field import Choice
from app.forms.form import Choices
from app.forms.survivors import NO_ANSWER, check_in_form
from app.forms.view import FormView
from app.guard import actor_of, on
from app.her_side import her_side
from app.labels import label
from app.pages.survivor import overview_of
from app.shell import page
from app.submitting import submit
from app.survivor_frame import opened, survivor_frame
from outcomes.survivors.check_in_commands import NewCheckIn, record_check_in
from outcomes.survivors.overview_queries import Overview
from outcomes.survivors.queries import CheckInRow, check_ins_of, consents_of
from outcomes.survivors.questionnaires import (
    FREQUENCIES,
    QUESTIONNAIRES,
    Question,
    QuestionKind,
    questionnaire_on,
)
from outcomes.survivors.rules import reasons_not_to_ask
from outcomes.survivors.words import PoliceCalled, Source
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/survivors/{survivor_id:uuid}/check-ins", **on(Resource.SURVIVOR, Verb.READ))
async def check_ins_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    one = await opened(request, survivor_id)
    await note_reading("check-ins", survivor_id)
    actor = actor_of(request)
    found = await check_ins_of(actor, survivor_id, key=one.key)
    consents = (await consents_of(actor, [survivor_id]))[survivor_id]
    return page(
        request,
        "survivors/check_ins.html",
        **survivor_frame(one, "Check-ins"),
        headers=["Question", *(_header(row) for row in found)],
        themes=_table(found, QuestionKind.THEME),
        abuse=_table(found, QuestionKind.ABUSE),
        police=[["Police called since last time", *(label(row.police_called) for row in found)]],
        words=[(_header(row).text, row.words, row.may_quote) for row in found if row.words],
        reasons=reasons_not_to_ask(consents),
    )


@get("/survivors/{survivor_id:uuid}/check-ins/new", **on(Resource.SURVIVOR, Verb.WRITE))
async def new_check_in_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    now = request.app.state.clock.now()
    found = await overview_of(request, survivor_id)
    initial: dict[str, Any] = {
        "asked_on": london_date(now),
        "source": Source.SURVIVOR,
        "police_called": PoliceCalled.NOT_STATED,
        **{q.code: NO_ANSWER for q in questionnaire_on(london_date(now)).questions},
    }
    if found.due:
        initial |= {"link": found.due[0].link_id, "timepoint": found.due[0].timepoint}
    elif found.links:
        initial |= {"link": found.links[0].id}
    form = _form_today(request).blank(
        new_id(now), choices=links_of_overview(found), initial=initial
    )
    return await _form_page(request, survivor_id, form)


@post(
    "/survivors/{survivor_id:uuid}/check-ins/new",
    status_code=303,
    **on(Resource.SURVIVOR, Verb.WRITE),
)
async def save_check_in(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Any) -> str:
        await record_check_in(
            survivor_id,
            _new_check_in(sent.values),
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}/check-ins"

    async def show(form: FormView, status: int) -> Template:
        return await _form_page(request, survivor_id, form, status_code=status)

    found = await overview_of(request, survivor_id)
    return await submit(
        request,
        _form_today(request),
        do=do,
        show=show,
        notice="The check-in is recorded.",
        choices=links_of_overview(found),
    )


def _form_today(request: AnyRequest) -> Any:
    return check_in_form(questionnaire_on(london_date(request.app.state.clock.now())))


def _new_check_in(values: Any) -> NewCheckIn:
    questions = {q.code for one in QUESTIONNAIRES for q in one.questions}
    answers = {
        code: int(getattr(values, code))
        for code in questions & set(values.__struct_fields__)
        if getattr(values, code) != NO_ANSWER
    }
    return NewCheckIn(
        link_id=values.link,
        timepoint=values.timepoint,
        asked_on=values.asked_on,
        source=values.source,
        police_called=values.police_called,
        words=values.words,
        may_quote=values.may_quote,
        answers=answers,
    )


def links_of_overview(found: Overview) -> Choices:
    names = {key: person.name for key, person in found.people.items()}
    return {
        "link": [
            Choice(str(link.id), f"{names.get(link.person_id, '')} ({link.relationship})")
            for link in found.links
        ]
    }


async def _form_page(
    request: AnyRequest, survivor_id: UUID, form: FormView, *, status_code: int = 200
) -> Template:
    one = await opened(request, survivor_id)
    consents = (await consents_of(actor_of(request), [survivor_id]))[survivor_id]
    today = london_date(request.app.state.clock.now())
    questionnaire = questionnaire_on(today)
    return page(
        request,
        "survivors/new_check_in.html",
        status_code=status_code,
        **survivor_frame(one, ""),
        form=form,
        themes=[q.code for q in questionnaire.themes],
        abuse=[q.code for q in questionnaire.abuse],
        reasons=reasons_not_to_ask(consents),
    )


def _header(row: CheckInRow) -> Header:
    who = "" if row.source is Source.SURVIVOR else ", the children's worker"
    return Header(f"{label(row.timepoint)}, {present.short_date(row.asked_on)}{who}")


def _table(found: Sequence[CheckInRow], kind: QuestionKind) -> list[list[Any]]:
    """A row for each question that any of the check-ins answered."""
    rows: list[list[Any]] = []
    for question in _questions(kind):
        if any(question.code in row.answers for row in found):
            cells = [_answer(question, row.answers.get(question.code)) for row in found]
            rows.append([question.name, *cells])
    return rows


def _questions(kind: QuestionKind) -> list[Question]:
    """Of every version, in the order of the latest."""
    found: dict[str, Question] = {}
    for questionnaire in reversed(QUESTIONNAIRES):
        for question in questionnaire.questions:
            if question.kind is kind:
                found.setdefault(question.code, question)
    return list(found.values())


def _answer(question: Question, value: int | None) -> Cell:
    if value is None:
        return Cell("No answer")
    if question.kind is QuestionKind.ABUSE:
        return Cell(FREQUENCIES[value])
    return Cell(f"{value} of 5")
