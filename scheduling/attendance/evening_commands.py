"""After the session: what was covered, how each took part, and worries for the same night."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from programmes.common.audit import begin
from programmes.common.db import execute, fetch, fetch_one, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.facts.commands import NewFact, record_facts
from programmes.facts.words import FactKind
from scheduling.attendance.arrival_commands import SETTLE_ARRIVALS
from scheduling.attendance.evening_tables import Concern, Participation, SessionNote
from scheduling.attendance.words import ConcernKind, Engagement, Homework
from scheduling.cohorts.queries import runs_cohort

WRITE_NOTES = Permission(Resource.NOTES, Verb.WRITE)
ANSWER_CONCERNS = SETTLE_ARRIVALS


class TookPart(Struct, frozen=True, kw_only=True):
    """How one person took part, as the facilitators saw it, and what became of their homework."""

    engagement: Engagement | None = None
    homework: Homework | None = None


class NoteOfSession(Struct, frozen=True, kw_only=True):
    """What is written of one session. It names no partner and nobody outside the group."""

    covered: str
    homework: str | None = None
    note: str | None = None


async def write_note(
    session_id: UUID, given: NoteOfSession, *, revision: int, actor: Actor, now: datetime
) -> None:
    """`revision` is that of the note as it was read, 0 for none.

    Raises Conflict where another facilitator has written meanwhile; Refused before the session.
    """
    await begin(actor, WRITE_NOTES, "write-session-note")
    session = await _session(session_id, actor, now)
    if not given.covered.strip():
        raise Invalid({"covered": "Enter what was covered"})
    before = await _lock_note(session_id)
    if revision != (0 if before is None else before["revision"]):
        raise Conflict(
            "Another facilitator has written this note meanwhile.", current=_note_text(before)
        )
    if before is None or _differs(before, given):
        await _append_note(session_id, session["cohort_id"], before, given, actor, now)


async def note_participation(
    session_id: UUID, took_part: dict[UUID, TookPart], *, actor: Actor, now: datetime
) -> None:
    """How each took part. Saying the same again writes nothing.

    Raises Refused for somebody who was not there: nobody took part in what they missed.
    """
    await begin(actor, WRITE_NOTES, "note-participation")
    session = await _session(session_id, actor, now)
    await _lock_note(session_id)
    await _append_participation(session_id, session["cohort_id"], took_part, actor, now)


async def raise_concern(
    session_id: UUID,
    enrolment_id: UUID,
    *,
    kind: ConcernKind,
    what: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """A manager has it as a task the same night, and says what was done."""
    await begin(actor, WRITE_NOTES, "raise-concern")
    session = await _session(session_id, actor, now)
    if not what.strip():
        raise Invalid({"what": "Enter what you saw or heard."})
    people = await _people(session_id)
    if enrolment_id not in people:
        raise NotFound
    concern_id = new_id(now)
    await insert(
        Concern,
        id=concern_id,
        person_id=people[enrolment_id]["person_id"],
        session_id=session_id,
        cohort_id=session["cohort_id"],
        kind=kind,
        what=what.strip(),
        raised_at=now,
        raised_by=actor.account_id,
    )
    fact = NewFact(people[enrolment_id]["person_id"], FactKind.CONCERN, concern_id, now)
    await record_facts([fact], now=now)
    return concern_id


async def answer_concern(concern_id: UUID, answer: str, *, actor: Actor, now: datetime) -> None:
    """Says what was done. Raises Refused where somebody else has answered already."""
    await begin(actor, ANSWER_CONCERNS, "answer-concern")
    if not answer.strip():
        raise Invalid({"answer": "Enter what was done."})
    found = await fetch_one("SELECT answered_at FROM concern WHERE id = $1 FOR UPDATE", concern_id)
    if found is None:
        raise NotFound
    if found["answered_at"] is not None:
        raise Refused("Somebody else has answered this already.")
    await execute(
        "UPDATE concern SET answered_at = $2, answered_by = $3, answer = $4 WHERE id = $1",
        concern_id,
        now,
        actor.account_id,
        answer.strip(),
    )


async def _session(session_id: UUID, actor: Actor, now: datetime) -> Any:
    session = await fetch_one(
        "SELECT cohort_id, starts_at, status FROM session WHERE id = $1", session_id
    )
    if session is None or not await runs_cohort(
        actor, session["cohort_id"], permission=WRITE_NOTES
    ):
        raise NotFound
    if session["status"] != "planned" or now < session["starts_at"]:
        raise Refused("The session has not begun, or was cancelled: there is nothing to note.")
    return session


async def _lock_note(session_id: UUID) -> Any:
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", str(session_id))
    return await fetch_one(
        "SELECT n.covered, n.homework, n.note, n.revision, a.name AS written_by "
        "FROM session_note n LEFT JOIN auth.account a ON a.id = n.written_by "
        "WHERE n.session_id = $1 AND n.is_current",
        session_id,
    )


def _note_text(note: Any) -> dict[str, str]:
    if note is None:
        return {"version": "0"}
    said = {name: note[name] or "" for name in ("covered", "homework", "note")}
    return {**said, "version": str(note["revision"])}


def _differs(before: Any, given: NoteOfSession) -> bool:
    said = (given.covered.strip(), given.homework, given.note)
    return (before["covered"], before["homework"], before["note"]) != said


async def _append_note(
    session_id: UUID,
    cohort_id: UUID,
    before: Any,
    given: NoteOfSession,
    actor: Actor,
    now: datetime,
) -> None:
    await execute(
        "UPDATE session_note SET is_current = false WHERE session_id = $1 AND is_current",
        session_id,
    )
    await insert(
        SessionNote,
        id=new_id(now),
        session_id=session_id,
        cohort_id=cohort_id,
        covered=given.covered.strip(),
        homework=given.homework,
        note=given.note,
        revision=1 if before is None else before["revision"] + 1,
        is_current=True,
        written_at=now,
        written_by=actor.account_id,
    )


async def _people(session_id: UUID) -> dict[UUID, Any]:
    """Everybody with a mark at this session, with what was noted of them."""
    rows = await fetch(
        """
        SELECT m.enrolment_id, m.person_id, m.is_there, p.first_name || ' ' || p.last_name AS name,
               t.engagement, t.homework, t.revision
        FROM attendance_mark m JOIN person p ON p.id = m.person_id
        LEFT JOIN participation t ON t.session_id = m.session_id
          AND t.enrolment_id = m.enrolment_id AND t.is_current
        WHERE m.session_id = $1 AND m.is_current
        """,
        session_id,
    )
    return {row["enrolment_id"]: row for row in rows}


async def _append_participation(
    session_id: UUID, cohort_id: UUID, given: dict[UUID, TookPart], actor: Actor, now: datetime
) -> None:
    people = await _people(session_id)
    if given.keys() - people.keys():
        raise Refused("Mark the register first: somebody here has no mark yet.")
    absent = [people[who]["name"] for who, one in given.items() if _missed(people[who], one)]
    if absent:
        raise Refused(*(f"{name} was not there, and so took no part." for name in sorted(absent)))
    for who, one in given.items():
        before = people[who]
        if (before["engagement"], before["homework"]) != (one.engagement, one.homework):
            await _append_one(session_id, cohort_id, before, one, actor, now)


def _missed(person: Any, given: TookPart) -> bool:
    return given.engagement is not None and not person["is_there"]


async def _append_one(
    session_id: UUID, cohort_id: UUID, before: Any, given: TookPart, actor: Actor, now: datetime
) -> None:
    await execute(
        "UPDATE participation SET is_current = false "
        "WHERE session_id = $1 AND enrolment_id = $2 AND is_current",
        session_id,
        before["enrolment_id"],
    )
    await insert(
        Participation,
        id=new_id(now),
        session_id=session_id,
        cohort_id=cohort_id,
        enrolment_id=before["enrolment_id"],
        person_id=before["person_id"],
        engagement=given.engagement,
        homework=given.homework,
        revision=(before["revision"] or 0) + 1,
        is_current=True,
        noted_at=now,
        noted_by=actor.account_id,
    )
