"""Evenings of the demonstration: notes, a worry, somebody unlisted, decisions, what people said."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from app.demo.cohorts import FACILITATOR
from app.demo.context import DemoContext
from app.demo.people import MANAGER
from outcomes.completion.commands import decide_completion, notice_lost
from outcomes.completion.queries import standings
from outcomes.completion.words import CompletionOutcome
from outcomes.feedback.commands import ask_for_feedback, give_feedback
from outcomes.feedback.words import STATEMENTS
from programmes.common.db import fetch
from scheduling.attendance.arrival_commands import add_arrival
from scheduling.attendance.evening_commands import (
    NoteOfSession,
    TookPart,
    note_participation,
    raise_concern,
    write_note,
)
from scheduling.attendance.words import ConcernKind, Engagement, Homework

COVERED: Final = {
    "1": ("What fathers give their children, and what children need.", "Write down one wish."),
    "2": ("Listening to a child; praise; what a child sees at home.", "Praise once every day."),
    "3": ("Naming one's own behaviour; taking it on oneself.", "Fill in the log once."),
    "4": ("Building trust again; what to do from here.", None),
}
_LEFT_UNDECIDED = 2


async def load(context: DemoContext) -> None:
    async with context.acting("load-demo-evenings"):
        for key in ("done", "now"):
            await _notes(context, context.cohorts[key])
        await _latest(context, context.cohorts["now"])
        await _decide(context, context.cohorts["done"])
        await notice_lost(actor=context.accounts[MANAGER], now=context.now)


async def _notes(context: DemoContext, cohort_id: UUID) -> None:
    """Of every register that is signed off, but for the last one: that note is late."""
    chance = Random(3)  # noqa: S311 - invented, the same each time
    sessions = await fetch(
        "SELECT s.id, s.module, s.ends_at FROM session s JOIN register r ON r.session_id = s.id "
        "WHERE s.cohort_id = $1 AND r.signed_off_at IS NOT NULL ORDER BY s.starts_at",
        cohort_id,
    )
    for session in sessions[:-1]:
        at = session["ends_at"] + timedelta(hours=1)
        covered, homework = COVERED[session["module"]]
        given = NoteOfSession(covered=covered, homework=homework)
        actor = context.accounts[FACILITATOR]
        await write_note(session["id"], given, revision=0, actor=actor, now=at)
        await _took_part(context, session["id"], chance, at)


async def _took_part(context: DemoContext, session_id: UUID, chance: Random, at: datetime) -> None:
    marks = await fetch(
        "SELECT m.enrolment_id, m.is_there FROM attendance_mark m "
        "JOIN enrolment e ON e.id = m.enrolment_id JOIN person p ON p.id = e.person_id "
        'WHERE m.session_id = $1 AND m.is_current ORDER BY p.name_key COLLATE "C"',
        session_id,
    )
    given = {row["enrolment_id"]: _one(row, chance) for row in marks}
    await note_participation(session_id, given, actor=context.accounts[FACILITATOR], now=at)


def _one(mark: Any, chance: Random) -> TookPart:
    if not mark["is_there"]:
        return TookPart()
    words = (Engagement.TOOK_PART, Engagement.LISTENED, Engagement.WITHDREW, Engagement.DISRUPTED)
    return TookPart(
        engagement=chance.choices(words, (6, 5, 2, 1))[0],
        homework=chance.choice((Homework.DONE, Homework.PARTLY, Homework.NOT_DONE)),
    )


async def _latest(context: DemoContext, cohort_id: UUID) -> None:
    """On the latest evening somebody came unlisted, and something was said that worries."""
    actor = context.accounts[FACILITATOR]
    (session,) = await fetch(
        "SELECT id, ends_at FROM session WHERE cohort_id = $1 AND ends_at < $2 "
        "ORDER BY starts_at DESC LIMIT 1",
        cohort_id,
        context.now,
    )
    at = session["ends_at"] + timedelta(minutes=5)
    said = "Says that his officer told him to come tonight."
    await add_arrival(
        session["id"], called="Marlon Etherington", stayed=True, note=said, actor=actor, now=at
    )
    (first, *_) = await fetch(
        "SELECT m.enrolment_id FROM attendance_mark m JOIN enrolment e ON e.id = m.enrolment_id "
        "JOIN person p ON p.id = e.person_id WHERE m.session_id = $1 AND m.is_current "
        'AND m.is_there ORDER BY p.name_key COLLATE "C" LIMIT 1',
        session["id"],
    )
    await raise_concern(
        session["id"],
        first["enrolment_id"],
        kind=ConcernKind.SELF,
        what="Said at the end that he does not see the point of going on. Stayed until he was "
        "picked up; gave him the helpline.",
        actor=actor,
        now=at,
    )


async def _decide(context: DemoContext, cohort_id: UUID) -> None:
    """Most of the finished group is decided, two are not yet; those who completed were asked."""
    chance = Random(4)  # noqa: S311 - invented, the same each time
    manager = context.accounts[MANAGER]
    found = await standings(manager, now=context.now, cohort_id=cohort_id)
    for stands in found[:-_LEFT_UNDECIDED]:
        is_complete = stands.progress.is_complete
        await decide_completion(
            stands.enrolment_id,
            CompletionOutcome.COMPLETED if is_complete else CompletionOutcome.NOT_COMPLETED,
            reason="" if is_complete else "Stopped coming; could not be reached.",
            actor=manager,
            now=context.ago(50),
        )
    for stands in found:
        if stands.progress.is_complete:
            token = await ask_for_feedback(stands.enrolment_id, actor=manager, now=context.ago(3))
            said = {one.code: chance.choices((2, 3, 4, 5), (1, 2, 5, 3))[0] for one in STATEMENTS}
            await give_feedback(token, said)
