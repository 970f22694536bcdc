"""An open register, locked for whoever writes in it: the rows that every mark goes through."""

from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.common.db import execute, fetch, fetch_one, insert
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from scheduling.attendance.rules import GivenMark
from scheduling.attendance.tables import AttendanceMark, Register


async def open_register(
    session_id: UUID, *, now: datetime, version: int | None = None, only: UUID | None = None
) -> dict[str, Any]:
    """The session's register, made at its first use, locked, with everybody who may be marked.

    With a `version`, raises Conflict where the register has another one. `only` reads one place.
    """
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", str(session_id))
    session = await fetch_one(
        "SELECT s.cohort_id, s.starts_at, s.status, c.programme_version_id FROM session s "
        "JOIN cohort c ON c.id = s.cohort_id WHERE s.id = $1 "
        "AND ((SELECT auth.scope('open-register', 'write')) = 'all' "
        "OR s.cohort_id IN (SELECT auth.run_cohorts()))",
        session_id,
    )
    if session is None:
        raise NotFound
    if session["status"] != "planned":
        raise Refused("This session was cancelled: it has no register.")
    register = await _register_row(session_id, session["cohort_id"], now)
    if register["signed_off_at"] is not None:
        raise Refused("This register is signed off. Make a correction instead.")
    if version is not None and register["version"] != version:
        raise Conflict(
            "Somebody else has marked this register meanwhile. Look at it again.",
            current={"version": str(register["version"])},
        )
    return {
        **dict(session),
        **dict(register),
        "session_id": session_id,
        **await _people(session_id, only),
    }


async def _register_row(session_id: UUID, cohort_id: UUID, now: datetime) -> Any:
    sql = "SELECT id, version, signed_off_at FROM register WHERE session_id = $1"
    row = await fetch_one(sql, session_id)
    if row is None:
        await insert(
            Register, id=new_id(now), session_id=session_id, cohort_id=cohort_id, opened_at=now
        )
        row = await fetch_one(sql, session_id)
    return row


async def _people(session_id: UUID, only: UUID | None) -> dict[str, Any]:
    rows = await fetch(
        """
        SELECT e.id, e.person_id, e.status, p.first_name || ' ' || p.last_name AS name,
               m.code, m.minutes_late, m.claimed_reason, m.note, m.revision, m.entered_at,
               a.name AS entered_by
        FROM session s JOIN enrolment e ON e.cohort_id = s.cohort_id OR e.id IN (
            SELECT a.enrolment_id FROM appointment a
            WHERE a.session_id = s.id AND a.given_up_at IS NULL)
        JOIN person p ON p.id = e.person_id
        LEFT JOIN attendance_mark m
          ON m.enrolment_id = e.id AND m.session_id = s.id AND m.is_current
        LEFT JOIN auth.account a ON a.id = m.entered_by
        WHERE s.id = $1 AND ($2::uuid IS NULL OR e.id = $2)
        """,
        session_id,
        only,
    )
    return {
        "names": {row["id"]: row["name"] for row in rows},
        "people": {row["id"]: row["person_id"] for row in rows},
        "expected": {row["id"] for row in rows if row["status"] in ("enrolled", "paused")},
        "marked": {row["id"]: row for row in rows if row["code"] is not None},
    }


async def append_mark(
    register: dict[str, Any],
    enrolment_id: UUID,
    given: GivenMark,
    *,
    there: bool,
    actor: Actor,
    now: datetime,
) -> int:
    """The mark's revision. Saying the same again writes nothing."""
    before = register["marked"].get(enrolment_id)
    if before is not None:
        if says_the_same(before, given):
            return int(before["revision"])
        await execute(
            "UPDATE attendance_mark SET is_current = false "
            "WHERE session_id = $1 AND enrolment_id = $2 AND is_current",
            register["session_id"],
            enrolment_id,
        )
    revision = 1 if before is None else before["revision"] + 1
    await insert(
        AttendanceMark,
        id=new_id(now),
        session_id=register["session_id"],
        enrolment_id=enrolment_id,
        cohort_id=register["cohort_id"],
        person_id=register["people"][enrolment_id],
        code=given.code,
        is_there=there,
        minutes_late=given.minutes_late,
        claimed_reason=given.claimed_reason,
        note=given.note,
        revision=revision,
        is_current=True,
        held_at=register["starts_at"],
        entered_at=now,
        entered_by=actor.account_id,
    )
    return revision


def says_the_same(row: Any, given: GivenMark) -> bool:
    return (row["code"], row["minutes_late"], row["claimed_reason"], row["note"]) == (
        given.code,
        given.minutes_late,
        given.claimed_reason,
        given.note,
    )


async def bump(register_id: UUID) -> int:
    row = await fetch_one(
        "UPDATE register SET version = version + 1 WHERE id = $1 RETURNING version", register_id
    )
    if row is None:
        raise NotFound
    version: int = row["version"]
    return version
