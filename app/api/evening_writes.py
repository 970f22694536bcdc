"""What is written after a session, as JSON: note, part taken, worries, arrivals, judgements."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, post, put
from litestar.params import FromPath, JSONBody

from app.api.evenings import EveningWhole, evening
from app.forms.arrivals import ADD_ARRIVAL, SETTLE_ARRIVAL, AddArrival, SettleArrival
from app.forms.evenings import (
    ANSWER_CONCERN,
    RAISE_CONCERN,
    WRITE_NOTE,
    AnswerConcern,
    RaiseConcern,
    WriteNote,
)
from app.forms.fields import Choice
from app.forms.places import JUDGE_ABSENCE, JudgeAbsence
from app.web.guard import actor_of, on, who_and_when
from outcomes.feedback.commands import ask_for_feedback
from outcomes.reactions import react
from outcomes.tasks.concern_commands import answer_concern_and_task
from programmes.common.permissions import Resource, Verb
from scheduling.attendance.arrival_commands import add_arrival, settle_arrival
from scheduling.attendance.arrival_queries import ArrivalRow, arrivals
from scheduling.attendance.commands import judge_absence
from scheduling.attendance.evening_commands import (
    NoteOfSession,
    TookPart,
    note_participation,
    raise_concern,
    write_note,
)
from scheduling.attendance.evening_queries import ConcernRow, concerns, participation_at
from scheduling.attendance.queries import MarkRow, marks_of_person
from scheduling.attendance.words import Engagement, Homework

AnyRequest = Request[Any, Any, Any]
_WRITE_NOTES = on(Resource.NOTES, Verb.WRITE)
_SETTLE = on(Resource.SUITABILITY, Verb.WRITE)


class NoteSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`revision` is that of the note as it was read; 0 where there was none."""

    covered: str
    revision: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    homework: str | None = None
    note: str | None = None


class OneTookPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    enrolment_id: UUID
    engagement: Engagement | None = None
    homework: Homework | None = None


class ParticipationSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    people: Annotated[list[OneTookPart], msgspec.Meta(max_length=100)]


class FeedbackAsked(msgspec.Struct, frozen=True):
    """Where it is answered. It is told this once; one that was given before works no more."""

    path: str


@put("/sessions/{session_id:uuid}/note", **_WRITE_NOTES)
async def api_write_note(
    request: AnyRequest, session_id: FromPath[UUID], data: JSONBody[NoteSent]
) -> EveningWhole:
    """409 with the note that stands, where another facilitator has written meanwhile."""
    written = WRITE_NOTE.checked(WriteNote(data.covered, data.homework, data.note))
    given = NoteOfSession(covered=written.covered, homework=written.homework, note=written.note)
    await write_note(session_id, given, revision=data.revision, **who_and_when(request))
    return await evening(request, session_id)


@put("/sessions/{session_id:uuid}/participation", **_WRITE_NOTES)
async def api_note_participation(
    request: AnyRequest, session_id: FromPath[UUID], data: JSONBody[ParticipationSent]
) -> EveningWhole:
    given = {
        one.enrolment_id: TookPart(engagement=one.engagement, homework=one.homework)
        for one in data.people
    }
    await note_participation(session_id, given, **who_and_when(request))
    return await evening(request, session_id)


@post("/sessions/{session_id:uuid}/concerns", **_WRITE_NOTES)
async def api_raise_concern(
    request: AnyRequest, session_id: FromPath[UUID], data: JSONBody[RaiseConcern]
) -> EveningWhole:
    """The managers have it as a task of the same night."""
    here = await participation_at(actor_of(request), session_id)
    choices = {"person": [Choice(str(one.enrolment_id), one.person_name) for one in here]}
    sent = RAISE_CONCERN.checked(data, choices=choices)
    by = who_and_when(request)
    await raise_concern(session_id, sent.person, kind=sent.kind, what=sent.what, **by)
    await react(by["actor"], now=by["now"])
    return await evening(request, session_id)


@post("/concerns/{concern_id:uuid}", status_code=200, **_SETTLE)
async def api_answer_concern(
    request: AnyRequest, concern_id: FromPath[UUID], data: JSONBody[AnswerConcern]
) -> list[ConcernRow]:
    answer = ANSWER_CONCERN.checked(data).answer
    await answer_concern_and_task(concern_id, answer, **who_and_when(request))
    return await concerns(actor_of(request), only_open=True)


@post("/sessions/{session_id:uuid}/arrivals", **on(Resource.OPEN_REGISTER, Verb.WRITE))
async def api_add_arrival(
    request: AnyRequest, session_id: FromPath[UUID], data: JSONBody[AddArrival]
) -> list[ArrivalRow]:
    sent = ADD_ARRIVAL.checked(data)
    has_stayed = sent.stayed == "yes"
    await add_arrival(
        session_id, called=sent.called, stayed=has_stayed, note=sent.note, **who_and_when(request)
    )
    return await arrivals(actor_of(request), session_id=session_id)


@post("/arrivals/{arrival_id:uuid}", status_code=200, **_SETTLE)
async def api_settle_arrival(
    request: AnyRequest, arrival_id: FromPath[UUID], data: JSONBody[SettleArrival]
) -> list[ArrivalRow]:
    await settle_arrival(
        arrival_id, SETTLE_ARRIVAL.checked(data).settlement, **who_and_when(request)
    )
    return await arrivals(actor_of(request), only_open=True)


@post(
    "/people/{person_id:uuid}/attendance/{mark_id:uuid}",
    status_code=200,
    **on(Resource.ACCEPTABILITY, Verb.WRITE),
)
async def api_judge_absence(
    request: AnyRequest,
    person_id: FromPath[UUID],
    mark_id: FromPath[UUID],
    data: JSONBody[JudgeAbsence],
) -> list[MarkRow]:
    """The case owner's judgement; the latest stands, the earlier ones stay on record."""
    sent = JUDGE_ABSENCE.checked(data)
    await judge_absence(
        mark_id, verdict=sent.verdict, why=sent.why, note=sent.note, **who_and_when(request)
    )
    return await marks_of_person(actor_of(request), person_id)


@post("/places/{place_id:uuid}/feedback", **on(Resource.COHORTS, Verb.WRITE))
async def api_ask_for_feedback(request: AnyRequest, place_id: FromPath[UUID]) -> FeedbackAsked:
    return FeedbackAsked(f"/feedback/{await ask_for_feedback(place_id, **who_and_when(request))}")
