"""Check-ins: what she said so far, and the one page that records five minutes on the phone."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.check_ins import AGREES, DOES_NOT, NO_ANSWER, check_in_form
from app.forms.field import Choice
from app.forms.form import Choices
from app.forms.view import FormView
from app.labels import label
from app.pages.survivor import overview_of
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.components import Cell, Header
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.check_in_commands import NewCheckIn, record_check_in
from outcomes.survivors.check_in_queries import CheckInRow, check_ins_of
from outcomes.survivors.commands import record_consent
from outcomes.survivors.day_queries import contact_of
from outcomes.survivors.overview_queries import Overview
from outcomes.survivors.queries import consents_of
from outcomes.survivors.questionnaire_queries import questionnaire_for
from outcomes.survivors.questionnaires import (
    ABUSE,
    FREQUENCIES,
    THEMES,
    QuestionKind,
    Questionnaire,
)
from outcomes.survivors.rules import reasons_not_to_ask
from outcomes.survivors.words import Channel, ConsentKind, PoliceCalled, Source
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
        reasons=reasons_not_to_ask(consents | {ConsentKind.OUTCOMES: True}),
    )


@get("/survivors/{survivor_id:uuid}/check-ins/new", **on(Resource.SURVIVOR, Verb.WRITE))
async def new_check_in_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    return await _blank(request, survivor_id, Source.SURVIVOR)


@get(
    "/survivors/{survivor_id:uuid}/check-ins/childrens-worker",
    **on(Resource.SURVIVOR, Verb.WRITE),
)
async def childrens_worker_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    """Optional, and kept apart from what she says herself."""
    return await _blank(request, survivor_id, Source.CHILDRENS_WORKER)


@post(
    "/survivors/{survivor_id:uuid}/check-ins/new",
    status_code=303,
    **on(Resource.SURVIVOR, Verb.WRITE),
)
async def save_check_in(
    request: AnyRequest, survivor_id: FromPath[UUID], questions: FromQuery[str | None] = None
) -> Response[Any]:
    return await _save(request, survivor_id, Source.SURVIVOR, asked_by=questions)


@post(
    "/survivors/{survivor_id:uuid}/check-ins/childrens-worker",
    status_code=303,
    **on(Resource.SURVIVOR, Verb.WRITE),
)
async def save_childrens_worker(
    request: AnyRequest, survivor_id: FromPath[UUID], questions: FromQuery[str | None] = None
) -> Response[Any]:
    return await _save(request, survivor_id, Source.CHILDRENS_WORKER, asked_by=questions)


async def _blank(request: AnyRequest, survivor_id: UUID, source: Source) -> Template:
    now = request.app.state.clock.now()
    found = await overview_of(request, survivor_id)
    today = london_date(now)
    questionnaire = await questionnaire_for(today)
    initial: dict[str, Any] = {
        "asked_on": today,
        **{q.code: NO_ANSWER for q in questionnaire.questions if source in q.sources},
    }
    if source is Source.SURVIVOR:
        initial |= {"police_called": PoliceCalled.NOT_STATED, "reached_by": Channel.CALL}
    if found.due:
        initial |= {"link": found.due[0].link_id, "timepoint": found.due[0].timepoint}
    elif found.links:
        initial |= {"link": found.links[0].id}
    form = check_in_form(questionnaire, source).blank(
        new_id(now), choices=links_of_overview(found), initial=initial
    )
    return await _form_page(request, survivor_id, form, questionnaire, source=source)


async def _save(
    request: AnyRequest, survivor_id: UUID, source: Source, *, asked_by: str | None
) -> Response[Any]:
    """`asked_by`: the version that the page showed, though another be in force by now."""
    now = request.app.state.clock.now()
    questionnaire = await questionnaire_for(london_date(now), code=asked_by)
    by: dict[str, Any] = {
        "sealing": her_side(request).sealing,
        "actor": actor_of(request),
        "now": now,
    }

    async def do(sent: Any) -> str:
        if sent.values.agrees == DOES_NOT:
            await _record_refusal(survivor_id, sent.values.asked_on, by)
        else:
            new = _new_check_in(sent.values, source, questionnaire)
            await record_check_in(survivor_id, new, **by)
        return f"/survivors/{survivor_id}/check-ins"

    async def show(form: FormView, status: int) -> Template:
        return await _form_page(
            request, survivor_id, form, questionnaire, source=source, status_code=status
        )

    found = await overview_of(request, survivor_id)
    return await submit(
        request,
        check_in_form(questionnaire, source),
        do=do,
        show=show,
        notice="What they said is recorded.",
        choices=links_of_overview(found),
    )


async def _record_refusal(survivor_id: UUID, on: date, by: dict[str, Any]) -> None:
    """She does not agree to be asked any more."""
    await record_consent(survivor_id, ConsentKind.OUTCOMES, is_given=False, answered_on=on, **by)


def _new_check_in(values: Any, source: Source, questionnaire: Questionnaire) -> NewCheckIn:
    questions = {q.code for q in questionnaire.questions}
    answers = {
        code: int(getattr(values, code))
        for code in questions & set(values.__struct_fields__)
        if getattr(values, code) != NO_ANSWER
    }
    is_hers = source is Source.SURVIVOR
    return NewCheckIn(
        link_id=values.link,
        timepoint=values.timepoint,
        asked_on=values.asked_on,
        source=source,
        police_called=values.police_called if is_hers else PoliceCalled.NOT_STATED,
        words=values.words,
        may_quote=values.may_quote,
        agrees_now=values.agrees == AGREES,
        reached_by=values.reached_by if is_hers else None,
        answers=answers,
        questionnaire=questionnaire.code,
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
    request: AnyRequest,
    survivor_id: UUID,
    form: FormView,
    questionnaire: Questionnaire,
    *,
    source: Source,
    status_code: int = 200,
) -> Template:
    now = request.app.state.clock.now()
    actor, one = actor_of(request), await opened(request, survivor_id)
    consents = (await consents_of(actor, [survivor_id]))[survivor_id]
    is_hers = source is Source.SURVIVOR
    return page(
        request,
        "survivors/new_check_in.html",
        status_code=status_code,
        **survivor_frame(one, ""),
        form=form,
        is_hers=is_hers,
        path=f"/survivors/{survivor_id}/check-ins/{'new' if is_hers else 'childrens-worker'}"
        f"?questions={quote(questionnaire.code)}",
        before=("link", "timepoint", "asked_on", *(["reached_by"] if is_hers else [])),
        themes=[q.code for q in questionnaire.themes if source in q.sources],
        abuse=[q.code for q in questionnaire.abuse if source in q.sources],
        after=(*(["police_called"] if is_hers else []), "words", "may_quote"),
        asks_consent=not consents.get(ConsentKind.OUTCOMES, False),
        may_contact=consents.get(ConsentKind.CONTACT, False),
        contact=await contact_of(actor, one, now=now),
    )


def _header(row: CheckInRow) -> Header:
    who = "" if row.source is Source.SURVIVOR else ", the children's worker"
    return Header(f"{label(row.timepoint)}, {present.short_date(row.asked_on)}{who}")


def _table(found: Sequence[CheckInRow], kind: QuestionKind) -> list[list[Any]]:
    """A row for each question that any of the check-ins answered."""
    names = THEMES if kind is QuestionKind.THEME else ABUSE
    return [
        [name, *(_answer(kind, row.answers.get(code)) for row in found)]
        for code, name in names.items()
        if any(code in row.answers for row in found)
    ]


def _answer(kind: QuestionKind, value: int | None) -> Cell:
    if value is None:
        return Cell("No answer")
    return Cell(FREQUENCIES[value] if kind is QuestionKind.ABUSE else f"{value} of 5")
